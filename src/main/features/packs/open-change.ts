import { hash, type KeyObject } from 'node:crypto';
import { CHANGE_TYPE, changeRecordSchema, parseChangeKey, signedChangeSchema, type ChangeRecord, type Signature, type SignedChange } from '#shared/domain/packs/change.ts';
import { KNOWLEDGE_SCHEMAS, recordKey, type PackLine } from '#shared/domain/knowledge.ts';
import type { KeyId } from '#shared/domain/packs/keys.ts';
import { enoughSigners, ruleFor, whyNot, type PolicyRule, type TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { isGenuine, keyRing, type KeyRing } from './dsse.ts';
import { checkSoon, type CheckSignatures } from './signature-threads.ts';

/** A change that may be used: enough of the right people signed these very bytes. */
export type VerifiedChange = {
  key: string;
  ver: number;
  by: KeyId;
  at: number;
  /** SHA-256 of the signed text: two changes with the same are the same. */
  digest: string;
  /** The record; undefined for a tombstone. */
  line: PackLine | undefined;
};

export type Opened = { ok: true; change: VerifiedChange } | { ok: false; refusal: PackRefusal };

/** The parser of signed texts, called only after enough signatures were found good. Tests pass one that throws. */
export type ParseText = (text: string) => unknown;

export type OpenContext = { policy: TrustPolicy; ring: KeyRing; parse: ParseText };

export function openContext(policy: TrustPolicy, parse: ParseText = JSON.parse): OpenContext {
  return { policy, ring: keyRing(policy.keys), parse };
}

/** Reads one line of a pack as an envelope. Its text stays a text. */
export function readLine(line: string, number: number): { ok: true; signed: SignedChange } | { ok: false; refusal: PackRefusal } {
  try {
    const parsed = signedChangeSchema.safeParse(JSON.parse(line));
    if (parsed.success) return { ok: true, signed: parsed.data };
    return { ok: false, refusal: { reason: 'bad-record', key: `#${number}`, detail: parsed.error.issues[0]?.path.join('.') ?? '' } };
  } catch {
    return { ok: false, refusal: { reason: 'bad-record', key: `#${number}`, detail: 'JSON' } };
  }
}

/** Digest of a signed text. */
export const textDigest = (text: string): string => hash('sha256', text);

/**
 * Checks who signed a change and only then parses it. The subject says which rule applies; the signed
 * text must then name the same key, so a subject cannot buy a weaker rule.
 */
export function openChange(signed: SignedChange, context: OpenContext): Opened {
  const refusal = signaturesSuffice(signed, context);
  return refusal === undefined ? parseVerified(signed, context) : { ok: false, refusal };
}

/** The same with the signatures checked on other threads. */
export async function openChangeSoon(signed: SignedChange, context: OpenContext): Promise<Opened> {
  const refusal = (await allSignaturesSuffice([signed], context, checkSoon(context)))[0];
  return refusal === undefined ? parseVerified(signed, context) : { ok: false, refusal };
}

/** The same of many. */
export async function openChanges(changes: readonly SignedChange[], context: OpenContext, check: CheckSignatures = checkSoon(context)): Promise<Opened[]> {
  const refusals = await allSignaturesSuffice(changes, context, check);
  return changes.map((signed, at) => {
    const refusal = refusals[at];
    return refusal === undefined ? parseVerified(signed, context) : { ok: false, refusal };
  });
}

/** Why the signatures of a change do not suffice, or undefined when they do. Parses nothing. */
export function signaturesSuffice(signed: SignedChange, context: OpenContext): PackRefusal | undefined {
  const asked = askSigners(signed, context);
  const payload = Buffer.from(signed.text);
  return asked.refusal ?? judge(signed, context, asked, asked.known.map(({ key, signature }) => isGenuine(key, signed.payloadType, payload, signature)));
}

/** The same of many, by whoever checks signatures. */
export async function allSignaturesSuffice(changes: readonly SignedChange[], context: OpenContext, check: CheckSignatures): Promise<(PackRefusal | undefined)[]> {
  const asked = changes.map((signed) => askSigners(signed, context));
  const genuine = await check(changes.map(({ payloadType, text }, at) => ({ payloadType, text, signatures: asked[at]?.refusal === undefined ? (asked[at]?.known ?? []).map(({ signature }) => signature) : [] })));
  return changes.map((signed, at) => {
    const one = asked[at] ?? askSigners(signed, context);
    return one.refusal ?? judge(signed, context, one, genuine[at] ?? []);
  });
}

/** Whose signatures count for a change, and why the first of the others does not. */
type Asked = { refusal?: PackRefusal; rule: PolicyRule; known: { key: KeyObject; signature: Signature }[]; first: PackRefusal | undefined };

function askSigners({ subject, payloadType, signatures }: SignedChange, { policy, ring }: OpenContext): Asked {
  const rule = ruleFor(policy, subject);
  const asked: Asked = { rule, known: [], first: undefined };
  if (payloadType !== CHANGE_TYPE) return { ...asked, refusal: { reason: 'bad-record', key: subject, detail: payloadType } };
  for (const signature of signatures) {
    const not = whyNot(policy, rule, subject, signature.keyid);
    const key = ring(signature.keyid);
    if (not !== undefined || key === undefined) asked.first ??= not ?? { reason: 'unknown-key', key: subject, signer: signature.keyid };
    else asked.known.push({ key, signature });
  }
  return asked;
}

function judge({ subject }: SignedChange, { policy }: OpenContext, { rule, known, first }: Asked, genuine: readonly boolean[]): PackRefusal | undefined {
  // A known person's signature that is not genuine is damage or forgery, whoever else signed.
  const forged = known.find((_, at) => genuine[at] !== true);
  if (forged !== undefined) return { reason: 'bad-signature', key: subject, signer: forged.signature.keyid };
  const lacking = enoughSigners(policy, rule, subject, known.map(({ signature }) => signature.keyid));
  if (lacking === undefined) return undefined;
  return lacking.reason === 'too-few-signatures' ? (first ?? lacking) : lacking;
}

/** Parses a change whose signatures suffice (or sufficed when it was installed) and checks what it says about itself. */
export function parseVerified({ subject, text }: SignedChange, { policy, parse }: Pick<OpenContext, 'policy' | 'parse'>): Opened {
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return refuse({ reason: 'bad-record', key: subject, detail: 'JSON' });
  }
  const parsed = changeRecordSchema.safeParse(value);
  if (!parsed.success) return refuse({ reason: 'bad-record', key: subject, detail: (parsed.error.issues[0]?.path ?? []).join('.').slice(0, 400) });
  const change = parsed.data;
  if (change.key !== subject) return refuse({ reason: 'wrong-subject', key: subject, found: change.key });
  if (change.kb !== policy.kb) return refuse({ reason: 'wrong-kb', expected: policy.kb, found: change.kb });
  if (change.epoch !== policy.epoch) return refuse({ reason: 'wrong-epoch', expected: policy.epoch, found: change.epoch });
  return withRecord(change, textDigest(text));
}

function withRecord(change: ChangeRecord, digest: string): Opened {
  const { key, ver, by, at } = change;
  const named = parseChangeKey(key);
  if (named === undefined) return refuse({ reason: 'newer-format', key });
  if (change.op === 'delete') return { ok: true, change: { key, ver, by, at, digest, line: undefined } };
  const record = KNOWLEDGE_SCHEMAS[named.kind].safeParse(change.body);
  if (!record.success) {
    // Fields this version has never heard of were written by a newer one; anything else is a mistake.
    if (record.error.issues.every(({ code }) => code === 'unrecognized_keys')) return refuse({ reason: 'newer-format', key });
    return refuse({ reason: 'bad-record', key, detail: (record.error.issues[0]?.path ?? []).join('.').slice(0, 400) });
  }
  const line = { kind: named.kind, record: record.data } as PackLine;
  if (recordKey(line) !== named.key) return refuse({ reason: 'wrong-subject', key, found: `${named.kind}/${recordKey(line)}` });
  return { ok: true, change: { key, ver, by, at, digest, line } };
}

function refuse(refusal: PackRefusal): Opened {
  return { ok: false, refusal };
}
