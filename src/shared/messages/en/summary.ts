import { ENGLISH_SUMMARY_WORDS } from '../../domain/calls/summary.ts';

/** Words around the facts in the drafted summary of a call. */
export const summary = {
  'summary.inbound': ENGLISH_SUMMARY_WORDS.inbound,
  'summary.outbound': ENGLISH_SUMMARY_WORDS.outbound,
  'summary.about': ENGLISH_SUMMARY_WORDS.about,
  'summary.said': ENGLISH_SUMMARY_WORDS.said,
  'summary.data': ENGLISH_SUMMARY_WORDS.data,
  'summary.notes': ENGLISH_SUMMARY_WORDS.notes,
  'summary.complaint': ENGLISH_SUMMARY_WORDS.complaint,
  'summary.promised': ENGLISH_SUMMARY_WORDS.promised,
  'summary.resolved': ENGLISH_SUMMARY_WORDS.resolved,
  'summary.open': ENGLISH_SUMMARY_WORDS.open,
  'summary.prompts': ENGLISH_SUMMARY_WORDS.prompts,
  'summary.transferred': ENGLISH_SUMMARY_WORDS.transferred,
  'summary.next': ENGLISH_SUMMARY_WORDS.next,
  'summary.promise': ENGLISH_SUMMARY_WORDS.promise,
  'summary.callBack': ENGLISH_SUMMARY_WORDS.callBack,
  'summary.email': ENGLISH_SUMMARY_WORDS.email,
  'summary.outcome': ENGLISH_SUMMARY_WORDS.outcome,
} as const;
