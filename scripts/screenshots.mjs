/** `npm run screenshots`: every screen, each theme and size, as pictures in screenshots/. */
import { ensureBuild } from './lib/build.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { toolEnv } from './lib/env.mjs';
import { execLive } from './lib/exec.mjs';
import { runMain } from './lib/report.mjs';
import { projectRoot, setup } from './setup.mjs';

await runMain(async () => {
  const runtime = await setup();
  await ensureBuild(projectRoot);
  const display = await ensureDisplay();
  const args = ['test', '--config', 'playwright.screenshots.config.ts', ...process.argv.slice(2)];
  const code = await execLive('playwright', args, { cwd: projectRoot, env: toolEnv(runtime, display.env) });
  display.stop();
  return code;
});
