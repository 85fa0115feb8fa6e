import type { BreakRules, HardCallKind } from './rules.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Recovery after a hard call: what is offered, ms. The agent may take less, more, or nothing. */
export interface RecoverySize {
  readonly minMs: number;
  readonly offerMs: number;
  readonly maxMs: number;
  /** Show the organisation's contacts and wording beside it. */
  readonly contacts: boolean;
}

/**
 * Draining: a reset of 60 to 90 s. Abusive: 5 minutes, with somebody to talk to (HSE). Threat, death or
 * self-harm: 10 minutes or more (after highly depleting work more than 10 are needed, pmc PMC9432722)
 * with contacts.
 */
export const RECOVERY_SIZES: Readonly<Record<HardCallKind, RecoverySize>> = {
  draining: { minMs: 60 * SECOND, offerMs: 90 * SECOND, maxMs: 10 * MINUTE, contacts: false },
  abusive: { minMs: 5 * MINUTE, offerMs: 5 * MINUTE, maxMs: 20 * MINUTE, contacts: true },
  threat: { minMs: 10 * MINUTE, offerMs: 10 * MINUTE, maxMs: 60 * MINUTE, contacts: true },
  distressing: { minMs: 10 * MINUTE, offerMs: 15 * MINUTE, maxMs: 60 * MINUTE, contacts: true },
};

/** What the organisation configured for the worst calls. Emergency numbers come from here, never from us. */
export interface SupportContacts {
  readonly words?: string;
  readonly people: readonly { readonly name: string; readonly how: string }[];
  readonly emergency?: string;
}

export interface RecoveryOffer extends RecoverySize {
  readonly kind: HardCallKind;
  /** The rules in force grant this pause; it counts as owed until taken. */
  readonly granted: boolean;
  /** Offered at once when the call is over, without waiting for wrap-up. */
  readonly immediate: boolean;
  readonly support: SupportContacts | null;
}

export function recoveryOffer(kind: HardCallKind, rules: BreakRules, support: SupportContacts | null): RecoveryOffer {
  const size = RECOVERY_SIZES[kind];
  return { ...size, kind, granted: rules.recovery.granted.includes(kind), immediate: rules.recovery.immediate, support: size.contacts ? support : null };
}
