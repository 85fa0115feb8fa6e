import { isGenuine, keyRing, signText, type Signer } from '#main/features/packs/index.ts';
import { envelopeSchema } from '#shared/domain/packs/change.ts';
import { flagReplySchema, type FlagReply } from '#shared/domain/news/flag.ts';
import { deskIdSchema, MOST_RECEIPT_BYTES, receiptName, receiptSchema, REPLIES, replyName, replyPrefix, type Receipt } from '#shared/domain/news/receipt.ts';
import type { TrustPolicy } from '#shared/domain/packs/policy.ts';
import type { ChangeSource, WriteOutcome } from './change-source.ts';

/** Part of the signed bytes of a reply. */
const REPLY_TYPE = 'application/vnd.callside.reply+json';
const MOST_REPLY_BYTES = 32_000;
const signedReplySchema = flagReplySchema.extend({ desk: deskIdSchema });

const json = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Writes a desk's receipt. The oldest flags are left out when it would be too long. */
export function writeReceipt(source: ChangeSource, receipt: Receipt): Promise<WriteOutcome> {
  const flags = [...receipt.flags];
  let bytes = Buffer.from(JSON.stringify({ ...receipt, flags }));
  while (bytes.length > MOST_RECEIPT_BYTES && flags.length > 0) {
    flags.pop();
    bytes = Buffer.from(JSON.stringify({ ...receipt, flags }));
  }
  return source.write(receiptName(receipt.desk), bytes);
}

/**
 * Receipts of all desks in a channel. Anybody who may write there can write one, so they are read with
 * limits, shown as what a desk says of itself, and decide nothing.
 */
export async function readReceipts(source: ChangeSource): Promise<{ receipts: Receipt[]; unreadable: number; away: boolean }> {
  const listed = await source.list('receipts');
  if (listed.state !== 'listed') return { receipts: [], unreadable: 0, away: true };
  const receipts: Receipt[] = [];
  let unreadable = 0;
  for (const name of listed.names.filter((one) => one.endsWith('.json'))) {
    const found = await source.read(`receipts/${name}`, MOST_RECEIPT_BYTES);
    if (found.state === 'absent') continue;
    const parsed = found.state === 'found' ? receiptSchema.safeParse(json(found.bytes)) : undefined;
    // A receipt under another desk's name is a copy somebody made.
    if (parsed?.success === true && receiptName(parsed.data.desk) === `receipts/${name}`) receipts.push(parsed.data);
    else unreadable += 1;
  }
  return { receipts, unreadable, away: false };
}

/** Signs a reply for one desk and leaves it there: one file per flag, so that two supervisors cannot lose each other's. */
export function writeReply(source: ChangeSource, desk: string, reply: FlagReply, signer: Signer): Promise<WriteOutcome> {
  const envelope = signText(REPLY_TYPE, JSON.stringify(signedReplySchema.parse({ ...reply, desk })), [signer]);
  return source.write(replyName(desk, reply.flag), Buffer.from(JSON.stringify(envelope)));
}

/** Replies to one desk that were signed by somebody the policies name; everything else is passed over. */
export async function readReplies(source: ChangeSource, desk: string, policies: readonly TrustPolicy[]): Promise<FlagReply[]> {
  const listed = await source.list(REPLIES);
  if (listed.state !== 'listed') return [];
  const replies: FlagReply[] = [];
  for (const name of listed.names.filter((one) => one.startsWith(replyPrefix(desk)) && one.endsWith('.json')).slice(0, 500)) {
    const found = await source.read(`${REPLIES}/${name}`, MOST_REPLY_BYTES);
    const reply = found.state === 'found' ? openReply(found.bytes, desk, policies) : undefined;
    if (reply !== undefined) replies.push(reply);
  }
  return replies;
}

function openReply(bytes: Uint8Array, desk: string, policies: readonly TrustPolicy[]): FlagReply | undefined {
  const envelope = envelopeSchema.safeParse(json(bytes));
  if (!envelope.success || envelope.data.payloadType !== REPLY_TYPE) return undefined;
  const { text, signatures, payloadType } = envelope.data;
  const payload = Buffer.from(text);
  const genuine = policies.some((policy) => {
    const ring = keyRing(policy.keys);
    return signatures.some((signature) => {
      const key = ring(signature.keyid);
      return key !== undefined && !policy.revoked.some(({ id }) => id === signature.keyid) && isGenuine(key, payloadType, payload, signature);
    });
  });
  if (!genuine) return undefined;
  const reply = signedReplySchema.safeParse(json(payload));
  if (!reply.success || reply.data.desk !== desk) return undefined;
  const { desk: _desk, ...rest } = reply.data;
  return rest;
}
