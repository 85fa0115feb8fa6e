import { app } from 'electron';

/** Carries the untouched arguments of a second start. Chromium sorts its own copy: switches first, values last. */
const SWITCH = 'callside-line';
/** Longest encoded line; a command line may hold little more on some systems. */
const LONGEST = 16_000;

/**
 * Takes the single-instance lock, leaving our arguments with the instance that has it. They go two
 * ways, since `additionalData` is not delivered by every build of Electron.
 */
export function handOver(argv: readonly string[]): boolean {
  const encoded = Buffer.from(JSON.stringify(argv)).toString('base64url');
  if (encoded.length <= LONGEST) app.commandLine.appendSwitch(SWITCH, encoded);
  return app.requestSingleInstanceLock({ argv });
}

/** The arguments of a second start as it was typed. Hostile: whoever can reach the lock can write anything here. */
export function handedOver(argv: readonly string[], additional: unknown): unknown {
  if (typeof additional === 'object' && additional !== null && 'argv' in additional) return additional.argv;
  const prefix = `--${SWITCH}=`;
  const encoded = argv.find((word) => word.startsWith(prefix))?.slice(prefix.length);
  if (encoded === undefined || encoded.length > LONGEST) return argv.slice(1);
  try {
    const decoded: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return decoded;
  } catch {
    return [];
  }
}
