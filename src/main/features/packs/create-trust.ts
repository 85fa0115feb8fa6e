import type { KeyId, PublicKey } from '#shared/domain/packs/keys.ts';
import type { PolicyRule, TrustPolicy } from '#shared/domain/packs/policy.ts';
import { trustPolicySchema } from '#shared/domain/packs/policy.ts';
import type { Signer } from './dsse.ts';
import { addSignature, buildRoot, buildTargets, readRoot, readTargets, signMetadata } from './tuf-build.ts';

/** Who may do what in a knowledge base: what owners decide and sign. */
export type TrustPlan = {
  kb: string;
  title: string;
  epoch: number;
  /** Everybody, with their roles. Owners sign this plan; approvers publish. */
  people: readonly PublicKey[];
  revoked: TrustPolicy['revoked'];
  /** How many owners must agree to a change of this plan. */
  ownersNeeded: number;
  rules: readonly PolicyRule[];
};

/** A root and a policy on their way to enough owners' signatures. Travels as a file between owners. */
export type TrustChange = {
  format: 1;
  kb: string;
  rootVersion: number;
  targetsVersion: number;
  /** The metadata as JSON text. */
  root: string;
  targets: string;
};

/** Why a plan cannot be made. The screen has a sentence for each under `trust.plan.`. */
export type PlanProblem = 'no-owner' | 'too-few-owners' | 'no-approver' | 'rule-too-few';

/** What keeps a plan from working. */
export function planProblem(plan: TrustPlan): PlanProblem | undefined {
  const has = (role: 'owner' | 'approver'): readonly PublicKey[] => plan.people.filter(({ roles }) => roles.includes(role));
  if (has('owner').length === 0) return 'no-owner';
  if (plan.ownersNeeded < 1 || plan.ownersNeeded > has('owner').length) return 'too-few-owners';
  if (has('approver').length === 0) return 'no-approver';
  const signers = plan.people.filter(({ roles }) => roles.includes('author') || roles.includes('approver')).map(({ id }) => id);
  const enough = plan.rules.every(({ keys, threshold }) => (keys.length === 0 ? signers : signers.filter((id) => keys.includes(id))).length >= threshold);
  return enough ? undefined : 'rule-too-few';
}

export function policyOf(plan: TrustPlan): TrustPolicy {
  const { kb, epoch, title, people, revoked, rules } = plan;
  // An owner who does nothing else is no part of the daily policy, and cannot sign records.
  return trustPolicySchema.parse({ kb, epoch, title, keys: people, revoked, rules });
}

/** Begins a change of trust: both files built and signed by the owners at hand. */
export function beginTrustChange(plan: TrustPlan, versions: { root: number; targets: number }, signers: readonly Signer[], now: number): TrustChange {
  const problem = planProblem(plan);
  if (problem !== undefined) throw new Error(`the trust plan cannot work: ${problem}`);
  const owners = plan.people.filter(({ roles }) => roles.includes('owner'));
  const publishers = plan.people.filter(({ roles }) => roles.includes('approver'));
  const root = signMetadata(buildRoot({ kb: plan.kb, title: plan.title, owners, threshold: plan.ownersNeeded, publishers }, versions.root, now), signers);
  const targets = signMetadata(buildTargets(policyOf(plan), versions.targets, now), signers);
  return { format: 1, kb: plan.kb, rootVersion: versions.root, targetsVersion: versions.targets, root: root.toString(), targets: targets.toString() };
}

/** Another owner agrees: adds their signatures to both files. */
export function agreeToTrustChange(change: TrustChange, signer: Signer): TrustChange {
  return {
    ...change,
    root: addSignature('root', Buffer.from(change.root), signer).toString(),
    targets: addSignature('targets', Buffer.from(change.targets), signer).toString(),
  };
}

/**
 * Who still has to sign: owners of the new root, and of the root before it, each up to their threshold.
 * Both empty: it can be published.
 */
export function missingOwners(change: TrustChange, before: Uint8Array | undefined): { now: number; before: number; signed: KeyId[] } {
  const next = readRoot(Buffer.from(change.root));
  const targets = readTargets(Buffer.from(change.targets));
  const signed = Object.keys(next.signatures).filter((id) => targets.signatures[id] !== undefined);
  const lacking = (root: typeof next): number => {
    const role = root.signed.roles['root'];
    return role === undefined ? 0 : Math.max(0, role.threshold - role.keyIDs.filter((id) => signed.includes(id)).length);
  };
  return { now: lacking(next), before: before === undefined ? 0 : lacking(readRoot(before)), signed };
}
