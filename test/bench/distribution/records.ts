import { packLine, signChanges } from '../../../src/main/features/packs/index.ts';
import { newSeed, signerFrom } from '../../../src/main/features/packs/signer.ts';
import type { PackLine } from '../../../src/shared/domain/knowledge.ts';
import { changeKey, type SignedChange } from '../../../src/shared/domain/packs/change.ts';

export const KB = 'bench';
const WORDS = 'price delivery warranty colour battery screen kettle washing machine silver black stainless steel energy label capacity litre watt cordless charger included returns within thirty days contract month tariff speed fibre router'.split(' ');

/** Words in the description that bring one signed message to the 1.25 KB of the prototype. */
const DESCRIPTION = 84;

let seed = 11;
const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
const words = (count: number): string => Array.from({ length: count }, () => WORDS[random(WORDS.length)]).join(' ');

export const benchProduct = (at: number): PackLine => ({
  kind: 'product',
  record: { sku: `P-${String(at).padStart(6, '0')}`, name: words(5), brand: `Brand ${random(400)}`, price: { amount: random(99_999), currency: 'EUR' }, description: words(DESCRIPTION) },
});

export type BenchSigner = ReturnType<typeof signerFrom>;
export const benchSigner = (): BenchSigner => signerFrom(newSeed(), 'Bench');
export type Message = { name: string; bytes: Uint8Array };

/** Signs the next version of records by their numbers: changes as a release has them, and the same as a live channel carries them. */
export function recordsOf(by: BenchSigner) {
  const versions = new Map<number, number>();
  return {
    next: async (wanted: readonly number[]): Promise<{ changes: SignedChange[]; messages: Message[] }> => {
      const lines = wanted.map((at) => ({ line: benchProduct(at) }));
      const live = new Map(wanted.map((at, index) => [changeKey(lines[index]?.line ?? benchProduct(at)), versions.get(at) ?? 0]));
      const changes = await signChanges({ kb: KB, epoch: 1, wanted: lines, liveVersion: (key) => live.get(key) ?? 0, by, at: Date.now() });
      for (const at of wanted) versions.set(at, (versions.get(at) ?? 0) + 1);
      return { changes, messages: changes.map((change) => ({ name: change.subject, bytes: Buffer.from(packLine(change)) })) };
    },
  };
}
