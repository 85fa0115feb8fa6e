/**
 * From measured desks to 100,000 of them over leaf nodes: a small simulation, fed with what `npm run bench:distribution`
 * wrote. `npm run bench:distribution:model [-- FILE.json]` prints the table of docs/nats-scale.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './distribution/figures.ts';
import { scalePage } from './distribution/model.ts';

const file = process.argv[2] ?? join(import.meta.dirname, 'distribution', 'measured.json');
process.stdout.write(`${scalePage(JSON.parse(readFileSync(file, 'utf8')) as Measured)}\n`);
