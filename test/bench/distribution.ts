/**
 * Push to many desks, measured: a real nats-server on loopback, desks with real SQLite files, a publisher, all on this
 * machine. `npm run bench:distribution -- --desks 200 --records 20000 [--engine store|desk] [--missed 2000] [--workers 2]
 * [--seconds 20] [--json FILE]` measures the channel alone (the prototype's units of work) and whole desks, prints both
 * beside the prototype's figures of the design, and one JSON line. Its files lie in the system's temporary folder and are
 * gone afterwards, also when it is stopped.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { NATS_SERVER } from '../helpers/nats-server.ts';
import { beside } from './distribution/beside.ts';
import type { Measured } from './distribution/figures.ts';
import { measureDistribution } from './distribution/measure.ts';
import type { Engine } from './distribution/protocol.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { desks: text, records: text, missed: text, workers: text, engine: text, seconds: text, json: text } });
if (NATS_SERVER === undefined) {
  process.stderr.write('There is no nats-server 2.11 or newer here; nothing was measured.\n');
  process.exitCode = 1;
} else {
  const began = performance.now();
  const seconds = Number(values.seconds ?? 20);
  const records = Number(values.records ?? 20_000);
  const engines: Engine[] = values.engine === 'store' || values.engine === 'desk' ? [values.engine] : ['store', 'desk'];
  let tidy = async (): Promise<void> => undefined;
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    process.stderr.write('stopped; tidying up\n');
    stopping = tidy().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const measured: Measured = { bench: 'distribution' };
  for (const engine of engines) {
    measured[engine] = await measureDistribution({
      engine, records,
      desks: Number(values.desks ?? 200), missed: Number(values.missed ?? Math.ceil(records / 10)), workers: Number(values.workers ?? cpus().length),
      rates: [{ perSecond: 3, seconds }, { perSecond: 20, seconds }],
      say: (line) => void process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}\n`),
      stopWith: (work) => (tidy = work),
    }).catch(async (cause: unknown) => {
      // What it was in the middle of fails when the desks go.
      await stopping;
      throw cause;
    });
  }
  process.stdout.write(`${beside(measured)}\n${JSON.stringify(measured)}\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
}
