import { powerCuts } from './notes-power.ts';
import { createReport } from './lib/report.ts';

const report = createReport();
await powerCuts(report, { cuts: 30, seeds: 1, notes: 80 });
report.finish();
