import type { SignedChange } from '#shared/domain/packs/change.ts';
import { envelopeSchema } from '#shared/domain/packs/change.ts';
import { PACK_LIMITS } from '#shared/domain/packs/limits.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { SignedHead } from '#shared/domain/packs/release.ts';
import { openHead } from './check-release.ts';
import { openChange, openContext, readLine, type OpenContext, type VerifiedChange } from './open-change.ts';
import { Refused } from './pack-file.ts';

/** Something from a live channel, opened: or why it is not taken. */
export type SignedThing<T> = ({ ok: true } & T) | { ok: false; refusal: PackRefusal };

/** What checking single changes and heads needs of a policy; made once per policy, because making keys costs more than using them. */
export function trustContext(policy: TrustPolicy): OpenContext {
  return openContext(policy);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads one change as a live channel carries it: a line of a pack, alone. Its text is not parsed. `name` is the key the
 * channel carries it under; the change must be about that very key.
 */
export function readSignedChange(name: string, bytes: Uint8Array): SignedThing<{ signed: SignedChange }> {
  if (bytes.length > PACK_LIMITS.lineBytes) return { ok: false, refusal: { reason: 'too-large', file: name.slice(0, 400), limit: PACK_LIMITS.lineBytes } };
  const text = textOf(bytes);
  const read = text === undefined ? undefined : readLine(text, 1);
  if (read === undefined || !read.ok) return { ok: false, refusal: { reason: 'bad-record', key: name.slice(0, 400), detail: read?.ok === false && read.refusal.reason === 'bad-record' ? read.refusal.detail : 'UTF-8' } };
  if (read.signed.subject !== name) return { ok: false, refusal: { reason: 'wrong-subject', key: name.slice(0, 400), found: read.signed.subject } };
  return read;
}

/** The same, opened: who signed is checked before the text is parsed. */
export function openSignedChange(name: string, bytes: Uint8Array, context: OpenContext): SignedThing<{ change: VerifiedChange; signed: SignedChange }> {
  const read = readSignedChange(name, bytes);
  if (!read.ok) return read;
  const opened = openChange(read.signed, context);
  return opened.ok ? { ok: true, change: opened.change, signed: read.signed } : opened;
}

/** Opens a signed head as a live channel repeats it. */
export function openSignedHead(bytes: Uint8Array, context: OpenContext): SignedThing<{ head: SignedHead }> {
  const bad: PackRefusal = { reason: 'bad-record', key: 'head', detail: 'JSON' };
  const text = bytes.length > PACK_LIMITS.rootBytes ? undefined : textOf(bytes);
  if (text === undefined) return { ok: false, refusal: bad };
  try {
    const envelope = envelopeSchema.safeParse(JSON.parse(text));
    return envelope.success ? { ok: true, head: openHead(envelope.data, context) } : { ok: false, refusal: bad };
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, refusal: cause.refusal };
    if (cause instanceof SyntaxError) return { ok: false, refusal: bad };
    throw cause;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
