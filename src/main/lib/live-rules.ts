import { maskData, maskText } from '#shared/domain/calls/masking.ts';
import { USUAL_RULES, type RecordRules } from '#shared/domain/record-rules.ts';

/** Keeps card numbers and the organisation's patterns out of whatever is about to be stored. */
export type Masking = {
  text(text: string): string;
  /** Every text inside plain data; the shape stays. */
  data<T>(data: T): T;
};

export type LiveRules = {
  /** Read it at the moment of use: its fields change while the desk runs. */
  readonly rules: Readonly<RecordRules>;
  readonly masking: Masking;
  set(next: RecordRules): void;
};

/** The rules of a data process, changed from outside by settings and policy without a restart. */
export function createLiveRules(initial: RecordRules = USUAL_RULES): LiveRules {
  const rules: RecordRules = { ...initial };
  return {
    rules,
    masking: {
      text: (text) => maskText(text, { patterns: rules.maskPatterns }).text,
      data: (data) => maskData(data, { patterns: rules.maskPatterns }) as typeof data,
    },
    set: (next) => void Object.assign(rules, { country: undefined }, next),
  };
}
