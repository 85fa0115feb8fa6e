import type { ReactNode } from 'react';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { DayField } from '#renderer/ui/DayField.tsx';
import { dayOf } from '#shared/domain/authoring/price-change.ts';

/** A moment by this desk's clock: day and time. `value` in UTC ms. */
export function MomentField({ value, onValueChange, ...basics }: { label: string; hint?: string; error?: string | undefined; required?: boolean; value: number | undefined; onValueChange: (value: number | undefined) => void }): ReactNode {
  const words = useDayWords({ time: true });
  return (
    <DayField
      {...basics}
      words={words}
      value={value === undefined ? '' : `${dayOf(value)}T${timeOf(value)}`}
      onValueChange={(next) => {
        const at = next === '' ? Number.NaN : new Date(next).getTime();
        onValueChange(Number.isNaN(at) ? undefined : at);
      }}
    />
  );
}

function timeOf(at: number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
