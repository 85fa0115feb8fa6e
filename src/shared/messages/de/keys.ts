import type { keys as english } from '../en/keys.ts';

/** Names of keys and commands. */
export const keys: Partial<Record<keyof typeof english, string>> = {
  'keys.title': 'Alle Tasten',
  'keys.group.call': 'Im Anruf',
  'keys.group.move': 'Zurechtfinden',
  'keys.answer': 'Antwort {key}: {label}',
  'keys.note': 'Zur Notiz',
  'keys.prompts': 'Passende Worte, dann ein Buchstabe',
  'keys.script-change': 'Leitfaden wechseln',
  'keys.waiting': 'Wartenden Anruf zeigen',
  'key.ctrl': 'Strg',
  'key.shift': 'Umschalt',
  'key.enter': 'Enter',
  'key.escape': 'Esc',
  'key.tab': 'Tab',
  'key.space': 'Leertaste',
  'key.delete': 'Entf',
  'key.pageup': 'Bild ↑',
  'key.pagedown': 'Bild ↓',
  'key.home': 'Pos1',
  'key.end': 'Ende',
  'command.go': 'Zu {screen}',
};
