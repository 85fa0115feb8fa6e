import { randomUUID } from 'node:crypto';
import { openWorkshop } from '#main/db/open-workshop.ts';
import { createAuthoringService, createCatalogue, createDraftsRepository, createHandOverRepository, createLocalRepository, createLocalService, createReviewService, createUnsentRepository, type Actor, type Live, type OpenInput, type Versions } from '#main/features/authoring/index.ts';
import type { KnowledgeRepository, LocalLayer } from '#main/features/knowledge/index.ts';
import { systemClock } from '#main/lib/clock.ts';
import { approversOf, type Unfinished } from '#shared/domain/authoring/draft.ts';
import type { Answer, Proposal } from '#shared/domain/authoring/proposal.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { InputOf, OutputOf } from '#shared/ipc/define.ts';
import { wantedKey, writeDifferences } from '#main/features/packs/index.ts';
import { packDifferences } from './pack-differences.ts';
import type { ServeTools } from './serve.ts';

/** Copies are looked after this long after the start, then hourly (ms). */
const FIRST_CARE_MS = 90_000;
const CARE_EVERY_MS = 3_600_000;

export type WorkshopAnswersOptions = {
  dataDir: string;
  knowledge: KnowledgeRepository;
  versions: Versions;
  /** What this desk changed for itself lies here. */
  layer: LocalLayer;
  /** An import or an install writes just now. */
  busy: () => boolean;
  searchProducts: (text: string, limit: number) => string[];
  tools: ServeTools;
};

/** What the main process asks of the knowledge process about drafts. No page can name these routes. */
export type WorkshopAnswers = ReturnType<typeof createWorkshopAnswers>['routes'];

/**
 * The drafts of this desk: their file is this process's own, apart from knowledge.db. They do not wait at the
 * gate of imports, which hold knowledge.db only: an edit is acknowledged when it is on the disk, never before.
 */
