import type { Announcement } from '#shared/domain/announcement.ts';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { findingsOf } from '#shared/domain/authoring/findings.ts';
import { sameJson, type Json } from '#shared/domain/authoring/merge.ts';
import { titleOf } from '#shared/domain/authoring/title.ts';
import { THIS_DESK } from '#shared/domain/authoring/draft.ts';
import { KNOWLEDGE_SCHEMAS, type KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { LocalChange, LocalReason } from '#shared/ipc/local.ts';
import type { LocalLayer } from '#main/features/knowledge/index.ts';
import type { DraftsRepository } from './drafts.repository.ts';
import type { LocalRepository } from './local.repository.ts';

export type LocalDeps = {
  local: LocalRepository;
  drafts: DraftsRepository;
  layer: Pick<LocalLayer, 'put' | 'hide' | 'drop' | 'beneath'>;
  /** An import or an install writes just now. */
  busy: () => boolean;
  changed: () => void;
  language: string;
  now: () => number;
};

export type LocalResult = { ok: true } | { ok: false; reason: LocalReason };

/** News that has to be acknowledged reaches everybody as it was published. */
function mustStay(kind: KnowledgeKind, json: string): boolean {
  return kind === 'announcement' && (JSON.parse(json) as Partial<Announcement>).acknowledge !== 'no';
}

/**
 * Records as this desk alone shows them. No signed record is edited: taking a change back shows it again. The drafts'
 * file is written first; what a crash leaves undone is done at the next start.
 */
export function createLocalService({ local, drafts, layer, busy, changed, language, now }: LocalDeps) {
  const parsed = (json: string | undefined): Json | undefined => (json === undefined ? undefined : (JSON.parse(json) as Json));

  const use = (id: string, rev: number, by: string): LocalResult => {
    const draft = drafts.find(id);
    if (draft?.author.key !== THIS_DESK || draft.state !== 'draft') return { ok: false, reason: 'gone' };
    if (draft.rev !== rev) return { ok: false, reason: 'stale' };
    const { kind, key } = draft;
    const beneath = layer.beneath({ kind, key });
    if (beneath === undefined) return { ok: false, reason: 'gone' };
    if (mustStay(kind, beneath.json)) return { ok: false, reason: 'must-stay' };
    if (findingsOf(kind, draft.record).some(({ severity }) => severity === 'error')) return { ok: false, reason: 'has-errors' };
    const record = KNOWLEDGE_SCHEMAS[kind].parse(draft.record);
    if (sameJson(record as Json, parsed(beneath.json) as Json)) return { ok: false, reason: 'nothing-changed' };
    const json = JSON.stringify(record);
    drafts.transaction(() => {
      local.put({ kind, key, record: json, base: beneath.json, by, at: now() });
      drafts.discard(id, now());
    });
    layer.put({ kind, key }, json);
    changed();
    return { ok: true };
  };

  const hide = (kind: KnowledgeKind, key: string, by: string): LocalResult => {
    const beneath = layer.beneath({ kind, key });
    if (beneath === undefined) return { ok: false, reason: 'gone' };
    if (mustStay(kind, beneath.json)) return { ok: false, reason: 'must-stay' };
    local.put({ kind, key, record: null, base: beneath.json, by, at: now() });
    layer.hide({ kind, key });
    changed();
    return { ok: true };
  };

  return {
    /** Everything this desk shows otherwise than others, and what it is about to. */
    list: (): LocalChange[] => {
      const open = drafts.list({ author: THIS_DESK, states: ['draft'], from: 0, count: 500 }).heads;
      const rows = local.all().map((row): LocalChange => {
        const beneath = parsed(layer.beneath(row)?.json);
        const draft = open.find((head) => head.kind === row.kind && head.key === row.key)?.id;
        return {
          kind: row.kind, key: row.key, title: titleOf(row.kind, JSON.parse(row.record ?? row.base) as Unfinished, language), by: row.by, at: row.at, inUse: true, hidden: row.record === null,
          signed: beneath === undefined ? 'gone' : sameJson(beneath, parsed(row.base) as Json) ? 'same' : 'changed',
          ...(draft === undefined ? {} : { draft }),
        };
      });
      const begun = open.filter((head) => local.find(head.kind, head.key) === undefined);
      return [...rows, ...begun.map((head): LocalChange => ({ kind: head.kind, key: head.key, title: head.title, by: head.author.name, at: head.updatedAt, inUse: false, hidden: false, signed: 'same', draft: head.id }))];
    },
    /** The record as this desk has it now; what a change of it begins from. */
    record: (kind: KnowledgeKind, key: string): Unfinished | undefined => {
      const record = local.find(kind, key)?.record ?? null;
      return record === null ? undefined : (JSON.parse(record) as Unfinished);
    },
    /** Puts what a draft of this desk says on top, here only; the draft is done then. */
    use: (id: string, rev: number, by: string): LocalResult => (busy() ? { ok: false, reason: 'installing' } : use(id, rev, by)),
    /** Takes a record off this desk alone. */
    hide: (kind: KnowledgeKind, key: string, by: string): LocalResult => (busy() ? { ok: false, reason: 'installing' } : hide(kind, key, by)),
    /** Shows again what everybody else has. */
    undo: (kind: KnowledgeKind, key: string): LocalResult => {
      if (busy()) return { ok: false, reason: 'installing' };
      if (!local.drop(kind, key)) return { ok: false, reason: 'gone' };
      layer.drop({ kind, key });
      changed();
      return { ok: true };
    },
    /** Somebody looked at the signed record that came, and the desk's own stays. */
    keep: (kind: KnowledgeKind, key: string): LocalResult => {
      const row = local.find(kind, key);
      const beneath = layer.beneath({ kind, key });
      if (row === undefined || beneath === undefined) return { ok: false, reason: 'gone' };
      local.put({ ...row, base: beneath.json });
      return { ok: true };
    },
  };
}
