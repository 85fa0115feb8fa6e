import { assertNever, localize } from '../common.ts';
import type { PackLine } from '../knowledge.ts';

/** What a person calls a record: its title, name or label. */
export function recordTitle(line: PackLine, language = 'en'): string {
  switch (line.kind) {
    case 'product':
      return line.record.name;
    case 'script':
    case 'framework':
    case 'break-idea':
    case 'note-template':
      return localize(line.record.title, language);
    case 'not-ready-reason':
      return localize(line.record.label, language);
    case 'disposition':
      return `${localize(line.record.group, language)}: ${localize(line.record.label, language)}`;
    case 'synonyms':
      return line.record.words.join(', ');
    case 'practice-caller':
      return line.record.name;
    case 'image':
      return line.record.id;
    case 'self-check':
      return line.record.question;
    case 'prompt':
    case 'article':
    case 'announcement':
      return line.record.title;
    default:
      return assertNever(line);
  }
}