export function createWorkshopAnswers({ dataDir, knowledge, versions, layer, busy, searchProducts, tools }: WorkshopAnswersOptions) {
  const workshop = openWorkshop(dataDir, systemClock);
  if (workshop.restoredFrom !== undefined) tools.log('error', 'workshop.db could not be read; it was set aside', { copyOf: workshop.restoredFrom });
  const drafts = createDraftsRepository(workshop.db);
  const unsent = createUnsentRepository(workshop.db);
  const live = (kind: KnowledgeKind, key: string): Live | undefined => {
    // What the desk changed for itself is nobody else's: a change for all begins from what all have.
    const signed = layer.beneath({ kind, key });
    return signed === undefined ? undefined : { record: JSON.parse(signed.json) as Unfinished, ver: versions.inSource(signed.source, kind, key) };
  };
  const local = createLocalRepository(workshop.db);
  const desk = createLocalService({ local, drafts, layer, busy, changed: () => tools.publish('knowledge.changed', {}), language: 'en', now: systemClock.now });
  layer.reconcile(local.all().map(({ kind, key, record }) => ({ kind, key, json: record })));
  const service = createAuthoringService({ repository: drafts, live, here: (kind, key) => desk.record(kind, key), library: () => createScriptLibrary(knowledge.list('script')), language: 'en', newId: randomUUID, now: systemClock.now });
  const review = createReviewService({ drafts, handOver: createHandOverRepository(workshop.db), service, live, language: 'en', newId: randomUUID, now: systemClock.now });
  const catalogue = createCatalogue({ knowledge, drafts, searchProducts, language: 'en', breathe: () => new Promise((resolve) => setImmediate(resolve)) });

  const care = (): void => {
    try {
      if (workshop.backups.isDue()) workshop.backups.make();
      drafts.purge(systemClock.now());
      unsent.purge(systemClock.now());
    } catch (cause) {
      tools.log('error', 'the drafts could not be copied', { error: String(cause) });
    }
  };
  const first = setTimeout(care, FIRST_CARE_MS);
  const hourly = setInterval(care, CARE_EVERY_MS);

  const list = (actor: Actor | undefined, input: InputOf<AppContract, 'authoring.list'>): OutputOf<AppContract, 'authoring.list'> => {
    const { heads, total } = drafts.list({ ...input, ...(input.mine === true && actor !== undefined ? { author: actor.person.key } : {}) });
    return {
      drafts: heads.map((head) => ({
        id: head.id, kind: head.kind, key: head.key, op: head.op, title: head.title, state: head.state, author: head.author, approvals: approversOf(head, actor?.alone === true).size, required: Math.max(head.required, actor?.policy ?? 1),
        comments: head.comments, updatedAt: head.updatedAt, behind: head.baseText !== null && head.state !== 'published' && head.state !== 'retired' && service.behind({ kind: head.kind, key: head.key, base: JSON.parse(head.baseText) as Unfinished }),
        ...(head.baseText === null || head.validFrom === undefined ? {} : { publishAt: head.validFrom }), ...(head.release === undefined ? {} : { release: head.release }),
      })),
      total, counts: drafts.counts(),
    };
  };

  const routes = {
    'workshop.list': ({ actor, ...input }: InputOf<AppContract, 'authoring.list'> & { actor: Actor | undefined }) => list(actor, input),
    'workshop.get': ({ id }: { id: string }) => service.get(id),
    'workshop.open': ({ actor, input }: { actor: Actor; input: OpenInput }, id: string) => service.open(id, actor, input),
    'workshop.save': ({ actor, ...input }: InputOf<AppContract, 'authoring.save'> & { actor: Actor }, id: string) => service.save(id, actor, input),
    'workshop.undo': (input: { actor: Actor; id: string; rev: number }, id: string) => service.undo(id, input.actor, input),
    'workshop.redo': (input: { actor: Actor; id: string; rev: number }, id: string) => service.redo(id, input.actor, input),
    'workshop.act': ({ actor, ...input }: { actor: Actor; id: string; rev?: number | undefined; action: DraftAction }, id: string) => service.act(id, actor, input),
    'workshop.discard': (input: { actor: Actor; id: string }, id: string) => {
      service.discard(id, input.actor, input.id);
      return {};
    },
    'workshop.restore': (input: { id: string }, id: string) => service.restore(id, input.id),
    'workshop.compare': ({ id }: { id: string }) => service.compare(id),
    'workshop.resolve': ({ actor, ...input }: InputOf<AppContract, 'authoring.resolve'> & { actor: Actor }, id: string) => service.resolve(id, actor, input),
    'workshop.published': ({ actor, ids, release }: { actor: Actor; ids: string[]; release: number }, id: string) => {
      service.published(id, actor, ids, release);
      return {};
    },
    'workshop.version': ({ kb, kind, key }: { kb: string; kind: KnowledgeKind; key: string }) => versions.inBase(kb, kind, key),
    /** Written into the file `to`; gives the keys of what would change. */
    'workshop.differences': ({ kb, file, to }: { kb: string; file: string; to: string }) => writeDifferences(to, packDifferences(versions, kb, file), wantedKey),
    'workshop.proposal': ({ draft }: { draft: string }) => ({ round: review.nextRound(draft), latest: review.latest(draft) }),
    'workshop.send-proposal': ({ proposal, text }: { proposal: Proposal; text: string }) => drafts.transaction(() => review.keepProposal(proposal, text)),
    'workshop.send-answer': ({ answer, text }: { answer: Answer; text: string }) => drafts.transaction(() => review.keepAnswer(answer, text)),
    'workshop.hand-over': (_all: Record<string, never>) => ({ names: review.names(), outgoing: review.outgoing() }),
    'workshop.sent': ({ name }: { name: string }) => review.sent(name),
    'workshop.take': ({ policy, ...found }: { proposals: Proposal[]; answers: Answer[]; read: string[]; policy: 1 | 2 }) => drafts.transaction(() => review.take(found, policy)),
    'workshop.signed': ({ ids }: { ids: string[] }) => ids.map((draft) => ({ draft, change: review.signed(draft) })),
    'workshop.settle': ({ actor, release }: { actor: Actor; release: number }) => drafts.transaction(() => review.settle(actor, release)),
    'workshop.pictures': ({ id }: { id: string }) => service.picturesOf(id),
    'workshop.picture': ({ key }: { key: string }) => ({ record: drafts.openOf('image', key)[0]?.record ?? live('image', key)?.record ?? null }),
    /** Approved changes to live records whose day has come. */
    'workshop.due': ({ actor, now }: { actor: Actor; now: number }) => service.due(actor, now),
    'workshop.unsent': ({ about }: { about: string }) => ({ text: unsent.find(about) }),
    'workshop.keep-unsent': ({ about, text }: { about: string; text: string }) => {
      unsent.keep(about, text, systemClock.now());
      return {};
    },
    'workshop.local-list': (_all: Record<string, never>) => ({ changes: desk.list() }),
    'workshop.local-use': (input: { id: string; rev: number; by: string }) => desk.use(input.id, input.rev, input.by),
    'workshop.local-hide': (input: { kind: KnowledgeKind; key: string; by: string }) => desk.hide(input.kind, input.key, input.by),
    'workshop.local-undo': ({ kind, key }: { kind: KnowledgeKind; key: string }) => desk.undo(kind, key),
    'workshop.local-keep': ({ kind, key }: { kind: KnowledgeKind; key: string }) => desk.keep(kind, key),
    'workshop.browse': ({ kind, text, from, count }: InputOf<AppContract, 'authoring.browse'>) => catalogue.browse(kind, text, from, count),
    'workshop.stale': ({ today, from, count }: InputOf<AppContract, 'authoring.stale'>) => catalogue.stale(today, from, count),
  };

  return {
    routes,
    /** Undefined when the route is none of the workshop's. */
    handle: (route: string, input: unknown, id: string): { answer: unknown } | undefined =>
      Object.hasOwn(routes, route) ? { answer: (routes as Readonly<Record<string, (input: unknown, id: string) => unknown>>)[route]?.(input, id) } : undefined,
    close: () => {
      clearTimeout(first);
      clearInterval(hourly);
      workshop.close();
    },
  };
}
