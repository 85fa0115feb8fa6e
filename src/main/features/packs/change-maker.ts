import { CHANGE_TYPE, changeKey, changeRecordSchema, type ChangeRecord, type SignedChange } from '#shared/domain/packs/change.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { signatureOf, signText, type Signer } from './dsse.ts';
import { createPacer } from './pacer.ts';

/** What an author wants changed: a record put, or the key of one taken away. */
export type WantedChange = { line: PackLine } | { remove: string };

/** The key of a record that is to be changed. */
export function wantedKey(one: WantedChange): string {
  return 'line' in one ? changeKey(one.line) : one.remove;
}

export type SignWanted = {
  kb: string;
  epoch: number;
  wanted: readonly WantedChange[];
  /** The live version of a key; 0 when it has never been there. Tombstones count. */
  liveVersion: (key: string) => number;
  by: Signer;
  /** UTC ms. */
  at: number;
};

/** Signs changes as their author, a few ms of work at a time. */
export async function signChanges({ kb, epoch, wanted, liveVersion, by, at }: SignWanted): Promise<SignedChange[]> {
  const pause = createPacer();
  const signed: SignedChange[] = [];
  for (const one of wanted) {
    const key = wantedKey(one);
    const base = { kb, epoch, key, ver: liveVersion(key) + 1, by: by.id, at };
    const change: ChangeRecord = 'line' in one ? { ...base, op: 'put', body: one.line.record as Record<string, unknown> } : { ...base, op: 'delete' };
    signed.push({ subject: key, ...signText(CHANGE_TYPE, JSON.stringify(changeRecordSchema.parse(change)), [by]) });
    await pause();
  }
  return signed;
}

/** Adds another person's signature over the very same bytes. A second signature of the same key changes nothing. */
export function coSign(signed: SignedChange, by: Signer): SignedChange {
  if (signed.signatures.some(({ keyid }) => keyid === by.id)) return signed;
  return { ...signed, signatures: [...signed.signatures, signatureOf(signed.payloadType, signed.text, by)] };
}
