import { packLine, signChanges } from '../../../src/main/features/packs/index.ts';
import { newSeed, signerFrom } from '../../../src/main/features/packs/signer.ts';
import type { PackLine } from '../../../src/shared/domain/knowledge.ts';
import type { SignedChange } from '../../../src/shared/domain/packs/change.ts';

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

/** Signed changes, and the same as a live channel carries them. */
export async function signedMessages(lines: readonly PackLine[], liveVersion: number, by: BenchSigner): Promise<{ changes: SignedChange[]; messages: Message[] }> {
  const changes = await signChanges({ kb: KB, epoch: 1, wanted: lines.map((line) => ({ line })), liveVersion: () => liveVersion, by, at: Date.now() });
  return { changes, messages: changes.map((change) => ({ name: change.subject, bytes: Buffer.from(packLine(change)) })) };
}
