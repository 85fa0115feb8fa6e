/** Names of keys and commands. */
export const keys = {
  'keys.title': 'All keys',
  'keys.group.call': 'In a call',
  'keys.group.move': 'Getting around',
  'keys.answer': 'Answer {key}: {label}',
  'keys.note': 'Go to the notes',
  'keys.prompts': 'Words that fit, then a letter',
  'keys.waiting': 'Show the waiting call',
  'command.go': 'Go to {screen}',
} as const;
