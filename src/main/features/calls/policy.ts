import type { MaskPattern } from '#shared/domain/calls/masking.ts';
import { USUAL_RULES } from '#shared/domain/record-rules.ts';

/** What settings and the organisation decide about records. Read at the moment of use: it changes while the desk runs. */
export type CallsPolicy = {
  /** ISO 3166 country of numbers without a country code. */
  readonly country?: string | undefined;
  /** Further patterns kept out of notes. */
  readonly maskPatterns: readonly MaskPattern[];
  /** Days a finished call and its notes are kept. */
  readonly retentionDays: number;
  /** Days after which the caller's number and name of a finished call are dropped, ahead of the rest. */
  readonly numberRetentionDays: number;
};

export const DEFAULT_POLICY: CallsPolicy = USUAL_RULES;
