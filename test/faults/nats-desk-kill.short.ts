import { createReport } from './lib/report.ts';
import { deskKills } from './nats-desk-kill.ts';

const report = createReport();
await deskKills(report, { kills: 10, records: 150 });
report.finish();
