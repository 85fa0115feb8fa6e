import type { T } from '#renderer/messages/messages.tsx';
import { refusalText } from '#shared/domain/packs/refusal-text.ts';
import type { TrustOutcome } from '#shared/ipc/keys.ts';

const KEY_OUTCOMES = ['added', 'wrong-passphrase', 'unknown-key', 'other-machine', 'damaged', 'already-here', 'mistyped', 'no-printer'] as const;
type KeyOutcome = (typeof KEY_OUTCOMES)[number];

/** What became of an action on a key, in words; undefined when there is nothing to say. */
export function keyOutcomeText(t: T, outcome: string): string | undefined {
  const known = KEY_OUTCOMES.find((one) => one === outcome);
  return known === undefined ? undefined : t(`keyring.outcome.${known satisfies KeyOutcome}`);
}

/** What became of a change of trust, in words. */
export function trustOutcomeText(t: T, outcome: TrustOutcome): string {
  switch (outcome.outcome) {
    case 'done':
      return t('trust.done');
    case 'refused':
      // Told of a release it would be right; here the rule was changed, and what is live does not satisfy the new one.
      return outcome.refusal.reason === 'too-few-signatures' && outcome.refusal.key !== 'root' ? t('trust.outcome.signed-alone', { key: outcome.refusal.key }) : refusalText(t, outcome.refusal);
    case 'plan':
      return t(`trust.plan.${outcome.problem}`);
    case 'channel':
      return t(`trust.channel.${outcome.state}`);
    case 'needs-owners':
      return t('trust.outcome.needs-owners', { missing: outcome.missing });
    default:
      return t(`trust.outcome.${outcome.outcome}`);
  }
}
