import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { keyOf, titleOf } from '#shared/domain/authoring/title.ts';
import { KNOWLEDGE_KINDS, type KnowledgeKind, type PackLine } from '#shared/domain/knowledge.ts';
import type { Browsed, Stale } from '#shared/ipc/authoring.ts';
import type { KnowledgeRepository } from '#main/features/knowledge/index.ts';
import type { DraftsRepository } from './drafts.repository.ts';

const DAY_MS = 86_400_000;

export type CatalogueDeps = {
  knowledge: Pick<KnowledgeRepository, 'list' | 'pages' | 'page' | 'count' | 'getMany'>;
  drafts: Pick<DraftsRepository, 'openKeys'>;
  /** Keys of products that match a text, best first. */
  searchProducts: (text: string, limit: number) => string[];
  language: string;
  /** Lets the process answer what came in meanwhile. */
  breathe: () => Promise<void>;
};

/** What is live, as the workshop shows it: a kind page by page, and the records that are due for a look. */
export function createCatalogue({ knowledge, drafts, searchProducts, language, breathe }: CatalogueDeps) {
  const toBrowsed = ({ kind, record }: PackLine, open: ReturnType<DraftsRepository['openKeys']>): Browsed => {
    const fields = record as Unfinished & { owner?: string; verifiedAt?: string; verifiedBy?: string };
    const key = keyOf(kind, fields);
    const draft = open.get(`${kind} ${key}`);
    return {
      kind, key, title: titleOf(kind, fields, language),
      ...(fields.owner === undefined ? {} : { owner: fields.owner }),
      ...(fields.verifiedAt === undefined ? {} : { verifiedAt: fields.verifiedAt }),
      ...(fields.verifiedBy === undefined ? {} : { verifiedBy: fields.verifiedBy }),
      ...(draft === undefined ? {} : { draft }),
    };
  };

  return {
    browse: (kind: KnowledgeKind, text: string | undefined, from: number, count: number): { records: Browsed[]; total: number } => {
      const open = drafts.openKeys();
      const wanted = text?.trim().toLowerCase() ?? '';
      // A catalogue may hold fifty thousand products: they come by page, or by search.
      if (kind === 'product') {
        if (wanted === '') return { records: knowledge.page(kind, from, count).map((line) => toBrowsed(line, open)), total: knowledge.count(kind) };
        const keys = searchProducts(wanted, 50);
        return { records: knowledge.getMany(keys.slice(from, from + count).map((key) => ({ kind, key }))).map((line) => toBrowsed(line, open)), total: keys.length };
      }
      const all = knowledge.list(kind).map((record) => toBrowsed({ kind, record } as PackLine, open));
      const found = wanted === '' ? all : all.filter(({ title, key }) => `${title} ${key}`.toLowerCase().includes(wanted));
      return { records: found.toSorted((a, b) => a.title.localeCompare(b.title, language)).slice(from, from + count), total: found.length };
    },
    /** Every record is looked at, in bites, so that a search in between waits for a few hundred records at most. */
    stale: async (today: string, from: number, count: number): Promise<{ records: Stale[]; total: number }> => {
      const open = drafts.openKeys();
      const due: Stale[] = [];
      let seen = 0;
      for (const kind of KNOWLEDGE_KINDS) {
        for (const line of knowledge.pages(kind)) {
          const dueOn = reviewDueOn(line.record as Unfinished);
          if (dueOn !== undefined && dueOn < today) due.push({ ...toBrowsed(line, open), dueOn, overdueDays: Math.round((Date.parse(today) - Date.parse(dueOn)) / DAY_MS) });
          if ((seen += 1) % 500 === 0) await breathe();
        }
      }
      due.sort((a, b) => b.overdueDays - a.overdueDays || a.title.localeCompare(b.title, language));
      return { records: due.slice(from, from + count), total: due.length };
    },
  };
}

/** The day by which the owner should look again: `verifiedAt` plus `reviewDays`. Records without an interval never fall due. */
export function reviewDueOn(record: Unfinished): string | undefined {
  const { verifiedAt, reviewDays } = record;
  if (typeof reviewDays !== 'number') return undefined;
  // Never verified: due at once.
  if (typeof verifiedAt !== 'string') return '1970-01-01';
  const at = Date.parse(verifiedAt);
  return Number.isNaN(at) ? '1970-01-01' : new Date(at + reviewDays * DAY_MS).toISOString().slice(0, 10);
}
