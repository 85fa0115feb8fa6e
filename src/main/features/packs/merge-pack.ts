import { createWriteStream } from 'node:fs';
import type { SignedChange } from '#shared/domain/packs/change.ts';
import { LISTED_CHANGES, type ChangedLine } from '#shared/domain/packs/release.ts';
import { titleOf } from '#shared/domain/authoring/title.ts';
import { createBuckets } from './digests.ts';
import { readLine, textDigest, type VerifiedChange } from './open-change.ts';
import { packLines, Refused, writePack } from './pack-file.ts';

/** A pack made of the one before and changes to it. */
export type Merged = {
  file: string;
  /** Live records. */
  live: number;
  digests: string[];
  counts: Record<string, number>;
  changed: { added: number; changed: number; removed: number };
  listed: ChangedLine[];
};

export type Conflicts = { keys: { key: string; live: number; signed: number }[] };

type Change = { signed: SignedChange; change: VerifiedChange };

type MergeOptions = {
  /** The pack in force, already checked; undefined for the first. */
  base: string | undefined;
  changes: ReadonlyMap<string, Change>;
  /** Where the new pack is written. */
  file: string;
  /** Gives the thread back every few ms. */
  pause: () => Promise<void>;
  /** Puts a line that stays in another form: signed again after a key was withdrawn. Same text, other signatures. */
  renew?: (signed: SignedChange) => Promise<SignedChange>;
  progress?: (records: number) => void;
};

/** What a record's version has to be: read from its text without taking the record apart. */
type Brief = { ver: number; op: 'put' | 'delete' };

const brief = (text: string): Brief => {
  const { ver, op } = JSON.parse(text) as Brief;
  return { ver, op };
};

/** The line of a pack for a signed change. The order of the members is free; this is ours. */
export function packLine({ subject, payloadType, text, signatures }: SignedChange): string {
  return JSON.stringify({ subject, payloadType, text, signatures });
}

/**
 * Writes the next pack: lines that stay are copied as they are, changed ones are replaced in their
 * place, new ones follow. A change must be exactly one version above what is live, or it is a conflict
 * and nothing is published.
 */
export async function mergePack({ base, changes, file, pause, renew, progress }: MergeOptions): Promise<Merged | Conflicts> {
  const buckets = createBuckets();
  const counts: Record<string, number> = {};
  const changed = { added: 0, changed: 0, removed: 0 };
  const listed: ChangedLine[] = [];
  const conflicts: Conflicts['keys'] = [];
  const taken = new Set<string>();
  let done = 0;

  const count = (key: string, ver: number, digest: string): void => {
    buckets.add({ key, ver, digest });
    const kind = key.slice(0, key.indexOf('/'));
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const take = ({ signed, change }: Change, before: Brief | undefined): string => {
    const expected = (before?.ver ?? 0) + 1;
    if (change.ver !== expected) conflicts.push({ key: change.key, live: before?.ver ?? 0, signed: change.ver });
    const how = change.line === undefined ? 'removed' : before === undefined || before.op === 'delete' ? 'added' : 'changed';
    changed[how] += 1;
    if (listed.length < LISTED_CHANGES) listed.push({ key: change.key, ver: change.ver, change: how, title: change.line === undefined ? '' : titleOf(change.line.kind, change.line.record, 'en') });
    if (change.line !== undefined) count(change.key, change.ver, change.digest);
    return packLine(signed);
  };

  const next = async function* (): AsyncGenerator<string[]> {
    if (base !== undefined) {
      for await (const lines of packLines(base, 'pack')) {
        const out: string[] = [];
        for (const line of lines) {
          const read = readLine(line, done + 1);
          if (!read.ok) throw new Refused(read.refusal);
          const { signed } = read;
          const before = brief(signed.text);
          const change = changes.get(signed.subject);
          if (change !== undefined) {
            taken.add(signed.subject);
            out.push(take(change, before));
          } else {
            if (before.op === 'put') count(signed.subject, before.ver, textDigest(signed.text));
            const renewed = renew === undefined ? signed : await renew(signed);
            out.push(renewed === signed ? line : packLine(renewed));
          }
          done += 1;
          await pause();
        }
        progress?.(done);
        yield out;
      }
    }
    let out: string[] = [];
    for (const [key, change] of changes) {
      if (taken.has(key)) continue;
      out.push(take(change, undefined));
      done += 1;
      await pause();
      if (out.length < 256) continue;
      progress?.(done);
      yield out;
      out = [];
    }
    progress?.(done);
    yield out;
  };

  await writePack(createWriteStream(file, { mode: 0o600 }), next());
  if (conflicts.length > 0) return { keys: conflicts };
  return { file, live: buckets.count(), digests: await buckets.pacedDigests(pause), counts, changed, listed };
}
