/**
 * Runs one of the project's scripts with everything it may need: `node scripts/run.mjs [--build] [--nats] FILE [arguments]`.
 * The script gets the tools' Node (which runs .ts), a display, and where Electron and its SQLite driver are
 * (CALLSIDE_ELECTRON, CALLSIDE_SQLITE_BINDING). `--build` first makes sure out/ is current, `--nats` that there is
 * a message broker (CALLSIDE_NATS_SERVER).
 * Nothing of ours is written to standard output once the set-up is there: it belongs to the script.
 */
import { resolve } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { toolNode } from './lib/deps.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { toolEnv } from './lib/env.mjs';
import { execLive } from './lib/exec.mjs';
import { ensureNatsServer } from './lib/nats.mjs';
import { StepError, reportToStderr, runMain, say } from './lib/report.mjs';
import { projectRoot, setup } from './setup.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  const build = take(args, '--build');
  const nats = take(args, '--nats');
  const [file, ...rest] = args;
  if (file === undefined) throw new StepError('No script was named.', 'node scripts/run.mjs [--build] test/bench/NAME.ts [arguments]');
  reportToStderr();
  const runtime = await setup();
  if (build) await ensureBuild(projectRoot);
  const display = await ensureDisplay({ quiet: true });
  const env = toolEnv(runtime, display.env);
  if (nats) {
    const broker = await ensureNatsServer();
    if ('server' in broker) env.CALLSIDE_NATS_SERVER = broker.server;
    else say(`! ${broker.missing}`);
  }
  const code = await execLive(toolNode(projectRoot), [resolve(projectRoot, file), ...rest], { cwd: projectRoot, env });
  display.stop();
  return code;
});

/** Takes a flag from the front of the arguments. @param {string[]} args @param {string} flag */
function take(args, flag) {
  if (args[0] !== flag) return false;
  args.shift();
  return true;
}
