/**
 * Key chords as text: modifiers and one key joined by `+`, lower case, e.g. `mod+k`, `alt+1`, `shift+f6`, `escape`.
 * `mod` is Ctrl, or Command on a Mac. Pure: no DOM types beyond the few event fields named here.
 */
export interface Chord {
  mod: boolean;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** Lower-case `KeyboardEvent.key`, with `space` for the blank; digits and letters match their physical key too. */
  key: string;
}

/** The fields of a keyboard event that matching reads. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing?: boolean;
  getModifierState?: (key: string) => boolean;
}

const modifiers = new Set(['mod', 'ctrl', 'alt', 'shift']);

/** Throws on text that is no chord: a wrong shortcut is a mistake of the programmer, or of a settings file read without validation. */
export function parseChord(keys: string): Chord {
  const parts = keys.toLowerCase().split('+').map((part) => part.trim());
  const key = parts.at(-1) ?? '';
  const mods = parts.slice(0, -1);
  const unknown = mods.find((mod) => !modifiers.has(mod));
  if (key === '' || modifiers.has(key) || unknown !== undefined || new Set(mods).size !== mods.length) {
    throw new Error(`not a key chord: "${keys}"`);
  }
  return { mod: mods.includes('mod'), ctrl: mods.includes('ctrl'), alt: mods.includes('alt'), shift: mods.includes('shift'), key };
}

/** True for text `parseChord` accepts. */
export function isChord(keys: string): boolean {
  try {
    parseChord(keys);
    return true;
  } catch {
    return false;
  }
}

/** One spelling per chord, so that `Alt+Ctrl+K` and `ctrl+alt+k` are seen as the same shortcut. */
export function canonicalChord(keys: string, mac = isMac()): string {
  const chord = parseChord(keys);
  const ctrl = chord.ctrl || (chord.mod && !mac);
  const parts = [ctrl && 'ctrl', chord.mod && mac && 'meta', chord.alt && 'alt', chord.shift && 'shift', chord.key];
  return parts.filter((part) => part !== false).join('+');
}

/**
 * Whether the press is this chord. AltGr never counts as Ctrl+Alt (it types `@` and `€` on many layouts), keys of an
 * input method in composition never match, and letters and digits match their physical key when the layout gives
 * another character (Cyrillic or Arabic letters, the digit row of a French keyboard).
 */
export function matchesChord(press: KeyPress, chord: Chord, mac = isMac()): boolean {
  if (press.isComposing === true || press.key === 'Process' || press.getModifierState?.('AltGraph') === true) return false;
  const wantsCtrl = chord.ctrl || (chord.mod && !mac);
  const wantsMeta = chord.mod && mac;
  if (press.ctrlKey !== wantsCtrl || press.metaKey !== wantsMeta || press.altKey !== chord.alt) return false;
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const printsBySymbol = chord.key.length === 1 && !/[a-z0-9]/.test(chord.key);
  if (!printsBySymbol && press.shiftKey !== chord.shift) return false;
  if (key === chord.key) return true;
  return physicalKey(press, key) === chord.key;
}

function physicalKey(press: KeyPress, key: string): string | undefined {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  if (digit !== undefined) return digit;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1]?.toLowerCase();
  // A Latin letter the layout does give is meant as such: on a Dvorak board the key that types "k" is K.
  return letter !== undefined && !/^[a-z]$/.test(key) ? letter : undefined;
}

/** The digit 0-9 a press means without modifiers, or undefined. */
export function digitOf(press: KeyPress): number | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey || press.isComposing === true) return undefined;
  const digit = /^[0-9]$/.test(press.key) ? press.key : /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);
}

/** What is printed on the keys, in the language of the user: `{ ctrl: 'Strg', delete: 'Entf' }`. Missing names use the defaults. */
export type KeyNames = Readonly<Record<string, string>>;

const defaultNames: KeyNames = {
  ctrl: 'Ctrl', meta: '⌘', alt: 'Alt', shift: 'Shift', enter: 'Enter', escape: 'Esc', tab: 'Tab', space: 'Space', delete: 'Del',
  backspace: '⌫', arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→', pageup: 'PgUp', pagedown: 'PgDn', home: 'Home', end: 'End',
};

/** The caps to draw, in the order people say them: `['Ctrl', 'K']`. */
export function keyCaps(keys: string, names: KeyNames = {}, mac = isMac()): string[] {
  return canonicalChord(keys, mac)
    .split('+')
    .map((part) => names[part] ?? defaultNames[part] ?? (part.length === 1 || /^f\d+$/.test(part) ? part.toUpperCase() : part));
}

/** The chord as `aria-keyshortcuts` wants it: `Control+K`. */
export function ariaKeyShortcut(keys: string, mac = isMac()): string {
  const spoken: Readonly<Record<string, string>> = { ctrl: 'Control', meta: 'Meta', alt: 'Alt', shift: 'Shift', space: 'Space', escape: 'Escape', enter: 'Enter' };
  return canonicalChord(keys, mac)
    .split('+')
    .map((part) => spoken[part] ?? (part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('+');
}
