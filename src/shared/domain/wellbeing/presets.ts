import type { BreakPreset, BreakRule, BreakRules } from './rules.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const base: Omit<BreakRules, 'preset'> = {
  micro: null, rest: null, meal: null,
  edgeMs: 0, dailyLimitMs: null,
  recovery: { immediate: false, granted: [] },
  postpone: { stepsMs: [5 * MINUTE, 10 * MINUTE], max: 3, totalMs: 15 * MINUTE, cost: 1 },
  idleAfterMs: 2 * MINUTE,
  naturalPauseMs: 5 * SECOND, guardMs: 2 * SECOND, cardMs: 60 * SECOND, reofferMs: 5 * MINUTE,
  sound: false,
};

const micro: BreakRule = { lengthMs: 60 * SECOND, grant: { kind: 'continuous', everyMs: 25 * MINUTE }, absenceSettles: true };
const hourly: BreakRule = { lengthMs: 5 * MINUTE, grant: { kind: 'continuous', everyMs: 60 * MINUTE }, absenceSettles: true };

/**
 * Callside's own default: a minute every 25 to 30 minutes between calls, five minutes each hour.
 * An inference from the evidence: five extra minutes in each hour lessened discomfort at equal output; breaks
 * ended by oneself average 27 s, too short to recover, hence the minute.
 */
const callside: BreakPreset = {
  id: 'callside',
  rules: { ...base, preset: 'callside', micro, rest: hourly },
  sources: [
    { id: 'micro-breaks', url: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC9432722' },
    { id: 'hourly', url: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC6517177/table/CD008570-tblf-0011' },
    { id: 'self-ended', url: 'https://pubmed.ncbi.nlm.nih.gov/2806221/' },
  ],
};

/** 5 to 10 minutes after 50 to 60 minutes of continuous screen work, at the user's discretion. */
const uk: BreakPreset = {
  id: 'uk',
  rules: { ...base, preset: 'uk', rest: { lengthMs: 5 * MINUTE, grant: { kind: 'continuous', everyMs: 50 * MINUTE }, absenceSettles: true }, postpone: { ...base.postpone, totalMs: 10 * MINUTE } },
  sources: [
    { id: 'hse', url: 'https://www.hse.gov.uk/contact/faqs/vdubreaks.htm' },
    { id: 'dse', url: 'https://www.lrdpublications.org.uk/publications.php?id=idp248816&iss=1880&pub=bk' },
    { id: 'uk-call-centres', url: 'http://icco.org.uk/staffing/staffingL3.html' },
  ],
};

/** 5 minutes for each effective hour, not added together, at most 15 minutes earlier or later; at the end of the day as many as hours worked. */
const spain: BreakPreset = {
  id: 'es',
  rules: {
    ...base, preset: 'es',
    rest: { lengthMs: 5 * MINUTE, grant: { kind: 'effective', everyMs: 60 * MINUTE, earlyMs: 15 * MINUTE }, absenceSettles: false },
    postpone: { ...base.postpone, totalMs: 15 * MINUTE },
    idleAfterMs: null,
  },
  sources: [{ id: 'es-agreement', url: 'https://www.iberley.es/noticias/contact-center-hora-trabajo-efectivo-derecho-pausa-cinco-minutos-pvd-29868' }],
};

/** 15 minutes after 120 minutes of continuous screen work; waiting for the system is work. */
const italy: BreakPreset = {
  id: 'it',
  rules: {
    ...base, preset: 'it', idleAfterMs: null,
    rest: { lengthMs: 15 * MINUTE, grant: { kind: 'continuous', everyMs: 120 * MINUTE }, absenceSettles: true },
  },
  sources: [{ id: 'it-decree', url: 'https://my81.org/art-175-svolgimento-quotidiano-del-lavoro.html' }],
};

/** 2 × 10 minutes outside the first and last hour, a meal of 20 minutes, 6 hours a day, a pause at once after abuse. */
const brazil: BreakPreset = {
  id: 'br',
  rules: {
    ...base, preset: 'br', edgeMs: 60 * MINUTE, dailyLimitMs: 360 * MINUTE, idleAfterMs: null,
    rest: { lengthMs: 10 * MINUTE, grant: { kind: 'fixed', count: 2, edgeMs: 60 * MINUTE }, absenceSettles: false },
    meal: { lengthMs: 20 * MINUTE, grant: { kind: 'fixed', count: 1, edgeMs: 60 * MINUTE }, absenceSettles: false },
    recovery: { immediate: true, granted: ['draining', 'abusive', 'threat', 'distressing'] },
  },
  sources: [
    { id: 'br-day', url: 'https://consulta.contrafcut.com.br/noticias/norma-regulamenta-jornada-de-6h-para-teleatendimentotelemarketing-adf7' },
    { id: 'br-abuse', url: 'https://qconcursos.com/questoes-de-concursos/questoes/d1c72139-d6' },
  ],
};

/** The duty to stop work or pause after abuse, on top of Callside's own breaks. */
const korea: BreakPreset = {
  id: 'kr',
  rules: { ...base, preset: 'kr', micro, rest: hourly, recovery: { immediate: true, granted: ['abusive', 'threat', 'distressing'] } },
  sources: [
    { id: 'kr-act', url: 'https://m.koreaherald.com/view.php?ud=20181018000783' },
    { id: 'kr-one-year', url: 'http://koreabizwire.com/half-of-emotional-laborers-had-to-keep-working-after-verbal-abuse' },
  ],
};

export const BREAK_PRESETS: readonly BreakPreset[] = [callside, uk, spain, italy, brazil, korea];
export const DEFAULT_RULES: BreakRules = callside.rules;

export function presetById(id: string): BreakPreset | undefined {
  return BREAK_PRESETS.find((preset) => preset.id === id);
}
