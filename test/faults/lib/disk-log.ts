import { readFileSync } from 'node:fs';

/** One change a process made to a file, as the disk shim recorded it. */
export type DiskOp =
  | { type: 'write'; path: string; offset: number; data: Buffer }
  | { type: 'sync'; path: string }
  | { type: 'truncate'; path: string; length: number }
  | { type: 'rename'; path: string; to: string }
  | { type: 'unlink'; path: string };

/** Reads the shim's log; the layout is described in disk-shim.c. */
export function readDiskLog(file: string): DiskOp[] {
  const bytes = readFileSync(file);
  const ops: DiskOp[] = [];
  let at = 0;
  while (at + 15 <= bytes.length) {
    const type = String.fromCharCode(bytes[at] ?? 0);
    const pathLength = bytes.readUInt16LE(at + 1);
    const offset = Number(bytes.readBigUInt64LE(at + 3));
    const dataLength = bytes.readUInt32LE(at + 11);
    const path = bytes.toString('utf8', at + 15, at + 15 + pathLength);
    const data = bytes.subarray(at + 15 + pathLength, at + 15 + pathLength + dataLength);
    at += 15 + pathLength + dataLength;
    if (type === 'w') ops.push({ type: 'write', path, offset, data });
    else if (type === 's') ops.push({ type: 'sync', path });
    else if (type === 't') ops.push({ type: 'truncate', path, length: offset });
    else if (type === 'r') ops.push({ type: 'rename', path, to: data.toString('utf8') });
    else if (type === 'u') ops.push({ type: 'unlink', path });
    else throw new Error(`unknown record ${type} at ${at}`);
  }
  return ops;
}

type Pending = { offset: number; data: Buffer } | { length: number };
type FileState = { durable: Buffer; pending: Pending[] };

/** What happens to changes nobody synced when the power goes. */
export type CutMode = 'drop' | 'some' | 'torn';

/**
 * A disk that keeps only what was synced. Names (create, rename, unlink) count as durable at once,
 * as on a file system with an ordered metadata journal; contents only after a sync of their file.
 */
export function createDisk() {
  const files = new Map<string, FileState>();
  const of = (path: string): FileState => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const fresh: FileState = { durable: Buffer.alloc(0), pending: [] };
    files.set(path, fresh);
    return fresh;
  };

  const apply = (op: DiskOp): void => {
    if (op.type === 'write') of(op.path).pending.push({ offset: op.offset, data: op.data });
    else if (op.type === 'truncate') of(op.path).pending.push({ length: op.length });
    else if (op.type === 'unlink') files.delete(op.path);
    else if (op.type === 'sync') {
      const file = of(op.path);
      file.durable = file.pending.reduce(change, file.durable);
      file.pending = [];
    } else {
      const moved = files.get(op.path);
      files.delete(op.path);
      if (moved !== undefined) files.set(op.to, moved);
    }
  };

  /** The files as they are found after the power came back. */
  const afterCut = (mode: CutMode, random: () => number): Map<string, Buffer> => {
    const out = new Map<string, Buffer>();
    for (const [path, file] of files) {
      let content = file.durable;
      if (mode !== 'drop') {
        for (const pending of file.pending) if (random() < 0.5) content = change(content, mode === 'torn' ? tear(pending, random) : pending);
      }
      out.set(path, content);
    }
    return out;
  };

  return { apply, afterCut };
}

function change(content: Buffer, pending: Pending): Buffer {
  if ('length' in pending) {
    if (pending.length <= content.length) return Buffer.from(content.subarray(0, pending.length));
    return Buffer.concat([content, Buffer.alloc(pending.length - content.length)]);
  }
  const end = pending.offset + pending.data.length;
  const out = Buffer.alloc(Math.max(content.length, end));
  content.copy(out);
  pending.data.copy(out, pending.offset);
  return out;
}

/** Only some of the 512-byte sectors of a write reached the disk. */
function tear(pending: Pending, random: () => number): Pending {
  if ('length' in pending) return pending;
  const keep = Math.floor(random() * (Math.ceil(pending.data.length / 512) + 1)) * 512;
  return { offset: pending.offset, data: pending.data.subarray(0, keep) };
}
