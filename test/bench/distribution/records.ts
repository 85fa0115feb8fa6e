import { signChanges } from '../../../src/main/features/packs/index.ts';
import { newSeed, signerFrom } from '../../../src/main/features/packs/signer.ts';
import type { PackLine } from '../../../src/shared/domain/knowledge.ts';

export const KB = 'bench';
const WORDS = 'price delivery warranty colour battery screen kettle washing machine silver black stainless steel energy label capacity litre watt cordless charger included returns within thirty days contract month tariff speed fibre router'.split(' ');

/** Words in the description that bring one signed message to the 1.25 KB of the prototype. */
const DESCRIPTION = 100;

let seed = 11;
const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
const words = (count: number): string => Array.from({ length: count }, () => WORDS[random(WORDS.length)]).join(' ');

export const benchProduct = (at: number): PackLine => ({
  kind: 'product',
  record: { sku: `P-${String(at).padStart(6, '0')}`, name: words(5), brand: `Brand ${random(400)}`, price: { amount: random(99_999), currency: 'EUR' }, description: words(DESCRIPTION) },
});

export const benchSigner = (): ReturnType<typeof signerFrom> => signerFrom(newSeed(), 'Bench');

/** Signed changes as a live channel carries them. */
export async function signedMessages(lines: readonly PackLine[], liveVersion: number, by: ReturnType<typeof benchSigner>): Promise<{ name: string; ver: number; bytes: Uint8Array }[]> {
  const changes = await signChanges({ kb: KB, epoch: 1, wanted: lines.map((line) => ({ line })), liveVersion: () => liveVersion, by, at: Date.now() });
  return changes.map((change) => ({ name: change.subject, ver: liveVersion + 1, bytes: new TextEncoder().encode(JSON.stringify(change)) }));
}
