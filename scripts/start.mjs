/** `npm start`: set-up, build, and the app on the screen. Arguments after `--` go to the app. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { sandboxArguments, takeScreenshotArgument, toolEnv } from './lib/env.mjs';
import { exitCode } from './lib/exec.mjs';
import { StepError, runMain, say } from './lib/report.mjs';
import { projectRoot, setup } from './setup.mjs';

/** What Chromium prints on every machine without a system bus or a graphics card; it says nothing about the app. */
const HARMLESS = /ERROR:(?:dbus\/)?(?:bus|object_proxy)\.cc|viz_main_impl\.cc|gl_surface_presentation_helper\.cc|gpu_process_host\.cc|shared_image_interface_proxy\.cc|one_copy_raster_buffer_provider\.cc|command_buffer_proxy_impl\.cc/;

await runMain(async () => {
  const { rest, screenshot } = takeScreenshotArgument(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (screenshot === '') throw new StepError('--screenshot needs a file name.', 'For example: npm start -- --screenshot out.png');
  const runtime = await setup();
  await ensureBuild(projectRoot);
  const display = await ensureDisplay();
  if (screenshot !== null) {
    mkdirSync(dirname(screenshot), { recursive: true });
    rmSync(screenshot, { force: true });
  }
  const args = [...sandboxArguments(), projectRoot, ...rest, ...(screenshot === null ? [] : [`--screenshot=${screenshot}`])];
  const code = await openApp(runtime.electron, args, toolEnv(runtime, display.env));
  display.stop();
  if (screenshot === null) return code;
  if ((statSync(screenshot, { throwIfNoEntry: false })?.size ?? 0) === 0) {
    throw new StepError(`The app ended (exit code ${code}) without saving ${screenshot}.`, 'Start it without --screenshot to see what it says.');
  }
  say(`✓ Saved ${screenshot}`);
  return code;
});

/** Runs the app until it ends; signals reach it. @returns {Promise<number>} its exit code */
function openApp(electron, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(electron, args, { cwd: process.env.INIT_CWD ?? process.cwd(), env, stdio: ['inherit', 'inherit', 'pipe'] });
    for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
    let rest = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (!HARMLESS.test(line)) process.stderr.write(`${line}\n`);
    });
    child.on('error', (error) => reject(new StepError('Electron could not be started.', 'Delete node_modules/.callside-setup.json and run the command again.', error.message)));
    child.on('close', (code, signal) => resolve(exitCode(code, signal)));
  });
}
