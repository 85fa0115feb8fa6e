import { lengthText } from '#renderer/features/wellbeing/index.ts';
import type { T } from '#renderer/messages/messages.tsx';
import type { WellbeingHistory } from '#shared/ipc/wellbeing.ts';

export type LogLine = { id: string; at: number; text: string; more: string };

/** Everything of a day in one list, newest first. */
export function dayLog(history: WellbeingHistory, t: T): LogLine[] {
  const lines: Omit<LogLine, 'id'>[] = [
    ...history.breaks.map((one) => ({ at: one.at, text: t(`my-day.log.${one.what}`, { kind: t(`breaks.kind.${one.kind}`), length: lengthText(Math.round(one.ms / 1_000) * 1_000, t) }), more: one.reason ?? '' })),
    ...history.checkIns.map((one) => ({ at: one.at, text: t('my-day.log.check-in', { value: one.value }), more: one.note })),
    ...history.hardCalls.map((one) => ({ at: one.at, text: t('my-day.log.hard', { kind: t(`hard.kind.${one.kind}`) }), more: '' })),
  ];
  return lines.map((line, index) => ({ ...line, id: `${line.at}-${index}` })).toSorted((left, right) => right.at - left.at);
}
