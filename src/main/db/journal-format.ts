import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** One thing that changed: the whole of it as it is now, or null when it is gone for good. */
export type JournalEntry = { kind: string; id: string; data: unknown };
/** What one command changed. `seq` rises by one per record. */
export type JournalRecord = { seq: number; at: number; entries: JournalEntry[] };
export type JournalHeader = { encrypted: boolean; baseSeq: number; keyMatches: boolean };

/*
 * File: a 64-byte header, then records.
 * Header: magic 8 | flags u32 | baseSeq u64 | key check 16 | crc32 u32 over all before it | zeros.
 * Record: magic 4 | body length u32 | seq u64 | crc32 u32 over the 16 bytes before it and the body | body.
 * After the last record: nothing, or zeros. They are room for the next ones, made ahead.
 * Body: JSON, or nonce 12 | AES-256-GCM ciphertext | tag 16 with the record's first 16 bytes authenticated.
 */
const FILE_MAGIC = Buffer.from('CSJOURN1', 'latin1');
const RECORD_MAGIC = Buffer.from([0xc5, 0x4a, 0x52, 0x31]);
export const HEADER_BYTES = 64;
const RECORD_HEAD = 20;
/** A note is at most 50,000 UTF-16 units; one record holds a few of them at worst. */
const LARGEST_BODY = 16 * 1024 * 1024;

/** The journal's own key: the database key never encrypts two different things. */
export function journalKey(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'callside note journal v1', 32));
}

function keyCheck(key: Buffer | undefined): Buffer {
  if (key === undefined) return Buffer.alloc(16);
  return createHmac('sha256', key).update('callside journal key check').digest().subarray(0, 16);
}

export function encodeHeader(baseSeq: number, key: Buffer | undefined): Buffer {
  const out = Buffer.alloc(HEADER_BYTES);
  FILE_MAGIC.copy(out, 0);
  out.writeUInt32LE(key === undefined ? 0 : 1, 8);
  out.writeBigUInt64LE(BigInt(baseSeq), 12);
  keyCheck(key).copy(out, 20);
  out.writeUInt32LE(crc32(out.subarray(0, 36)), 36);
  return out;
}

/** Reads the header; undefined when it is missing or damaged. Records can be read without it. */
export function decodeHeader(bytes: Buffer, key: Buffer | undefined): JournalHeader | undefined {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, 8).equals(FILE_MAGIC)) return undefined;
  if (bytes.readUInt32LE(36) !== crc32(bytes.subarray(0, 36))) return undefined;
  return {
    encrypted: bytes.readUInt32LE(8) === 1,
    baseSeq: Number(bytes.readBigUInt64LE(12)),
    keyMatches: bytes.subarray(20, 36).equals(keyCheck(key)),
  };
}

export function encodeRecord(record: JournalRecord, key: Buffer | undefined): Buffer {
  const plain = Buffer.from(JSON.stringify({ at: record.at, entries: record.entries }), 'utf8');
  const head = Buffer.alloc(RECORD_HEAD);
  RECORD_MAGIC.copy(head, 0);
  head.writeUInt32LE(plain.length + (key === undefined ? 0 : 28), 4);
  head.writeBigUInt64LE(BigInt(record.seq), 8);
  const body = key === undefined ? plain : seal(plain, key, head.subarray(0, 16));
  head.writeUInt32LE(crc32(body, crc32(head.subarray(0, 16))), 16);
  return Buffer.concat([head, body]);
}

function seal(plain: Buffer, key: Buffer, aad: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unseal(body: Buffer, key: Buffer, aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, 12));
  decipher.setAAD(aad);
  decipher.setAuthTag(body.subarray(body.length - 16));
  return Buffer.concat([decipher.update(body.subarray(12, body.length - 16)), decipher.final()]);
}

type Step = { record: JournalRecord; end: number } | { unreadable: 'torn' | 'damaged' | 'other-key' };

function decodeAt(bytes: Buffer, at: number, key: Buffer | undefined): Step {
  if (bytes.length - at < RECORD_HEAD) return { unreadable: 'torn' };
  if (!bytes.subarray(at, at + 4).equals(RECORD_MAGIC)) return { unreadable: 'damaged' };
  const length = bytes.readUInt32LE(at + 4);
  if (length > LARGEST_BODY) return { unreadable: 'damaged' };
  const end = at + RECORD_HEAD + length;
  if (end > bytes.length) return { unreadable: 'torn' };
  const aad = bytes.subarray(at, at + 16);
  const body = bytes.subarray(at + RECORD_HEAD, end);
  if (bytes.readUInt32LE(at + 16) !== crc32(body, crc32(aad))) return { unreadable: 'damaged' };
  try {
    const plain = key === undefined ? body : unseal(body, key, aad);
    const { at: time, entries } = JSON.parse(plain.toString('utf8')) as Omit<JournalRecord, 'seq'>;
    return { record: { seq: Number(bytes.readBigUInt64LE(at + 8)), at: time, entries }, end };
  } catch {
    return { unreadable: 'other-key' };
  }
}

/** What is wrong with a journal file. `torn-tail` alone is what a crash in mid-append leaves: nothing acknowledged is in it. */
export type JournalDamage = 'header' | 'torn-tail' | 'damaged-records' | 'missing-records' | 'other-key';

export type JournalScan = {
  records: JournalRecord[];
  damage: JournalDamage[];
  /** Bytes up to and including the last readable record. */
  goodEnd: number;
};

/** Reads a whole journal, stepping over what cannot be read and saying what that was. */
export function scanJournal(bytes: Buffer, key: Buffer | undefined): JournalScan {
  const damage = new Set<JournalDamage>();
  const header = decodeHeader(bytes, key);
  if (header === undefined) damage.add('header');
  else if (!header.keyMatches) damage.add('other-key');
  const records: JournalRecord[] = [];
  let at = HEADER_BYTES;
  let goodEnd = Math.min(HEADER_BYTES, bytes.length);
  while (at < bytes.length) {
    const step = decodeAt(bytes, at, key);
    if ('record' in step) {
      records.push(step.record);
      at = step.end;
      goodEnd = at;
      continue;
    }
    if (isRoom(bytes, at)) break;
    const next = bytes.indexOf(RECORD_MAGIC, at + 1);
    if (step.unreadable === 'other-key') damage.add('other-key');
    else damage.add(next === -1 ? 'torn-tail' : 'damaged-records');
    if (next === -1) break;
    at = next;
  }
  if (hasGap(records, header?.baseSeq ?? 0)) damage.add('missing-records');
  return { records, damage: [...damage], goodEnd };
}

/** Nothing was written from here on. A record that was cut short is never all zeros: its first byte is not. */
function isRoom(bytes: Buffer, at: number): boolean {
  return bytes.subarray(at).equals(Buffer.alloc(bytes.length - at));
}

/** Sequence numbers may have holes up to `baseSeq` (left by pruning); after it each follows the last. */
function hasGap(records: readonly JournalRecord[], baseSeq: number): boolean {
  let last = baseSeq;
  for (const { seq } of records) {
    if (seq <= baseSeq) continue;
    if (seq !== last + 1) return true;
    last = seq;
  }
  return false;
}
