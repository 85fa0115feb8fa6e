import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { DbError } from '#main/db/errors.ts';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase, type Db } from '#main/db/open.ts';
import { createInstalledRepository, removeBase, reorderBases } from '#main/features/channels/index.ts';
import { createVersions } from '#main/features/authoring/index.ts';
import { createKnowledgeRepository, createCountLog, createLayers, createLocalLayer, createMarks, createMissLog, createPriceTurns, installStarterPack, unusedRecords, type Changes } from '#main/features/knowledge/index.ts';
import { createSearchTables, openSearchIndex, toSearchDoc, type SearchIndex } from '#main/features/search/index.ts';
import { MOST_LISTED } from '#shared/domain/news/release-news.ts';
import { CallsideError } from '#shared/ipc/errors.ts';
import { KNOWLEDGE_KINDS } from '#shared/domain/knowledge.ts';
import type { SearchQuery } from '#shared/domain/search/schema.ts';
import { words } from '#shared/domain/search/text.ts';
import { answerFrom } from './answer.ts';
import { createWriteGate, untilHeld } from './import-gate.ts';
import { createIndexKeeper } from './index-keeper.ts';
import { internalContract, type InternalContract } from './internal-contract.ts';
import { createLiveRules } from '#main/lib/live-rules.ts';
import type { ProcessConfig } from './protocol.ts';
import type { Service, ServeTools } from './serve.ts';
import { createWorkshopAnswers } from './workshop-answers.ts';

/** How often it is looked whether a price takes over (ms). */
const PRICES_EVERY_MS = 15_000;

const SEARCHED = new Set<string>(['product', 'script', 'article', 'prompt', 'announcement']);

