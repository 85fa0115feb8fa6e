import type { keys as english } from '../en/keys.ts';

/** Names of keys and commands. */
export const keys: Partial<Record<keyof typeof english, string>> = {
  'keys.title': 'Alle Tasten',
  'keys.group.call': 'Im Anruf',
  'keys.group.move': 'Zurechtfinden',
  'keys.answer': 'Antwort {key}: {label}',
  'keys.note': 'Zur Notiz',
  'keys.prompts': 'Passende Worte, dann ein Buchstabe',
  'keys.waiting': 'Wartenden Anruf zeigen',
  'command.go': 'Zu {screen}',
};
