import type { MaskPattern } from '#shared/domain/calls/masking.ts';

/** What the organisation decides about records. Every value has a safe default. */
export type CallsPolicy = {
  /** ISO 3166 country of numbers without a country code. */
  readonly country?: string;
  /** Further patterns kept out of notes. */
  readonly maskPatterns: readonly MaskPattern[];
  /** Days a finished call and its notes are kept. */
  readonly retentionDays: number;
  /** Days after which the caller's number and name of a finished call are dropped, ahead of the rest. */
  readonly numberRetentionDays: number;
};

export const DEFAULT_POLICY: CallsPolicy = { maskPatterns: [], retentionDays: 90, numberRetentionDays: 30 };
