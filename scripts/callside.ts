/** `npm run callside -- pack …`: the command line of an installed Callside, from a checkout. */
import { PASSPHRASE_ENV, runCommand } from '../src/main/cli/run.ts';

const language = (process.env['LC_ALL'] ?? process.env['LANG'] ?? 'en').slice(0, 2);
process.exitCode = await runCommand(process.argv.slice(2), { out: (text) => process.stdout.write(`${text}\n`), language, passphrase: process.env[PASSPHRASE_ENV], now: Date.now });
