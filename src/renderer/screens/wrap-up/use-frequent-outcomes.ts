import { useEffect, useState } from 'react';
import { useDesk } from '#renderer/desk.tsx';

const DAYS_MS = 14 * 86_400_000;

/** Ids of the outcomes of the last two weeks, most used first. */
export function useFrequentOutcomes(): readonly string[] {
  const { client } = useDesk();
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    const now = Date.now();
    void client.call('calls.day', { from: now - DAYS_MS, to: now }).then(
      (day) => setIds(day.byDisposition.toSorted((a, b) => b.calls - a.calls).map((one) => one.id)),
      () => undefined,
    );
  }, [client]);
  return ids;
}
