import { digestSoon } from '#main/lib/digest.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import { targetName } from './names.ts';
import { Refused } from './pack-file.ts';
import type { FileSource } from './ports.ts';
import type { TrustedFile } from './refresh-trust.ts';

/**
 * The bytes of a file the metadata vouches for, checked as a whole before anybody looks into them.
 * Throws `Refused`.
 */
export async function fetchTarget(source: FileSource, file: TrustedFile, limit: number): Promise<Uint8Array> {
  const name = targetName(file.name, file.sha256);
  if (file.length > limit) throw new Refused({ reason: 'too-large', file: file.name, limit });
  // One byte more than it should have: a file that is longer is told apart from one that is whole.
  const found = await source.read(name, file.length + 1);
  switch (found.state) {
    case 'found': {
      const wrong = await mismatch(found.bytes, file);
      if (wrong !== undefined) throw new Refused(wrong);
      return found.bytes;
    }
    case 'absent':
      throw new Refused({ reason: 'missing-file', file: file.name });
    case 'too-large':
      throw new Refused({ reason: 'hash-mismatch', file: file.name });
    default:
      throw new Refused({ reason: 'unreadable', file: file.name });
  }
}

async function mismatch(bytes: Uint8Array, { name, length, sha256 }: TrustedFile): Promise<PackRefusal | undefined> {
  if (bytes.length < length) return { reason: 'truncated', file: name, bytes: bytes.length, expected: length };
  if ((await digestSoon(bytes)) !== sha256) return { reason: 'hash-mismatch', file: name };
  return undefined;
}
