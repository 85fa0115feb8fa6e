import { z } from 'zod';
import { idSchema, instantSchema } from '../common.ts';
import { KNOWLEDGE_SCHEMAS, recordKey, type KnowledgeKind, type PackLine } from '../knowledge.ts';
import { keyIdSchema } from './keys.ts';
import { PACK_LIMITS } from './limits.ts';

/** Payload types of the two things that are signed one by one. They are part of the signed bytes. */
export const CHANGE_TYPE = 'application/vnd.callside.change+json';
export const HEAD_TYPE = 'application/vnd.callside.head+json';

/** `kind/recordKey`: `product/HP-2040`, `script/refund-online`. The kind has no slash, the rest may. */
export const changeKeySchema = z.string().min(3).max(400).regex(/^[a-z][a-z-]*\/\P{Cc}+$/u);

/** A knowledge base: one organisation's (or one sector's) records under one trust root. */
export const kbSchema = idSchema;
/** Counts the times a knowledge base was begun anew; records of an earlier epoch are worth nothing. */
export const epochSchema = z.int().min(1).max(1_000_000);
/** Counts the versions of one record, from 1; each signed change of a key is one higher than the one before. */
export const versionSchema = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

/**
 * What an author signs: one record, or its removal (a tombstone). The signature is over the exact bytes
 * of this object as JSON, so nothing has to be brought into a canonical form.
 */
export const changeRecordSchema = z.discriminatedUnion('op', [
  z.strictObject({ kb: kbSchema, epoch: epochSchema, key: changeKeySchema, ver: versionSchema, op: z.literal('put'), by: keyIdSchema, at: instantSchema, body: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kb: kbSchema, epoch: epochSchema, key: changeKeySchema, ver: versionSchema, op: z.literal('delete'), by: keyIdSchema, at: instantSchema }),
]);
export type ChangeRecord = z.infer<typeof changeRecordSchema>;

export const signatureSchema = z.strictObject({ keyid: keyIdSchema, /** Ed25519, 64 bytes as base64. */ sig: z.string().length(88) });
export type Signature = z.infer<typeof signatureSchema>;

/**
 * A signed text. The signature is DSSE's: Ed25519 over `DSSEv1 SP len(type) SP type SP len(text) SP text`,
 * lengths in bytes of UTF-8. The text travels as it is and not as base64, which would make a pack a fifth
 * larger; `docs/pack-format.md` shows how to turn one into a standard DSSE envelope.
 */
export const envelopeSchema = z.strictObject({
  payloadType: z.string().max(100),
  /** The signed bytes, which are UTF-8 JSON. Not parsed before enough signatures are found good. */
  text: z.string().max(PACK_LIMITS.lineBytes),
  signatures: z.array(signatureSchema).max(PACK_LIMITS.signatures),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/**
 * One line of a pack, one file of a hand-over, one message of a stream. `subject` says which key the
 * envelope is about, so that a desk knows how many signatures to ask for before it parses the text; the
 * text must then name the same key.
 */
export const signedChangeSchema = envelopeSchema.extend({ subject: changeKeySchema });
export type SignedChange = z.infer<typeof signedChangeSchema>;

/** The change key of a knowledge record. */
export function changeKey(line: PackLine): string {
  return `${line.kind}/${recordKey(line)}`;
}

/** Takes a change key apart. Undefined when the kind is none this version of Callside knows. */
export function parseChangeKey(key: string): { kind: KnowledgeKind; key: string } | undefined {
  const slash = key.indexOf('/');
  const kind = key.slice(0, slash);
  if (slash < 1 || !Object.hasOwn(KNOWLEDGE_SCHEMAS, kind)) return undefined;
  return { kind: kind as KnowledgeKind, key: key.slice(slash + 1) };
}
