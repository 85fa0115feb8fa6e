import { createReport } from './lib/report.ts';
import { killRecordsInApp } from './notes-app.ts';

const report = createReport();
await killRecordsInApp(report, { typed: { kills: 4 }, storm: { kills: 6, acks: 600 } });
report.finish();
