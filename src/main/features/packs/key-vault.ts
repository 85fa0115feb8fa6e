import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keyFromRecovery, recoveryText } from '#main/lib/recovery-key.ts';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';
import type { HeldKey, KeyId, KeyRole, PublicKey } from '#shared/domain/packs/keys.ts';
import type { Signer } from './dsse.ts';
import { newSeed, SEED_BYTES, signerFrom } from './signer.ts';
import { openSealed, sealedKeySchema, sealKey, type SealedKey } from './sealed-key.ts';

/** The key store of the system, where there is one: a second lock around the file that no other machine can open. */
export type Wrapper = { name: string; wrap(bytes: Buffer): Buffer; unwrap(bytes: Buffer): Buffer };

const fileSchema = z.strictObject({
  /** Shown without unwrapping anything. */
  facts: sealedKeySchema.pick({ id: true, publicKey: true, name: true, roles: true, createdAt: true }),
  /** Name of the system's key store, or absent: the passphrase alone protects it. */
  wrappedBy: z.string().max(60).optional(),
  /** The sealed key as JSON, wrapped or as it is. */
  sealed: z.base64(),
});

export type UnlockOutcome = 'unlocked' | 'wrong-passphrase' | 'unknown-key' | 'other-machine' | 'damaged';
export type AddOutcome = { outcome: 'added'; key: HeldKey } | { outcome: 'wrong-passphrase' | 'damaged' | 'already-here' | 'mistyped' };

/** Signing keys of this desk. Private halves exist outside their files only while unlocked, and only in this process. `docs/decisions/0016`. */
export type KeyVault = {
  list(): HeldKey[];
  create(name: string, roles: readonly KeyRole[], passphrase: string): Promise<HeldKey>;
  unlock(id: KeyId, passphrase: string): Promise<UnlockOutcome>;
  lock(id?: KeyId): void;
  /** The signer of an unlocked key. */
  signer(id: KeyId): Signer | undefined;
  /** The public half, to give to an owner. */
  card(id: KeyId): PublicKey | undefined;
  /** The key as a file for another desk: encrypted with its passphrase, not bound to this machine. */
  exportFile(id: KeyId): { outcome: 'exported'; text: string } | { outcome: 'unknown-key' | 'other-machine' | 'damaged' };
  importFile(text: string, passphrase: string): Promise<AddOutcome>;
  /** The secret in letters for paper, after the passphrase was given once more. */
  recoveryWords(id: KeyId, passphrase: string): Promise<{ outcome: 'ready'; words: string; key: PublicKey } | { outcome: Exclude<UnlockOutcome, 'unlocked'> }>;
  /** Makes a key anew from the text of its sheet, under a new passphrase. */
  restore(sheet: string, name: string, roles: readonly KeyRole[], passphrase: string): Promise<AddOutcome>;
  remove(id: KeyId): void;
};

/** Every place where the 14 groups of four of a recovery sheet may begin, however the lines were broken; words of four letters stand before them. */
const GROUPS = /(?<![0-9A-Za-z])(?=((?:[0-9A-Za-z]{4}[\s-]+){13}[0-9A-Za-z]{4})(?![0-9A-Za-z]))/g;

/**
 * @param dir `<data folder>/keys`
 * @param cost scrypt parameters; tests make it cheap
 */
