import type { Comment, Draft, Person, Unfinished } from '#shared/domain/authoring/draft.ts';
import { approvalsMissing, isOpen, publishAt, THIS_DESK } from '#shared/domain/authoring/draft.ts';
import { imagesIn } from '#shared/domain/article.ts';
import { findingsOf, type Finding } from '#shared/domain/authoring/findings.ts';
import { sameJson, type Json } from '#shared/domain/authoring/merge.ts';
import { seedOf } from '#shared/domain/authoring/seed.ts';
import { keyOf, titleOf } from '#shared/domain/authoring/title.ts';
import { act, published, rebased, type Circumstances, type DraftAction, type Outcome } from '#shared/domain/authoring/transitions.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { ScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { WorkshopReason } from '#shared/ipc/authoring.ts';
import type { DraftsRepository } from './drafts.repository.ts';

/** Keystrokes of one field within this time are one undo step (ms). */
const JOIN_MS = 1_500;

/** A record as the desks have it now. */
export type Live = { record: Unfinished; ver: number };

/** Who acts, and what the channel asks for. Put in by the main process, never by a page. */
export type Actor = {
  person: Person;
  policy: 1 | 2;
  /** Nobody else could approve: the trust policy knows one key and asks for one. */
  alone: boolean;
};

export type AuthoringDeps = {
  repository: DraftsRepository;
  live: (kind: KnowledgeKind, key: string) => Live | undefined;
  /** The record as this desk changed it for itself. */
  here: (kind: KnowledgeKind, key: string) => Unfinished | undefined;
  /** The scripts of the desk, for the linter. */
  library: () => ScriptLibrary;
  language: string;
  newId: () => string;
  now: () => number;
};

export type DraftResult = { ok: true; draft: Draft } | { ok: false; reason: WorkshopReason; draft?: Draft };
export type SaveResult = { ok: true; rev: number; updatedAt: number; key: string; canUndo: boolean; canRedo: boolean } | { ok: false; reason: WorkshopReason; draft?: Draft };
export type OpenInput = { from: 'live'; kind: KnowledgeKind; key: string; op?: 'put' | 'retire' | undefined } | { from: 'new'; kind: KnowledgeKind; record?: Unfinished | undefined } | { from: 'copy'; kind: KnowledgeKind; key: string } | { from: 'here'; kind: KnowledgeKind; key: string };

export type AuthoringService = ReturnType<typeof createAuthoringService>;

/**
 * Drafts on this desk. Every command is committed, with its id, before it is answered: a command that is
 * sent again after a crash gives its first answer and changes nothing.
 */
