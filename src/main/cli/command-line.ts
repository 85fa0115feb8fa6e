import { parseArgs } from 'node:util';

/** What `callside pack …`, `callside key …` and `callside channel …` may be asked. Every command takes `--json`. */
export type Command =
  | { what: 'help' }
  | { what: 'verify'; folder: string; fingerprint: string }
  | { what: 'inspect'; file: string }
  | { what: 'install'; folder: string; dataDir: string; fingerprint: string | undefined }
  | { what: 'build'; from: string; folder: string; key: string; kb: string; title: string; note: string; removeMissing: boolean }
  | { what: 'key-create'; name: string; out: string }
  | { what: 'channel-user'; name: string; role: 'admin' | 'supervisor' | 'desk' | 'site'; out: string; prefix: string | undefined; accounts: string | undefined }
  | { what: 'channel-remove'; name: string; accounts: string }
  | { what: 'channel-desk'; name: string; policy: string; ca: string | undefined; out: string; accounts: string | undefined }
  | { what: 'channel-setup'; policy: string; replicas: 1 | 3; mirrorOf: string | undefined }
  | { what: 'channel-check'; policy: string; desk?: string }
  | { what: 'channel-copy'; folder: string; policy: string };

export type Parsed = { ok: true; command: Command; json: boolean } | { ok: false; json: boolean };

/** Words that make a start of the program a command instead of a window. */
const GROUPS = ['pack', 'key', 'channel'];

/** The part of a command line that is ours, or undefined when the program is to open its window. */
export function commandWords(argv: readonly string[]): string[] | undefined {
  const words = argv.filter((word) => word !== '--no-sandbox');
  const at = words.findIndex((word) => GROUPS.includes(word));
  // Telephony starts the program with words of its own; a command comes first or not at all.
  return at >= 0 && at <= 1 && words.slice(0, at).every((word) => word === '.' || word.endsWith('.js')) ? words.slice(at) : undefined;
}

const OPTIONS = {
  json: { type: 'boolean' }, fingerprint: { type: 'string' }, 'data-dir': { type: 'string' }, from: { type: 'string' }, key: { type: 'string' }, kb: { type: 'string' },
  title: { type: 'string' }, note: { type: 'string' }, 'remove-missing': { type: 'boolean' }, name: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' },
  role: { type: 'string' }, policy: { type: 'string' }, prefix: { type: 'string' }, replicas: { type: 'string' }, accounts: { type: 'string' }, ca: { type: 'string' }, desk: { type: 'string' }, 'mirror-of': { type: 'string' },
} as const;

export function parseCommand(words: readonly string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
    const json = values.json === true;
    const command = values.help === true ? ({ what: 'help' } as const) : commandOf(positionals, values);
    return command === undefined ? { ok: false, json } : { ok: true, command, json };
  } catch {
    return { ok: false, json: words.includes('--json') };
  }
}

type Values = Partial<Record<Exclude<keyof typeof OPTIONS, 'json' | 'help' | 'remove-missing'>, string>> & { 'remove-missing'?: boolean };

function commandOf([group, verb, place, ...rest]: readonly string[], values: Values): Command | undefined {
  if (rest.length > 0) return undefined;
  const { fingerprint, from, key, kb, name, out } = values;
  if (group === 'key') return verb === 'create' && place === undefined && name !== undefined && out !== undefined ? { what: 'key-create', name, out } : undefined;
  if (group === 'channel') return channelOf(verb, place, values);
  if (group !== 'pack' || place === undefined) return undefined;
  switch (verb) {
    case 'inspect':
      return { what: 'inspect', file: place };
    case 'verify':
      return fingerprint === undefined ? undefined : { what: 'verify', folder: place, fingerprint };
    case 'install':
      return values['data-dir'] === undefined ? undefined : { what: 'install', folder: place, dataDir: values['data-dir'], fingerprint };
    case 'build':
      if (from === undefined || key === undefined || kb === undefined) return undefined;
      return { what: 'build', from, folder: place, key, kb, title: values.title ?? kb, note: values.note ?? '', removeMissing: values['remove-missing'] === true };
    default:
      return undefined;
  }
}

function channelOf(verb: string | undefined, place: string | undefined, { role, out, policy, prefix, replicas, accounts, ca, desk, 'mirror-of': mirrorOf }: Values): Command | undefined {
  switch (verb) {
    case 'user':
      if (place === undefined || out === undefined || (role !== 'admin' && role !== 'supervisor' && role !== 'desk' && role !== 'site')) return undefined;
      return { what: 'channel-user', name: place, role, out, prefix, accounts };
    case 'remove':
      return place === undefined || accounts === undefined ? undefined : { what: 'channel-remove', name: place, accounts };
    case 'desk':
      return place === undefined || policy === undefined || out === undefined ? undefined : { what: 'channel-desk', name: place, policy, ca, out, accounts };
    case 'setup':
      if (place !== undefined || policy === undefined || (replicas !== undefined && replicas !== '1' && replicas !== '3')) return undefined;
      return { what: 'channel-setup', policy, replicas: replicas === '3' ? 3 : 1, mirrorOf };
    case 'check':
      if (place !== undefined || (policy === undefined) === (desk === undefined)) return undefined;
      return { what: 'channel-check', policy: policy ?? '', ...(desk === undefined ? {} : { desk }) };
    case 'copy':
      return place === undefined || policy === undefined ? undefined : { what: 'channel-copy', folder: place, policy };
    default:
      return undefined;
  }
}
