import { installKills } from './install-kill.ts';
import { createReport } from './lib/report.ts';

const report = createReport();
await installKills(report, { kills: 8, records: 400 });
report.finish();