export function createAuthoringService({ repository, live, here, library, language, newId, now }: AuthoringDeps) {
  /** Runs a command once, whatever is sent again. */
  const once = <T>(command: string, work: () => T): T =>
    repository.transaction(() => {
      const before = repository.answered(command);
      if (before !== undefined) return JSON.parse(before.result) as T;
      const result = work();
      repository.remember(command, now(), JSON.stringify(result));
      return result;
    });

  const findings = (draft: Draft): Finding[] => (draft.op === 'retire' ? [] : findingsOf(draft.kind, draft.record, draft.kind === 'script' ? library() : undefined));
  const circumstances = (draft: Draft, actor: Actor): Circumstances => ({
    by: actor.person, at: now(), newId: newId(), policy: actor.policy, alone: actor.alone,
    hasErrors: findings(draft).some(({ severity }) => severity === 'error'),
    changed: draft.base === null || !sameJson(draft.base as Json, draft.record as Json),
  });

  /** Writes what the rules made of a draft. */
  const store = (outcome: Outcome, edit?: { joins: string; joinMs: number }): DraftResult => {
    if (!outcome.ok) return outcome;
    const next = { ...outcome.draft, rev: outcome.draft.rev + 1 };
    repository.update(next, titleOf(next.kind, next.record, language), edit);
    return { ok: true, draft: repository.find(next.id) ?? next };
  };

  const withDraft = (id: string, rev: number | undefined, work: (draft: Draft) => DraftResult): DraftResult => {
    const draft = repository.find(id);
    if (draft === undefined) return { ok: false, reason: 'gone' };
    if (rev !== undefined && rev !== draft.rev) return { ok: false, reason: 'stale', draft };
    const result = work(draft);
    return result.ok || result.draft !== undefined ? result : { ...result, draft };
  };

  const start = (actor: Actor, kind: KnowledgeKind, op: 'put' | 'retire', record: Unfinished, from: Live | undefined): DraftResult => {
    const at = now();
    const draft: Draft = {
      id: newId(), kind, key: keyOf(kind, record), op, record, base: from?.record ?? null, baseVer: from?.ver ?? 0, state: 'draft', author: actor.person,
      approvals: [], required: actor.policy, comments: [], createdAt: at, updatedAt: at, rev: 1, canUndo: false, canRedo: false,
    };
    repository.insert(draft, titleOf(kind, record, language));
    return { ok: true, draft: repository.find(draft.id) ?? draft };
  };

  const open = (actor: Actor, input: OpenInput): DraftResult => {
    const id = `${input.kind}-${newId().slice(0, 8)}`;
    if (input.from === 'new') return start(actor, input.kind, 'put', { ...seedOf(input.kind, id, language), ...input.record }, undefined);
    const known = live(input.kind, input.key);
    if (known === undefined) return { ok: false, reason: 'gone' };
    if (input.from === 'copy') return start(actor, input.kind, 'put', { ...known.record, [input.kind === 'product' ? 'sku' : 'id']: input.kind === 'product' ? '' : id }, undefined);
    if (input.from === 'here') {
      const begun = repository.openOf(input.kind, input.key).find(({ author }) => author.key === THIS_DESK);
      if (begun !== undefined) return { ok: true, draft: begun };
      const own = here(input.kind, input.key);
      const started = start({ ...actor, person: { key: THIS_DESK, name: actor.person.name } }, input.kind, 'put', known.record, known);
      // What the desk has already is the first step on from what everybody else has: the comparison shows both.
      return own === undefined || !started.ok ? started : edit(started.draft, own, '');
    }
    const op = input.op ?? 'put';
    const under = repository.openOf(input.kind, input.key).find((draft) => draft.author.key === actor.person.key && draft.op === op);
    return under === undefined ? start(actor, input.kind, op, known.record, known) : { ok: true, draft: under };
  };

  const edit = (draft: Draft, record: Unfinished, joins: string): DraftResult => {
    if (draft.state !== 'draft') return { ok: false, reason: isOpen(draft.state) ? 'not-a-draft' : 'already-out' };
    if (draft.op === 'retire') return { ok: false, reason: 'not-a-draft' };
    // A live record keeps its key: another key would be another record.
    const name = draft.kind === 'product' ? 'sku' : 'id';
    const kept: Unfinished = draft.base === null ? record : { ...record, [name]: draft.key };
    if (sameJson(kept as Json, draft.record as Json)) return { ok: true, draft };
    return store({ ok: true, draft: { ...draft, record: kept, key: draft.base === null ? keyOf(draft.kind, kept) : draft.key, updatedAt: now() } }, { joins, joinMs: JOIN_MS });
  };

  const undoRedo = (actor: Actor, id: string, rev: number, by: -1 | 1): DraftResult =>
    withDraft(id, rev, (draft) => {
      if (!mayWrite(draft, actor)) return { ok: false, reason: 'not-the-author' };
      if (draft.state !== 'draft') return { ok: false, reason: 'not-a-draft' };
      const record = repository.step(id, by);
      if (record === undefined) return { ok: true, draft };
      return store({ ok: true, draft: { ...draft, record, key: draft.base === null ? keyOf(draft.kind, record) : draft.key, updatedAt: now() } });
    });

  return {
    open: (command: string, actor: Actor, input: OpenInput): DraftResult => once(command, () => open(actor, input)),
    get: (id: string): { draft: Draft | null; findings: Finding[] } => {
      const draft = repository.find(id);
      return draft === undefined ? { draft: null, findings: [] } : { draft, findings: findings(draft) };
    },
    /** Committed, with FULL synchronisation, when it returns. */
    save: (command: string, actor: Actor, input: { id: string; rev: number; record: Unfinished; group?: string | undefined }): SaveResult =>
      once(command, () => {
        const result = withDraft(input.id, input.rev, (draft) => (mayWrite(draft, actor) ? edit(draft, input.record, input.group ?? '') : { ok: false, reason: 'not-the-author' }));
        if (!result.ok) return result;
        const { rev, updatedAt, key, canUndo, canRedo } = result.draft;
        return { ok: true, rev, updatedAt, key, canUndo, canRedo };
      }),
    undo: (command: string, actor: Actor, input: { id: string; rev: number }): DraftResult => once(command, () => undoRedo(actor, input.id, input.rev, -1)),
    redo: (command: string, actor: Actor, input: { id: string; rev: number }): DraftResult => once(command, () => undoRedo(actor, input.id, input.rev, 1)),
    act: (command: string, actor: Actor, input: { id: string; rev?: number | undefined; action: DraftAction }): DraftResult =>
      once(command, () =>
        withDraft(input.id, input.rev, (draft) => {
          if (input.action.type === 'submit' && draft.base === null && live(draft.kind, draft.key) !== undefined) return { ok: false, reason: 'key-taken' };
          if (input.action.type === 'submit' && behind(draft)) return { ok: false, reason: 'conflict' };
          if ((input.action.type === 'submit' || input.action.type === 'approve') && lacksPicture(draft)) return { ok: false, reason: 'picture-missing' };
          return store(act(draft, input.action, circumstances(draft, actor)));
        }),
      ),
    /** Own drafts only; others are rejected, with a reason. */
    discard: (command: string, actor: Actor, id: string): null =>
      once(command, () => {
        const draft = repository.find(id);
        if (draft !== undefined && mayWrite(draft, actor) && draft.state === 'draft') repository.discard(id, now());
        return null;
      }),
    restore: (command: string, id: string): DraftResult =>
      once(command, () => {
        repository.restore(id);
        return withDraft(id, undefined, (draft) => ({ ok: true, draft }));
      }),
    compare: (id: string): { base: Unfinished | null; live: Unfinished | null; liveVer: number; mine: Unfinished | null } => {
      const draft = repository.find(id);
      if (draft === undefined) return { base: null, live: null, liveVer: 0, mine: null };
      const current = live(draft.kind, draft.key);
      return { base: draft.base, live: current?.record ?? null, liveVer: current?.ver ?? 0, mine: draft.op === 'retire' ? null : draft.record };
    },
    /** Refused as `stale` when what is live changed again while the person was choosing. */
    resolve: (command: string, actor: Actor, input: { id: string; rev: number; liveVer: number; record: Unfinished }): DraftResult =>
      once(command, () =>
        withDraft(input.id, input.rev, (draft) => {
          const current = live(draft.kind, draft.key);
          if ((current?.ver ?? 0) !== input.liveVer) return { ok: false, reason: 'stale' };
          return store(rebased(draft, { record: current?.record ?? null, ver: current?.ver ?? 0 }, input.record, circumstances(draft, actor)), { joins: '', joinMs: 0 });
        }),
      ),
    /** Drafts of pictures that go with an article: its author added them, and its text refers to them. */
    picturesOf: (id: string): string[] => {
      const draft = repository.find(id);
      const body = draft?.kind === 'article' && draft.op === 'put' ? draft.record['body'] : undefined;
      if (draft === undefined || typeof body !== 'string') return [];
      return imagesIn(body).flatMap((key) => repository.openOf('image', key).filter(({ author, op }) => op === 'put' && author.key === draft.author.key).slice(0, 1).map((picture) => picture.id));
    },
    /** Approved changes to live records whose day has come, with the version that was looked at. */
    due: (actor: Actor, at: number): { id: string; rev: number }[] =>
      repository.list({ states: ['approved'], from: 0, count: 500 }).heads.flatMap((head) => {
        const when = publishAt({ base: head.baseText === null ? null : {}, validFrom: head.validFrom });
        return when !== undefined && when <= at && approvalsMissing(head, actor.policy, actor.alone) === 0 ? [{ id: head.id, rev: head.rev }] : [];
      }),
    /** What is live has changed since the draft was started. */
    behind,
    /** Marks drafts as sent out with a release. */
    published: (command: string, actor: Actor, ids: readonly string[], release: number): null =>
      once(command, () => {
        for (const id of ids) {
          const draft = repository.find(id);
          if (draft !== undefined) store(published(draft, release, circumstances(draft, actor)));
        }
        return null;
      }),
    /** Takes in a draft another desk sent for review, or a newer state of one that came before. */
    receive: (command: string, draft: Draft): null =>
      once(command, () => {
        const here = repository.find(draft.id);
        if (here === undefined) repository.insert({ ...draft, rev: 1 }, titleOf(draft.kind, draft.record, language));
        else if (isOpen(here.state)) repository.update({ ...draft, rev: here.rev + 1, comments: joined(here.comments, draft.comments) }, titleOf(draft.kind, draft.record, language), { joins: '', joinMs: 0 });
        return null;
      }),
  };

  /** A text that shows a picture nobody has would go out with a hole in it. */
  function lacksPicture({ kind, op, record }: Draft): boolean {
    const body = kind === 'article' && op === 'put' ? record['body'] : undefined;
    return typeof body === 'string' && imagesIn(body).some((key) => live('image', key) === undefined && repository.openOf('image', key).length === 0);
  }

  function behind(draft: Pick<Draft, 'kind' | 'key' | 'base'>): boolean {
    const current = live(draft.kind, draft.key);
    return draft.base === null ? false : current === undefined || !sameJson(draft.base as Json, current.record as Json);
  }
}

/** Own drafts, and those of this desk, which belong to whoever sits at it. */
function mayWrite({ author }: Draft, actor: Actor): boolean {
  return author.key === actor.person.key || author.key === THIS_DESK;
}

function joined(here: readonly Comment[], there: readonly Comment[]): Comment[] {
  const ids = new Set(here.map(({ id }) => id));
  return [...here, ...there.filter(({ id }) => !ids.has(id))].toSorted((a, b) => a.at - b.at);
}
