import { killLoop } from './notes-kill.ts';
import { createReport } from './lib/report.ts';

const report = createReport();
await killLoop(report, { kills: 8, acks: 800, lookEvery: 4, seed: 7 });
report.finish();
