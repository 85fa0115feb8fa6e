import { backupDamage, brokenStates, walDamage } from './notes-damage.ts';
import { createReport } from './lib/report.ts';

const report = createReport();
await walDamage(report);
await brokenStates(report);
await backupDamage(report, { flips: 40, cycles: 20 });
report.finish();
