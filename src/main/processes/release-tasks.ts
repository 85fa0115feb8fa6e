import { join } from 'node:path';
import { openDatabase, type Db } from '#main/db/open.ts';
import { installRelease, mendingVersions, openPlace, storedVersions } from '#main/features/channels/index.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { changesOf, checkChannel, installFacts, lastTrusted, newestKept, openSignatureThreads, openTrustStore, Refused } from '#main/features/packs/index.ts';
import { openSearchIndex } from '#main/features/search/index.ts';
import type { ImportInput, ImportOutput } from './internal-contract.ts';
import { packsDir } from './packs-dir.ts';
import type { ProcessConfig } from './protocol.ts';

const openKnowledge = (config: ProcessConfig): Db => openDatabase({ file: join(config.dataDir, 'knowledge.db'), kind: 'knowledge', mustExist: true });

export type StartThread = Parameters<typeof openSignatureThreads>[0];

/** Looks at a channel and checks what is new. Writes nothing of it into the knowledge. */
export async function checkRelease(config: ProcessConfig, { place, kb, mend = false }: ImportInput<'release.check'>, signatures?: StartThread): Promise<ImportOutput<'release.check'>> {
  const db = openKnowledge(config);
  const source = openPlace(place);
  try {
    const checked = await checkChannel(source, openTrustStore(packsDir(config.dataDir)), kb, mend ? mendingVersions(db, kb) : storedVersions(db, kb), { now: Date.now, ...(signatures === undefined ? {} : { threads: (keys) => openSignatureThreads(signatures, keys) }) });
    switch (checked.outcome) {
      case 'verified':
        return { outcome: 'verified', release: checked.release.info.release, title: checked.release.state.policy.title, expires: checked.release.state.expires };
      case 'refused':
        return checked;
      default:
        return { outcome: checked.outcome, title: checked.state.policy.title, expires: checked.state.expires };
    }
  } finally {
    await source.close();
    db.close();
  }
}

/** Installs the newest release that has passed every check and lies in the data folder; no channel is needed. */
export async function installChecked(config: ProcessConfig, { kb, order }: ImportInput<'release.install'>, settle: () => Promise<void>): Promise<ImportOutput<'release.install'>> {
  const store = openTrustStore(packsDir(config.dataDir));
  const db = openKnowledge(config);
  try {
    // Moving a whole base into the file belongs after the commit, not into it.
    db.pragma('wal_autocheckpoint = 0');
    // What is not written by then is written at the commit at one go, and a note saved in that moment waits until it is down.
    db.pragma('cache_size = -8000');
    const trusted = lastTrusted(store, kb);
    const found = trusted === undefined ? undefined : newestKept(store, trusted);
    const stored = storedVersions(db, kb);
    // Older than what is in use: single changes brought the rest.
    if (found === undefined || (stored.epoch === found.info.epoch && found.info.release < (stored.release ?? 0))) return { ok: false, reason: 'nothing-checked' };
    const { info } = found;
    const known = stored.epoch === info.epoch ? stored : { get: () => undefined };
    const done = await installRelease({ db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), now: Date.now }, { ...installFacts(found), order }, changesOf(found, known), { settle });
    store.prune(kb);
    return { ok: true, release: info.release, changed: done.changed, ms: Math.round(done.ms) };
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, reason: 'refused', refusal: cause.refusal };
    throw cause;
  } finally {
    db.close();
  }
}
