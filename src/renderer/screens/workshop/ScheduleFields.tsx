import { useRef, type ReactNode } from 'react';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { DayField } from '#renderer/ui/DayField.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import type { Draft } from '#shared/domain/authoring/draft.ts';
import css from './Workshop.module.css';

type Props = { draft: Draft; /** Approvals the organisation asks for at least. */ policy: 1 | 2; onChange: (from: number | null, until: number | null) => void; onRequire: (approvals: 1 | 2) => void; /** Whether both days can be read as they stand. */ onReadable: (readable: boolean) => void };

/** From when, until when, and how many have to agree. */
export function ScheduleFields({ draft, policy, onChange, onRequire, onReadable }: Props): ReactNode {
  const t = useT();
  const moments = useDayWords({ time: true });
  const from = draft.validFrom ?? null;
  const until = draft.validUntil ?? null;
  const unread = useRef(new Set<string>());
  const reads = (field: string) => (readable: boolean): void => {
    if (readable) unread.current.delete(field);
    else unread.current.add(field);
    onReadable(unread.current.size === 0);
  };
  return (
    <details className={css['schedule']}>
      <summary>{t('schedule.title')}</summary>
      <DayField label={t('schedule.from')} hint={t(draft.base === null ? 'schedule.from-hint-new' : 'schedule.from-hint')} words={moments} value={localText(from)} onValueChange={(text) => onChange(instantOf(text), until)} onReadable={reads('from')} />
      <DayField label={t('schedule.until')} words={moments} value={localText(until)} onValueChange={(text) => onChange(from, instantOf(text))} onReadable={reads('until')} />
      <SegmentedField
        label={t('schedule.approvals')} value={String(Math.max(draft.required, policy))} {...(policy === 2 ? { hint: t('schedule.approvals-policy') } : {})} onValueChange={(value) => onRequire(value === '2' ? 2 : 1)}
        options={[{ value: '1', label: t('schedule.one'), disabled: policy === 2 }, { value: '2', label: t('schedule.two') }]}
      />
    </details>
  );
}

function localText(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

function instantOf(text: string): number | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}
