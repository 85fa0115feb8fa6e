import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { owedOf, type Ledger } from '#shared/domain/wellbeing/state.ts';

export type StatementInput = {
  name: string;
  fromDay: string;
  toDay: string;
  /** UTC epoch ms. */
  writtenAt: number;
  ledgers: readonly Ledger[];
  /** Include pauses after hard calls; off unless the agent asks, because they tell of hard calls. */
  recovery: boolean;
  /** PKCS #8 PEM of this desk's Ed25519 key. */
  key: string;
};

const HOW = [
  'The field "statement" is signed as it stands: the bytes of its text in UTF-8, with Ed25519 (RFC 8032).',
  '"publicKey" is the desk\'s public key in PEM, "signature" is base64.',
  'With OpenSSL 3: save the text of "statement" (unescaped, without a newline at the end) as statement.txt, "publicKey" as key.pem and the decoded signature as statement.sig, then run',
  'openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in statement.txt -sigfile statement.sig',
  'A valid signature says that this desk wrote the statement and nobody changed it since. It does not say who sat at the desk.',
].join('\n');

/** A new key, PKCS #8 PEM. */
export function newStatementKey(): string {
  return generateKeyPairSync('ed25519', { privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;
}

/** Breaks granted, taken and owed, day by day, as a JSON file with signature and how to check it. Counts only. */
export function signedStatement(input: StatementInput): string {
  const kinds = input.recovery ? (['micro', 'rest', 'meal', 'recovery'] as const) : (['micro', 'rest', 'meal'] as const);
  const days = input.ledgers.map((ledger) => ({
    day: ledger.day,
    workedMinutes: Math.floor(ledger.effectiveMs / 60_000),
    breaks: Object.fromEntries(kinds.map((kind) => [kind, { granted: ledger[kind].granted, taken: ledger[kind].taken, owed: owedOf(ledger, kind), skipped: ledger[kind].skipped }])),
  }));
  const owed = Object.fromEntries(kinds.map((kind) => [kind, input.ledgers.reduce((sum, ledger) => sum + owedOf(ledger, kind), 0)]));
  const statement = JSON.stringify({ format: 'callside-break-statement/1', name: input.name, from: input.fromDay, to: input.toDay, writtenAt: new Date(input.writtenAt).toISOString(), days, owed });
  const key = createPrivateKey(input.key);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' });
  const signature = sign(null, Buffer.from(statement, 'utf8'), key).toString('base64');
  return `${JSON.stringify({ statement, publicKey, signature, howToVerify: HOW }, null, 2)}\n`;
}
