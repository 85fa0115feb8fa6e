import { useEffect, useState } from 'react';
import type { Client } from '#renderer/ipc/client.ts';
import type { LoadView, WellbeingHistory } from '#shared/ipc/wellbeing.ts';

const DAY_MS = 86_400_000;

/** Local days from `from` (inclusive) to `to` (inclusive), as `YYYY-MM-DD`. */
export type Span = { days: readonly string[]; from: number; to: number };

/** The `count` local days that end `back` days before today. Noon is safe from clock changes. */
export function spanOf(count: number, back: number, now: number): Span {
  const noon = new Date(now);
  noon.setHours(12, 0, 0, 0);
  const days = Array.from({ length: count }, (_, index) => localDay(noon.getTime() - (back + count - 1 - index) * DAY_MS));
  const first = new Date(noon.getTime() - (back + count - 1) * DAY_MS).setHours(0, 0, 0, 0);
  const last = new Date(noon.getTime() - back * DAY_MS).setHours(24, 0, 0, 0);
  return { days, from: first, to: last };
}

/** The local calendar day of a moment. */
export function localDay(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

/** What is stored of a span; read again whenever `version` changes. */
export function useHistory(client: Client, { days, from, to }: Span, version: unknown): WellbeingHistory | undefined {
  const [history, setHistory] = useState<WellbeingHistory>();
  const fromDay = days[0] ?? '';
  const toDay = days.at(-1) ?? '';
  useEffect(() => {
    let current = true;
    void client.call('wellbeing.history', { from, to, fromDay, toDay }).then((read) => current && setHistory(read), () => undefined);
    return () => {
      current = false;
    };
  }, [client, from, to, fromDay, toDay, version]);
  return history;
}

export function useLoad(client: Client, from: number, to: number, version: unknown): LoadView | undefined {
  const [load, setLoad] = useState<LoadView>();
  useEffect(() => {
    let current = true;
    void client.call('wellbeing.load', { from, to }).then((read) => current && setLoad(read), () => undefined);
    return () => {
      current = false;
    };
  }, [client, from, to, version]);
  return load;
}

/** The moment, looked at once a minute: a screen left open over midnight shows the new day. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
