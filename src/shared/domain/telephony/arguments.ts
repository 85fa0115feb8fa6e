import { CAPS } from './clean.ts';
import { readParameters, type RawParameters, type TelephonyEvent } from './event.ts';

/** The address scheme the system hands to us. */
export const CALL_SCHEME = 'callside';

/** More arguments or longer ones than any softphone writes: the line is not for us. */
const MOST_ARGUMENTS = 64;
const LONGEST_ARGUMENT = 4_000;
const MOST_PARAMETERS = 40;

/** Switches with a value, and the parameter each fills. */
const SWITCHES: Readonly<Record<string, string>> = {
  '--call': 'number', '--number': 'number', '--event': 'event', '--id': 'id', '--name': 'name', '--queue': 'queue', '--dialled': 'dialled', '--direction': 'direction', '--text': 'text',
  '--to': 'to', '--from': 'from', '--attended': 'attended',
};

/**
 * A telephone number standing alone on the line: digits with the usual separators, or a `sip:`,
 * `tel:` or `callto:` address. File names, switches and words are not.
 */
const BARE_NUMBER = /^(?:\+?[\d(][\d\s()./-]{1,30}|(?:sips?|tel|callto):[^\s/\\]{2,80}|anonymous)$/iu;

/**
 * What the arguments of a start say about a call, or undefined when they say nothing. The line is
 * hostile text: any program of this user can write it. The result is data for one call and no more;
 * nothing here or later opens, writes or navigates because of it.
 */
export function parseArguments(argv: unknown): TelephonyEvent | undefined {
  if (!Array.isArray(argv) || argv.length > MOST_ARGUMENTS) return undefined;
  const words = argv.filter((word): word is string => typeof word === 'string' && word.length <= LONGEST_ARGUMENT);
  const address = words.find((word) => word.toLowerCase().startsWith(`${CALL_SCHEME}:`));
  // One address is the whole message: switches beside it could only be smuggled in.
  if (address !== undefined) return parseCallAddress(address);
  const raw = readSwitches(words);
  return Object.keys(raw).length === 0 ? undefined : readParameters(raw);
}

/** Whether a line was meant for telephony, readable or not: such a start never brings the window forward. */
export function mentionsCall(argv: unknown): boolean {
  if (!Array.isArray(argv)) return true;
  return argv.some((word) => typeof word !== 'string' || word.toLowerCase().startsWith(`${CALL_SCHEME}:`) || Object.hasOwn(SWITCHES, word.split('=')[0] ?? ''));
}

function readSwitches(words: readonly string[]): RawParameters {
  const raw: Record<string, string> = {};
  let bareAt = -1;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const equals = word.indexOf('=');
    const name = word.startsWith('--') && equals > 0 ? word.slice(0, equals) : word;
    const field = Object.hasOwn(SWITCHES, name) ? SWITCHES[name] : undefined;
    if (field !== undefined) {
      const inline = name.length < word.length;
      const value = inline ? word.slice(equals + 1) : words[index + 1];
      // A switch in the place of a value means the template had nothing to put there.
      if (value === undefined || (!inline && value.startsWith('--') && !value.startsWith('--A--'))) continue;
      raw[field] ??= value;
      if (!inline) index += 1;
      bareAt = -1;
    } else if (bareAt === index - 1 && bareAt >= 0 && !word.startsWith('-')) {
      // `program NUMBER DISPLAY NAME`: what follows the bare number is the name, quoted or not.
      raw['name'] = raw['name'] === undefined ? word : `${raw['name']} ${word}`;
      bareAt = index;
    } else if (raw['number'] === undefined && BARE_NUMBER.test(word.trim()) && /\d{2}|anonymous|:/iu.test(word)) {
      raw['number'] = word;
      bareAt = index;
    }
  }
  return raw;
}

/** Reads `callside://call?number=…&name=…&queue=…&id=…&event=…`. Any other verb than `call` is dropped. */
export function parseCallAddress(address: string): TelephonyEvent | undefined {
  if (address.length > LONGEST_ARGUMENT) return undefined;
  const match = /^callside:(?:\/\/)?call\/?(?:\?([^#]*))?(?:#.*)?$/isu.exec(address.trim());
  if (match === null) return undefined;
  return readParameters(parseQuery(match[1] ?? ''));
}

/** Parameters where a plus is part of the value (`number=+49…`), not a blank. */
const PLUS_STAYS: ReadonlySet<string> = new Set(['number', 'dialled', 'id']);

/** Decodes a query or form body; the first value of a name counts, what cannot be decoded is dropped. */
export function parseQuery(query: string): Record<string, string> {
  const raw: Record<string, string> = {};
  for (const part of query.split('&').slice(0, MOST_PARAMETERS)) {
    const equals = part.indexOf('=');
    if (equals <= 0) continue;
    const name = part.slice(0, equals).toLowerCase();
    const value = part.slice(equals + 1);
    try {
      const decoded = decodeURIComponent(PLUS_STAYS.has(name) ? value : value.replaceAll('+', ' '));
      if (/^[a-z]+$/.test(name) && !Object.hasOwn(raw, name)) raw[name] = decoded.slice(0, Math.max(...Object.values(CAPS)) * 4);
    } catch {
      // `%zz` and the like: a template gone wrong; the other parameters still count
    }
  }
  return raw;
}