export function openKeyVault({ dir, wrapper, now, cost }: { dir: string; wrapper: Wrapper | undefined; now: () => number; cost?: { N: number; r: number; p: number } }): KeyVault {
  const unlocked = new Map<KeyId, Signer>();
  const path = (id: KeyId): string => join(dir, `${id}.json`);

  const readFile = (id: KeyId): z.infer<typeof fileSchema> | undefined => {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(path(id), 'utf8')));
    } catch {
      return undefined;
    }
  };
  const sealedOf = (id: KeyId): SealedKey | 'unknown-key' | 'other-machine' | 'damaged' => {
    if (!existsSync(path(id))) return 'unknown-key';
    const file = readFile(id);
    if (file === undefined) return 'damaged';
    const bytes = Buffer.from(file.sealed, 'base64');
    try {
      if (file.wrappedBy !== undefined && wrapper?.name !== file.wrappedBy) return 'other-machine';
      const plain = file.wrappedBy === undefined ? bytes : (wrapper?.unwrap(bytes) ?? bytes);
      return sealedKeySchema.parse(JSON.parse(plain.toString('utf8')));
    } catch {
      return file.wrappedBy === undefined ? 'damaged' : 'other-machine';
    }
  };
  const held = ({ id, publicKey, name, roles, createdAt }: PublicKey, wrapped: boolean): HeldKey => ({ id, publicKey, name, roles, createdAt, unlocked: unlocked.has(id), wrapped });

  const save = (sealed: SealedKey): HeldKey => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const { id, publicKey, name, roles, createdAt } = sealed;
    const bytes = Buffer.from(JSON.stringify(sealed));
    const file = { facts: { id, publicKey, name, roles, createdAt }, ...(wrapper === undefined ? {} : { wrappedBy: wrapper.name }), sealed: (wrapper?.wrap(bytes) ?? bytes).toString('base64') };
    writeFileAtomic(path(id), JSON.stringify(file));
    return held(sealed, wrapper !== undefined);
  };
  const seal = async (seed: Buffer, name: string, roles: readonly KeyRole[], passphrase: string): Promise<HeldKey> => {
    const signer = signerFrom(seed, name);
    const sealed = await sealKey(seed, { id: signer.id, publicKey: signer.publicKey, name, roles: [...roles], createdAt: now() }, passphrase, cost);
    seed.fill(0);
    unlocked.set(signer.id, signer);
    return save(sealed);
  };
  const seedOf = async (id: KeyId, passphrase: string): Promise<{ seed: Buffer; sealed: SealedKey } | Exclude<UnlockOutcome, 'unlocked'>> => {
    const sealed = sealedOf(id);
    if (typeof sealed === 'string') return sealed;
    const seed = await openSealed(sealed, passphrase);
    if (seed === undefined) return 'wrong-passphrase';
    if (seed.length === SEED_BYTES && signerFrom(seed, sealed.name).id === id) return { seed, sealed };
    seed.fill(0);
    return 'damaged';
  };

  return {
    list: () =>
      (existsSync(dir) ? readdirSync(dir) : [])
        .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
        .flatMap((name) => readFile(name.slice(0, 64)) ?? [])
        .map(({ facts, wrappedBy }) => held(facts, wrappedBy !== undefined))
        .toSorted((a, b) => a.createdAt - b.createdAt),
    create: (name, roles, passphrase) => seal(newSeed(), name, roles, passphrase),
    unlock: async (id, passphrase) => {
      const opened = await seedOf(id, passphrase);
      if (typeof opened === 'string') return opened;
      unlocked.set(id, signerFrom(opened.seed, opened.sealed.name));
      opened.seed.fill(0);
      return 'unlocked';
    },
    lock: (id) => {
      if (id === undefined) unlocked.clear();
      else unlocked.delete(id);
    },
    signer: (id) => unlocked.get(id),
    card: (id) => readFile(id)?.facts,
    exportFile: (id) => {
      const sealed = sealedOf(id);
      return typeof sealed === 'string' ? { outcome: sealed } : { outcome: 'exported', text: `${JSON.stringify(sealed, null, 2)}\n` };
    },
    importFile: async (text, passphrase) => {
      const sealed = parseSealed(text);
      if (sealed === undefined) return { outcome: 'damaged' };
      if (existsSync(path(sealed.id))) return { outcome: 'already-here' };
      const seed = await openSealed(sealed, passphrase);
      if (seed === undefined) return { outcome: 'wrong-passphrase' };
      const signer = seed.length === SEED_BYTES ? signerFrom(seed, sealed.name) : undefined;
      seed.fill(0);
      if (signer === undefined || signer.id !== sealed.id) return { outcome: 'damaged' };
      unlocked.set(sealed.id, signer);
      return { outcome: 'added', key: save(sealed) };
    },
    recoveryWords: async (id, passphrase) => {
      const opened = await seedOf(id, passphrase);
      if (typeof opened === 'string') return { outcome: opened };
      const { publicKey, name, roles, createdAt } = opened.sealed;
      const words = recoveryText(opened.seed);
      opened.seed.fill(0);
      return { outcome: 'ready', words, key: { id, publicKey, name, roles, createdAt } };
    },
    restore: async (sheet, name, roles, passphrase) => {
      // Any run of groups on the sheet may be the one: the check at its end tells.
      const seed = [...sheet.matchAll(GROUPS)].map(([, groups]) => keyFromRecovery(groups ?? '')).find((found) => found !== undefined);
      if (seed === undefined) return { outcome: 'mistyped' };
      if (existsSync(path(signerFrom(seed, name).id))) {
        seed.fill(0);
        return { outcome: 'already-here' };
      }
      return { outcome: 'added', key: await seal(seed, name, roles, passphrase) };
    },
    remove: (id) => {
      unlocked.delete(id);
      rmSync(path(id), { force: true });
    },
  };
}

function parseSealed(text: string): SealedKey | undefined {
  try {
    return sealedKeySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The signer of an exported key file, for the command line. Undefined: a wrong passphrase, or no key file. */
export async function sealedSigner(text: string, passphrase: string): Promise<Signer | undefined> {
  const sealed = parseSealed(text);
  const seed = sealed === undefined ? undefined : await openSealed(sealed, passphrase);
  if (sealed === undefined || seed === undefined) return undefined;
  const signer = signerFrom(seed, sealed.name);
  seed.fill(0);
  return signer;
}

/** A new key as a file, for the command line. */
export function newSealedKey(name: string, passphrase: string, now: number): Promise<SealedKey> {
  const seed = newSeed();
  const { id, publicKey } = signerFrom(seed, name);
  return sealKey(seed, { id, publicKey, name, roles: ['author', 'approver', 'owner'], createdAt: now }, passphrase).finally(() => seed.fill(0));
}
