import type { PackLine } from '#shared/domain/knowledge.ts';
import { changeRecordSchema, parseChangeKey } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import { releaseInfoSchema, type ReleaseInfo } from '#shared/domain/packs/release.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import { publishReason, type ReviewRoomParts, type WritingDesk } from './app-review.ts';
import type { AskWorkshop, ReleasesDesk } from './app-workshop.ts';
import { fetchTarget, packLines, readLine, signChanges, textDigest, type TrustedState, type WantedChange } from './features/packs/index.ts';

export type ReleasesParts = Pick<ReviewRoomParts, 'checkChannel' | 'changed' | 'log'> & {
  desk: Omit<WritingDesk, 'facts'> & { facts(): { state: TrustedState } | undefined };
  ask: AskWorkshop;
};

/** Releases shown; the channel may keep more. */
const SHOWN = 30;

/** The releases of the knowledge base this desk writes for, and the way back to one of them. */
export function createReleases({ desk, ask, checkChannel, changed, log }: ReleasesParts): ReleasesDesk {
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

  /** What has to change so that everything live is as it was in the pack. */
  const differences = async (kb: string, file: string): Promise<WantedChange[]> => {
    const live = new Map((await ask('workshop.base', { kb })).map((row) => [`${row.kind}/${row.key}`, row]));
    const wanted: WantedChange[] = [];
    for await (const lines of packLines(file, 'pack')) {
      for (const line of lines) {
        const read = readLine(line, 0);
        if (!read.ok) throw new Error(`a checked pack could not be read: ${read.refusal.reason}`);
        const { subject, text } = read.signed;
        const now = live.get(subject);
        live.delete(subject);
        const change = changeRecordSchema.parse(JSON.parse(text));
        if (change.op === 'delete') {
          if (now !== undefined && !now.deleted) wanted.push({ remove: subject });
          continue;
        }
        if (now !== undefined && !now.deleted && now.digest === textDigest(text)) continue;
        const named = parseChangeKey(subject);
        if (named !== undefined) wanted.push({ line: { kind: named.kind, record: change.body } as PackLine });
      }
    }
    for (const [subject, row] of live) if (!row.deleted) wanted.push({ remove: subject });
    return wanted;
  };

  const rollback = async (release: number): Promise<OutputOf<AppContract, 'authoring.rollback'>> => {
    const place = desk.publishing();
    const signer = desk.signer('approver');
    if (place === undefined) return { ok: false, reason: 'no-channel' };
    if (signer === undefined) return { ok: false, reason: 'locked-key' };
    // Compared with what is live, so this desk has to have it.
    await checkChannel();
    const pack = await place.publisher.packOf(place.kb, release);
    const policy = desk.facts()?.state.policy;
    if (pack.outcome === 'refused' || policy === undefined) return { ok: false, reason: 'channel-busy' };
    const wanted = await differences(place.kb, pack.file);
    if (wanted.length === 0) return { ok: false, reason: 'nothing-changed' };
    const versions = new Map((await ask('workshop.base', { kb: place.kb })).map((row) => [`${row.kind}/${row.key}`, row.ver]));
    const changes = await signChanges({ kb: place.kb, epoch: policy.epoch, wanted, liveVersion: (key) => versions.get(key) ?? 0, by: signer, at: Date.now() });
    const outcome = await place.publisher.publish({ kb: place.kb, changes, note: '', rollbackTo: release, by: signer });
    if (outcome.outcome !== 'published' || outcome.release === undefined) return { ok: false, reason: publishReason(outcome, log) };
    changed();
    void checkChannel().catch(() => undefined);
    return { ok: true, release: outcome.release, count: changes.length };
  };

  return { list, rollback };
}
