import { diskFull, ioErrors } from './notes-disk.ts';
import { createReport } from './lib/report.ts';

const report = createReport();
await diskFull(report);
await ioErrors(report, { places: 2 });
report.finish();
