import { execFile } from 'node:child_process';

/** Runs a program and gives what it printed; undefined when it is not there or fails. Tests put their own in. */
export type Run = (program: string, args: readonly string[]) => Promise<string | undefined>;

/** Whether the agent switched the system's "do not disturb" on; undefined where the system does not say. */
export type DoNotDisturb = () => Promise<boolean | undefined>;

/** A system that does not answer must not hold anything up (ms). */
const PATIENCE_MS = 2_000;

type Source = { program: string; args: readonly string[]; read: (output: string) => boolean | undefined };

const answer = (on: RegExp, off: RegExp) => (output: string): boolean | undefined => (on.test(output) ? true : off.test(output) ? false : undefined);

/** Linux desktops, in the order in which they are asked; the first that answers is the one that is asked from then on. */
const LINUX: readonly Source[] = [
  // Plasma and others: the notification server says that it holds notifications back.
  {
    program: 'gdbus',
    args: ['call', '--session', '--timeout', '1', '--dest', 'org.freedesktop.Notifications', '--object-path', '/org/freedesktop/Notifications', '--method', 'org.freedesktop.DBus.Properties.Get', 'org.freedesktop.Notifications', 'Inhibited'],
    read: answer(/<true>/, /<false>/),
  },
  { program: 'gsettings', args: ['get', 'org.gnome.desktop.notifications', 'show-banners'], read: answer(/^false\b/, /^true\b/) },
  { program: 'xfconf-query', args: ['-c', 'xfce4-notifyd', '-p', '/do-not-disturb'], read: answer(/^true\b/, /^false\b/) },
];

/**
 * Windows: notifications switched off for the account. The finer "do not disturb" of Windows 11 and Focus of macOS can only
 * be read by native code of our own, which Callside does not carry: there an agent pauses reminders in the app.
 */
const WINDOWS: readonly Source[] = [
  { program: 'reg.exe', args: ['query', 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\PushNotifications', '/v', 'ToastEnabled'], read: answer(/REG_DWORD\s+0x0\b/, /REG_DWORD\s+0x1\b/) },
];

/** Asks the system each time it is called. Where nothing answered twice in a row it is asked no more: no process is started for nothing. */
export function createDoNotDisturb(platform: NodeJS.Platform, run: Run = runProgram): DoNotDisturb {
  const sources = platform === 'linux' ? LINUX : platform === 'win32' ? WINDOWS : [];
  let chosen: Source | undefined;
  let silent = 0;
  return async () => {
    if (silent >= 2) return undefined;
    for (const source of chosen === undefined ? sources : [chosen]) {
      const output = await run(source.program, source.args);
      const on = output === undefined ? undefined : source.read(output.trim());
      if (on === undefined) continue;
      chosen = source;
      silent = 0;
      return on;
    }
    silent += 1;
    return undefined;
  };
}

function runProgram(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) => {
    execFile(program, [...args], { timeout: PATIENCE_MS, windowsHide: true, shell: false, maxBuffer: 65_536 }, (failed, output) => done(failed === null ? output : undefined));
  });
}
