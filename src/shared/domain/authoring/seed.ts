import type { KnowledgeKind } from '../knowledge.ts';
import type { Unfinished } from './draft.ts';

/** What a new record starts with, so that its editor has something to show. `id` is a first key the author may change. */
export function seedOf(kind: KnowledgeKind, id: string, language: string): Unfinished {
  switch (kind) {
    case 'product':
      return { sku: '', name: '' };
    case 'script':
      return { id, language, kind: 'call', title: '', description: '', entry: 'start', steps: [{ id: 'start', cue: '' }] };
    case 'prompt':
      return { id, language, situation: 'angry', title: '', tone: 'plain', wordings: [{ text: '' }] };
    case 'framework':
      return { id, language, title: '', use: '', stages: [{ id: 'first', title: '', cue: '' }, { id: 'second', title: '', cue: '' }] };
    case 'article':
      return { id, language, kind: 'how-to', title: '', summary: '', body: '' };
    case 'announcement':
      return { id, language, title: '', body: '', importance: 'info', acknowledge: 'no' };
    case 'disposition':
      return { id, group: '', label: '', solved: false, order: 100 };
    case 'not-ready-reason':
      return { id, label: '', kind: 'admin', order: 100 };
    case 'break-idea':
      return { id, kind: 'relaxing', title: '', text: '', seconds: 60 };
    case 'note-template':
      return { id, language, title: '', text: '' };
    case 'synonyms':
      return { id, words: ['', ''] };
    case 'practice-caller':
      return { id, script: '', name: '', brief: '', mood: '', patienceSeconds: 20, opening: '', lines: [], impatient: [''], twists: [] };
    default:
      return { id };
  }
}
