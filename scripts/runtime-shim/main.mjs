/**
 * Gives the registry runtime what Electron's own default app gives the official one: `electron FOLDER`
 * runs the app in FOLDER under that app's name and version. Being an ES module matters: Electron holds
 * back `ready` until the awaited import is done, so the app can still register its protocol schemes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const args = process.argv.slice(1);
const preloads = [];
let folder;
for (let i = 0; i < args.length && folder === undefined; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') {
    preloads.push(args[i + 1]);
    i += 1;
  } else if (!args[i].startsWith('-')) folder = resolve(args[i]);
}

try {
  if (folder === undefined) throw new Error('Usage: electron FOLDER [arguments]');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(folder);
  const require = createRequire(join(folder, 'package.json'));
  for (const file of preloads) require(file);
  await import(pathToFileURL(join(folder, manifest.main ?? 'index.js')).href);
} catch (error) {
  process.stderr.write(`The app could not be started: ${error instanceof Error ? error.stack : String(error)}\n`);
  app.exit(1);
}
