import { join } from 'node:path';
import { app } from 'electron';
import { commandWords } from './cli/command-line.ts';
import { startApp } from './app.ts';
import { declareAppScheme } from './electron/app-protocol.ts';
import { collectOpenedLinks } from './electron/deep-links.ts';
import { handOver } from './electron/hand-over.ts';
import { readLaunchOptions } from './electron/launch-options.ts';
import { forbidBrowserNetwork, sealNavigation } from './electron/security.ts';
import { windowLanguage } from './electron/window-language.ts';

// Errors nobody caught: say so on the console and keep running. A crash of main would take the
// window with the agent's words away; the data processes are unaffected.
process.on('uncaughtException', (error) => process.stderr.write(`callside: uncaught ${error.stack ?? error.message}\n`));
process.on('unhandledRejection', (cause) => process.stderr.write(`callside: unhandled ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`));

const command = commandWords(process.argv.slice(1));
const launch = readLaunchOptions(process.argv, process.env);
app.setName('Callside');
app.setPath('userData', join(launch.dataDir, 'browser'));
// Root (containers, CI) cannot have Chromium's sandbox and must say so on the command line; every
// ordinary start has it on for every renderer.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (!app.commandLine.hasSwitch('lang')) app.commandLine.appendSwitch('lang', windowLanguage(launch.dataDir));
declareAppScheme();
forbidBrowserNetwork();
sealNavigation();

const links = collectOpenedLinks();
// `callside pack …` does its work and ends: no window, and no second start handed to the desk that runs.
if (command !== undefined) {
  const { PASSPHRASE_ENV, runCommand } = await import('./cli/run.ts');
  const said: string[] = [];
  const code = await runCommand(command, { out: (text) => said.push(text), language: app.getLocale().slice(0, 2), passphrase: process.env[PASSPHRASE_ENV], now: Date.now });
  process.stdout.write(`${said.join('\n')}\n`, () => app.exit(code));
} else if (handOver(process.argv.slice(1))) {
  void app.whenReady().then(() => startApp({ launch, links, mainDir: import.meta.dirname }));
} else {
  app.quit();
}
