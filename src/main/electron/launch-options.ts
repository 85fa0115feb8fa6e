import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { app } from 'electron';

/** What the command line and the environment ask of this start. */
export type LaunchOptions = {
  /** Folder of this desk's data. */
  dataDir: string;
  /** Save a picture of the window here and quit. */
  screenshot: string | undefined;
};

/** Reads our own switches. Anything else on the line belongs to telephony and is read there, as hostile text. */
export function readLaunchOptions(argv: readonly string[], env: NodeJS.ProcessEnv): LaunchOptions {
  const dataDir = valueOf(argv, '--data-dir') ?? env['CALLSIDE_DATA_DIR'];
  const screenshot = valueOf(argv, '--screenshot');
  return {
    dataDir: dataDir !== undefined && isAbsolute(dataDir) ? dataDir : defaultDataDir(env),
    screenshot: screenshot !== undefined && isAbsolute(screenshot) ? screenshot : undefined,
  };
}

function valueOf(argv: readonly string[], name: string): string | undefined {
  const prefix = `${name}=`;
  return argv.find((part) => part.startsWith(prefix))?.slice(prefix.length);
}

/** Roaming profiles on Windows can be network paths, where SQLite's WAL does not work: the local folder is used. */
function defaultDataDir(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Callside');
  return join(app.getPath('appData'), 'Callside');
}
