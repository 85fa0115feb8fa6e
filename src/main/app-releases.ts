import { rm } from 'node:fs/promises';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { recordKey } from '#shared/domain/knowledge.ts';
import { parseChangeKey } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { ruleFor } from '#shared/domain/packs/policy.ts';
import { releaseInfoSchema, type ReleaseInfo } from '#shared/domain/packs/release.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import { publishReason, type ReviewRoomParts, type WritingDesk } from './app-review.ts';
import { actorOf, type AskWorkshop, type Identity, type ReleasesDesk, type ReviewRoom } from './app-workshop.ts';
import { fetchTarget, readDifferences, type TrustedState, type WantedChange } from './features/packs/index.ts';

export type ReleasesParts = Pick<ReviewRoomParts, 'checkChannel' | 'changed' | 'log'> & {
  desk: Omit<WritingDesk, 'facts'> & { facts(): { state: TrustedState } | undefined };
  ask: AskWorkshop;
  identity: () => Identity | undefined;
  /** Sends a draft for review. */
  told: ReviewRoom['told'];
  /** A name for a file that is gone again soon. */
  workFile: () => string;
  /** The release of this base that is in use on this desk; 0: none. */
  installed: (kb: string) => Promise<number>;
};

/** How long going back waits for this desk to have what is live (ms), looking this often. */
const INSTALL_MS = 15_000;
const LOOK_MS = 100;

/** Releases shown; the channel may keep more. */
const SHOWN = 30;

/** The releases of the knowledge base this desk writes for, and the way back to one of them. */
export function createReleases({ desk, ask, identity, told, workFile, installed, checkChannel, changed, log }: ReleasesParts): ReleasesDesk {
  /** What a release says about itself never changes: it is fetched once. */
  const known = new Map<string, ReleaseInfo>();

  const infoOf = async (release: number): Promise<ReleaseInfo | undefined> => {
    const file = desk.facts()?.state.files(release)?.info;
    const place = desk.publishing();
    if (file === undefined || place === undefined) return undefined;
    const had = known.get(file.sha256);
    if (had !== undefined) return had;
    try {
      const info = releaseInfoSchema.parse(JSON.parse(Buffer.from(await fetchTarget(place.writer, file, PACK_LIMITS.releaseBytes)).toString('utf8')));
      known.set(file.sha256, info);
      return info;
    } catch {
      // Not there just now: the number is shown without its story.
      return undefined;
    }
  };

  const list = async (): Promise<OutputOf<AppContract, 'authoring.releases'>> => {
    const place = desk.publishing();
    if (place !== undefined) await place.publisher.live(place.kb).catch(() => undefined);
    const state = desk.facts()?.state;
    if (state === undefined) return { releases: [] };
    const releases: OutputOf<AppContract, 'authoring.releases'>['releases'] = [];
    for (const release of state.available.slice(0, SHOWN)) {
      const info = await infoOf(release);
      releases.push({
        release, current: release === state.release,
        ...(info === undefined
          ? {}
          : {
              at: info.at, by: state.policy.keys.find(({ id }) => id === info.by)?.name ?? info.by.slice(0, 16), note: info.note, changed: info.changed,
              changes: info.changes.slice(0, 50).map(({ key, change, title }) => ({ key, change, title })),
              ...(info.rollbackTo === undefined ? {} : { rollbackTo: info.rollbackTo }),
            }),
      });
    }
    return { releases };
  };

  /** Where a second person has to sign, going back is a change like any other: each record is sent for review. */
  const propose = async (wanted: AsyncIterable<WantedChange>, release: number): Promise<OutputOf<AppContract, 'authoring.rollback'>> => {
    const known = identity();
    if (known === undefined) return { ok: false, reason: 'no-key' };
    const actor = actorOf(known);
    let count = 0;
    for await (const one of wanted) {
      const named = 'line' in one ? { kind: one.line.kind, key: recordKey(one.line) } : parseChangeKey(one.remove);
      if (named === undefined) continue;
      const live = await ask('workshop.open', { actor, input: { from: 'live', ...named, op: 'line' in one ? 'put' : 'retire' } });
      const opened = !live.ok && 'line' in one ? await ask('workshop.open', { actor, input: { from: 'new', kind: named.kind, record: one.line.record as Unfinished } }) : live;
      if (!opened.ok) continue;
      if ('line' in one && live.ok) await ask('workshop.save', { actor, id: opened.draft.id, rev: opened.draft.rev, record: one.line.record as Unfinished });
      const action = { type: 'submit', text: String(release) } as const;
      const sent = await told(await ask('workshop.act', { actor, id: opened.draft.id, action }), action);
      if (sent.ok) count += 1;
    }
    changed();
    return count === 0 ? { ok: false, reason: 'conflict' } : { ok: true, release: null, count };
  };

  /** Whether this desk has what is live; a release that was just checked may still be going in. */
  const hasLive = async (kb: string): Promise<boolean> => {
    const live = desk.facts()?.state.release ?? 0;
    for (let waited = 0; waited <= INSTALL_MS; waited += LOOK_MS) {
      if ((await installed(kb)) >= live) return true;
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    return false;
  };

  const rollback = async (release: number): Promise<OutputOf<AppContract, 'authoring.rollback'>> => {
    const place = desk.publishing();
    const signer = desk.signer('approver') ?? desk.signer('author');
    if (place === undefined) return { ok: false, reason: 'no-channel' };
    if (signer === undefined) return { ok: false, reason: 'locked-key' };
    // Compared with what is live, so this desk has to have it.
    await checkChannel();
    if (!(await hasLive(place.kb))) return { ok: false, reason: 'not-installed-yet' };
    const pack = await place.publisher.packOf(place.kb, release);
    const policy = desk.facts()?.state.policy;
    if (pack.outcome === 'refused' || policy === undefined) return { ok: false, reason: 'channel-busy' };
    const to = workFile();
    try {
      const keys = await ask('workshop.differences', { kb: place.kb, file: pack.file, to });
      if (keys.length === 0) return { ok: false, reason: 'nothing-changed' };
      const needsTwo = keys.some((key) => ruleFor(policy, key).threshold > 1);
      if (needsTwo || identity()?.policy === 2 || desk.signer('approver') === undefined) return await propose(wantedIn(to), release);
      const outcome = await place.publisher.goBack({ kb: place.kb, file: to, rollbackTo: release, by: signer });
      if (outcome.outcome !== 'published' || outcome.release === undefined) return { ok: false, reason: publishReason(outcome, log) };
      changed();
      void checkChannel().catch(() => undefined);
      return { ok: true, release: outcome.release, count: outcome.changes };
    } finally {
      await rm(to, { force: true });
    }
  };

  return { list, rollback };
}

async function* wantedIn(file: string): AsyncGenerator<WantedChange> {
  for await (const batch of readDifferences(file)) for (const { wanted } of batch) yield wanted;
}
