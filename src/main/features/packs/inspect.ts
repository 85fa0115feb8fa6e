import { changeRecordSchema } from '#shared/domain/packs/change.ts';
import { readLine, textDigest } from './open-change.ts';
import { packLines, Refused } from './pack-file.ts';

/** What a pack says about itself. Nothing of it is verified: anybody can write it. */
export type Inspected = { records: number; removed: number; kinds: Record<string, number>; kbs: string[]; epochs: number[]; signers: string[]; bytes: number };

/** Looks into a pack file without knowing whom to trust. Within the limits; throws `Refused` where it is no pack. */
export async function inspectPack(file: string): Promise<Inspected> {
  const kinds: Record<string, number> = {};
  const kbs = new Set<string>();
  const epochs = new Set<number>();
  const signers = new Set<string>();
  let [records, removed, bytes] = [0, 0, 0];
  for await (const change of changesIn(file)) {
    bytes += Buffer.byteLength(change.line);
    kbs.add(change.kb);
    epochs.add(change.epoch);
    for (const signer of change.signers) signers.add(signer);
    if (change.op === 'delete') removed += 1;
    else {
      records += 1;
      const kind = change.key.slice(0, change.key.indexOf('/'));
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
  }
  return { records, removed, kinds, kbs: [...kbs], epochs: [...epochs], signers: [...signers], bytes };
}

/** Versions and bodies of a pack that was checked before, for telling what has to change. `body` is undefined for a tombstone. */
export async function packVersions(file: string | undefined): Promise<Map<string, { ver: number; digest: string; body: string | undefined }>> {
  const found = new Map<string, { ver: number; digest: string; body: string | undefined }>();
  if (file === undefined) return found;
  for await (const change of changesIn(file)) found.set(change.key, { ver: change.ver, digest: textDigest(change.text), body: change.op === 'put' ? JSON.stringify(change.body) : undefined });
  return found;
}

async function* changesIn(file: string) {
  let number = 0;
  for await (const lines of packLines(file, 'pack')) {
    for (const line of lines) {
      number += 1;
      const read = readLine(line, number);
      if (!read.ok) throw new Refused(read.refusal);
      const { text, signatures } = read.signed;
      yield { ...changeOf(text, number), line, text, signers: signatures.map(({ keyid }) => keyid) };
    }
  }
}

function changeOf(text: string, number: number) {
  try {
    return changeRecordSchema.parse(JSON.parse(text));
  } catch {
    throw new Refused({ reason: 'bad-record', key: `#${number}`, detail: 'text' });
  }
}
