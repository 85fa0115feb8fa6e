import type { summary as english } from '../en/summary.ts';

/** Words around the facts in the drafted summary of a call. */
export const summary: Partial<Record<keyof typeof english, string>> = {
  'summary.inbound': 'Anruf von {who}',
  'summary.outbound': 'Anruf an {who}',
  'summary.about': 'Anliegen: {what}',
  'summary.said': 'Angaben am Telefon: {what}',
  'summary.data': 'Einzelheiten: {what}',
  'summary.notes': 'Notiz: {what}',
  'summary.complaint': 'Beschwerde: {what}',
  'summary.promised': 'zugesagt: {what}',
  'summary.resolved': 'gelöst',
  'summary.open': 'noch nicht gelöst',
  'summary.prompts': 'Gesagt: {what}',
  'summary.transferred': 'Weitergeleitet an {what}',
  'summary.next': 'Als Nächstes: {what}',
  'summary.promise': 'Zusage',
  'summary.callBack': 'Rückruf',
  'summary.email': 'E-Mail',
  'summary.outcome': 'Ergebnis: {what}',
};
