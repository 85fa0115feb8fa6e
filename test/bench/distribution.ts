/**
 * Push to many desks, measured: a real nats-server on loopback, desks with real SQLite files, a publisher, all on this
 * machine. `npm run bench:distribution -- --desks 200 --records 20000 [--workers 2] [--engine desk|store] [--json FILE]`
 * prints a table beside the prototype's figures of the design, and one JSON line.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { NATS_SERVER } from '../helpers/nats-server.ts';
import { beside } from './distribution/beside.ts';
import { measureDistribution } from './distribution/measure.ts';

const { values } = parseArgs({ options: { desks: { type: 'string' }, records: { type: 'string' }, workers: { type: 'string' }, engine: { type: 'string' }, seconds: { type: 'string' }, json: { type: 'string' } } });
if (NATS_SERVER === undefined) {
  process.stderr.write('There is no nats-server 2.11 or newer here; nothing was measured.\n');
  process.exitCode = 1;
} else {
  const seconds = Number(values.seconds ?? 20);
  const figures = await measureDistribution({
    desks: Number(values.desks ?? 200), records: Number(values.records ?? 20_000), workers: Number(values.workers ?? cpus().length),
    engine: values.engine === 'store' ? 'store' : 'desk',
    rates: [{ perSecond: 3, seconds }, { perSecond: 20, seconds }],
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${beside(figures)}\n${JSON.stringify(figures)}\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}
