import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { epochSchema, kbSchema } from './change.ts';
import { publicKeySchema, keyIdSchema, type KeyId } from './keys.ts';
import type { PackRefusal } from './refusal.ts';

/** How many keys must sign what. The longest prefix that fits counts; an empty prefix fits everything. */
export const policyRuleSchema = z.strictObject({
  prefix: z.string().max(200),
  /** Keys that may sign; empty means every key of the policy. */
  keys: z.array(keyIdSchema).max(100),
  threshold: z.union([z.literal(1), z.literal(2)]),
});
export type PolicyRule = z.infer<typeof policyRuleSchema>;

/**
 * Who may sign which records. It stands in the TUF `targets` file under `callside`, so owners sign it.
 * Keys that were taken away are named, so that a desk can say so; only keys named here count at all.
 */
export const trustPolicySchema = z.strictObject({
  kb: kbSchema,
  epoch: epochSchema,
  title: z.string().min(1).max(LIMITS.line),
  keys: z.array(publicKeySchema).min(1).max(100),
  revoked: z.array(z.strictObject({ id: keyIdSchema, name: z.string().max(LIMITS.line), at: instantSchema })).max(500),
  rules: z.array(policyRuleSchema).min(1).max(100),
});
export type TrustPolicy = z.infer<typeof trustPolicySchema>;

const EVERYONE: PolicyRule = { prefix: '', keys: [], threshold: 1 };

/** The rule for a key: the longest prefix. A policy without a rule for everything asks for one approver. */
export function ruleFor(policy: TrustPolicy, key: string): PolicyRule {
  return policy.rules.filter((rule) => key.startsWith(rule.prefix)).reduce((best, rule) => (rule.prefix.length >= best.prefix.length ? rule : best), EVERYONE);
}

/** Why a key's signature does not count, or undefined when it does. */
export function whyNot(policy: TrustPolicy, rule: PolicyRule, key: string, signer: KeyId): PackRefusal | undefined {
  const revoked = policy.revoked.find(({ id }) => id === signer);
  if (revoked !== undefined) return { reason: 'revoked-key', key, signer, name: revoked.name };
  const known = policy.keys.find(({ id }) => id === signer);
  if (known === undefined) return { reason: 'unknown-key', key, signer };
  const may = known.roles.some((role) => role === 'author' || role === 'approver') && (rule.keys.length === 0 || rule.keys.includes(signer));
  return may ? undefined : { reason: 'not-allowed', key, signer, name: known.name };
}

/**
 * Whether the signers found good suffice for `key`: as many distinct keys as the rule asks for, one of
 * them an approver's. `good` may repeat a signer; it counts once.
 */
export function enoughSigners(policy: TrustPolicy, rule: PolicyRule, key: string, good: readonly KeyId[]): PackRefusal | undefined {
  const distinct = new Set(good);
  if (distinct.size < rule.threshold) return { reason: good.length >= rule.threshold ? 'same-signer-twice' : 'too-few-signatures', key, found: distinct.size, needed: rule.threshold };
  const approved = policy.keys.some(({ id, roles }) => distinct.has(id) && roles.includes('approver'));
  return approved ? undefined : { reason: 'no-approver', key };
}
