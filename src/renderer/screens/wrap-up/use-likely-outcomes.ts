import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage } from '#renderer/messages/messages.tsx';
import { likelyOutcomes } from '#shared/domain/calls/likely-outcomes.ts';
import { localize } from '#shared/domain/common.ts';
import type { Disposition } from '#shared/domain/desk-lists.ts';
import { summarisePath } from '#shared/domain/scripts/path.ts';

const DAYS_MS = 14 * 86_400_000;

/** Every outcome, likeliest for this call first: by the script walked and by the outcomes of the last two weeks. */
export function useLikelyOutcomes(outcomes: readonly Disposition[]): readonly Disposition[] {
  const { client, scripts, knowledge, settings } = useDesk();
  const language = useLanguage();
  const walk = useStore(scripts);
  const known = useStore(knowledge);
  const { sector } = useStore(settings);
  const [frequent, setFrequent] = useState<readonly string[]>([]);
  useEffect(() => {
    const now = Date.now();
    void client.call('calls.day', { from: now - DAYS_MS, to: now }).then(
      (day) => setFrequent(day.byDisposition.toSorted((a, b) => b.calls - a.calls).map((one) => one.id)),
      () => undefined,
    );
  }, [client]);
  return useMemo(() => {
    const walked = walk.kind === 'open' && walk.state.core !== null ? summarisePath(walk.state, walk.library, language).scripts.map((one) => one.id) : [];
    const used = known.kind === 'ready' ? known.all.script.filter((script) => script.kind === 'call' && walked.includes(script.id)) : [];
    return likelyOutcomes(outcomes, { scripts: used.map((script) => ({ title: localize(script.title, language), tags: script.tags ?? [] })), frequent, sector });
  }, [outcomes, walk, known, language, frequent, sector]);
}