/** Opens knowledge.db, brings the built-in knowledge up to date, and answers every knowledge route. */
export function openKnowledgeService(config: ProcessConfig, tools: ServeTools): Service {
  const db = openKnowledgeDb(join(config.dataDir, 'knowledge.db'), tools);
  const repository = createKnowledgeRepository(db);
  const installed = createInstalledRepository(db);
  const misses = createMissLog(db);
  const { masking, set: setRules } = createLiveRules(config.rules);
  const index = openSearchIndex({ db, clock: Date.now, patient: true });
  const gate = createWriteGate((cause) => tools.log('error', 'a write that waited for an import failed', { error: String(cause) }));
  const keeper = createIndexKeeper({ index: { ...index, maintain: () => untilHeld(index.maintain(), gate) }, repository, tools, gate });
  const layers = createLayers(db);
  installStarterPack(join(config.resourcesDir, 'starter-pack.ndjson'), { repository, layers }, (changes) => applyToIndex(index, repository, changes), Date.now());
  keeper.mend();
  keeper.whenIdle();
  keeper.warm();

  /** A damaged part is left out of the answer and built again behind it. */
  const search = (query: SearchQuery): ReturnType<SearchIndex['query']> => {
    const found = index.query(query);
    if (!found.complete) keeper.mend();
    return found;
  };

  const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const turns = createPriceTurns({
    db, breathe, mayWrite: () => !gate.held() && !keeper.busy(), now: Date.now,
    turned: (products) => {
      applyToIndex(index, repository, { put: products.map((record) => ({ kind: 'product', record })), remove: [] });
      tools.publish('knowledge.changed', {});
    },
  });
  // Not in the first moments of a start.
  const turning = setInterval(() => void turns.look().catch((cause: unknown) => tools.log('error', 'prices of the day could not be put in the index', { error: String(cause) })), PRICES_EVERY_MS);
  const marks = createMarks(db);
  const counts = createCountLog(db, Date.now);
  const answer = answerFrom<'knowledge'>({
    'knowledge.used': ({ kind, key }) => {
      gate.run(() => counts.used(kind, key));
      return {};
    },
    'knowledge.marks': () => ({ marks: marks() }),
    'knowledge.get': ({ refs }) => repository.getMany(refs),
    'knowledge.list': ({ kinds }) => kinds.flatMap((kind) => repository.list(kind).map((record) => ({ kind, record }) as ReturnType<typeof repository.getMany>[number])),
    'knowledge.stats': () => ({ counts: Object.fromEntries(KNOWLEDGE_KINDS.map((kind) => [kind, repository.count(kind)])), indexReady: !keeper.busy() }),
    'search.query': search,
    'search.pick': ({ kind, key }) => {
      gate.run(() => index.recordPick(kind, key));
      return {};
    },
    'search.reset-picks': () => {
      gate.run(() => index.resetPicks());
      return {};
    },
    'search.misses': ({ limit }) => misses.list(limit),
    'releases.news': ({ since, limit }) => installed.log(since, limit).map((release) => ({ ...release, changes: installed.changes(release.id, MOST_LISTED) })),
    'search.clear-misses': () => {
      misses.clear();
      return {};
    },
    'search.missed': ({ text, found }) => {
      const day = new Date().toISOString().slice(0, 10);
      gate.run(() => misses.add(words(masking.text(text)).join(' '), found, day));
      return {};
    },
  });

  const answerInternal = answerFrom<'knowledge', InternalContract>({
    'knowledge.rules': (next) => {
      setRules(next);
      return {};
    },
    'writes.hold': () => {
      if (keeper.busy()) return { held: false };
      gate.hold();
      return { held: true };
    },
    'releases.installed': () => installed.bases().map(({ source: _source, seq: _seq, policyDigest: _digest, ...base }) => base),
    'counts.days': ({ days, whole }) => counts.counts(days, whole),
    'counts.unopened': (asked) => unusedRecords(repository, asked, breathe),
    'releases.order': ({ orders }) => {
      if (gate.held()) return { changed: -1 };
      const changed = reorderBases({ db, repository, index }, orders);
      layers.refresh();
      if (changed > 0) tools.publish('knowledge.changed', {});
      return { changed };
    },
    'releases.forget': ({ kb }) => {
      if (gate.held()) throw new CallsideError('conflict', 'An import or an install is under way.');
      const removed = removeBase({ db, repository, index }, kb);
      tools.publish('knowledge.changed', {});
      return { removed };
    },
    'writes.release': ({ source, job }) => {
      gate.release();
      turns.touched();
      keeper.whenIdle();
      keeper.warm();
      return { committed: repository.source(source)?.digest === job };
    },
  });

  const workshop = createWorkshopAnswers({
    dataDir: config.dataDir, knowledge: repository, versions: createVersions(db), tools, busy: gate.held,
    layer: createLocalLayer({ repository, layers, index: (changes) => { applyToIndex(index, repository, changes); turns.touched(); }, now: Date.now }),
    searchProducts: (text, limit) => search({ text, kinds: ['product'], limit, context: { everything: true } }).hits.map(({ key }) => key),
  });

  return {
    handle: (route, input, context) => {
      const drafted = workshop.handle(route, input, context.id);
      if (drafted !== undefined) return drafted.answer;
      return (Object.hasOwn(internalContract, route) ? answerInternal : answer)(route, input, context);
    },
    close: () => {
      clearInterval(turning);
      turns.stop();
      keeper.stop();
      gate.release();
      workshop.close();
      db.close();
    },
  };
}

/** Passes changed records to the index, and supervisors' synonym lists whole. */
export function applyToIndex(index: SearchIndex, repository: Pick<ReturnType<typeof createKnowledgeRepository>, 'list'>, changes: Changes): void {
  index.apply({
    put: changes.put.flatMap((line) => toSearchDoc(line) ?? []),
    remove: changes.remove.flatMap(({ kind, key }) => (SEARCHED.has(kind) ? [{ kind: kind as 'product', key }] : [])),
  });
  if ([...changes.put, ...changes.remove].some(({ kind }) => kind === 'synonyms')) index.setSynonyms(repository.list('synonyms').map((record) => record.words));
}

/** Everything in knowledge.db can be brought again (packs, imports): a file that cannot be read is set aside and made anew. */
function openKnowledgeDb(file: string, tools: ServeTools): Db {
  const open = (): Db => {
    const db = openDatabase({ file, kind: 'knowledge' });
    try {
      migrate(db, knowledgeMigrations);
      createSearchTables(db);
      return db;
    } catch (cause) {
      db.close();
      throw cause;
    }
  };
  try {
    return open();
  } catch (cause) {
    if (!(cause instanceof DbError) || !['damaged', 'not-a-database', 'other-application'].includes(cause.reason)) throw cause;
    const aside = `${file}.damaged-${Date.now()}`;
    for (const suffix of ['', '-wal', '-shm']) moveIfThere(`${file}${suffix}`, `${aside}${suffix}`);
    tools.log('warn', 'knowledge.db could not be read; it was set aside and is made anew', { reason: cause.reason });
    return open();
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // That file was not there.
  }
}
