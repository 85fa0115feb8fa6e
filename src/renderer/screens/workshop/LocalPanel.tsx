import { useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { LocalReason } from '#shared/ipc/local.ts';
import css from './Workshop.module.css';

/** Puts a change of this desk in use: it shows here at once, and nowhere else. */
export function LocalPanel({ id, rev, flush, onDone }: { id: string; rev: number; flush: () => Promise<unknown>; onDone: () => void }): ReactNode {
  const t = useT();
  const toast = useToast();
  const { client } = useDesk();
  const [problem, setProblem] = useState<LocalReason>();
  const [busy, setBusy] = useState(false);
  const use = async (): Promise<void> => {
    setBusy(true);
    try {
      await flush();
      // What was typed until now is saved; its number is that of the last save.
      const { draft } = await client.call('authoring.get', { id });
      const done = await client.call('local.use', { id, rev: draft?.rev ?? rev });
      if (!done.ok) return setProblem(done.reason);
      toast({ tone: 'ok', title: t('here.done') });
      onDone();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css['here']}>
      <p className={css['hint']}>{t('here.lead')}</p>
      {problem === undefined ? null : <Banner tone="error" live="alert" title={t(`here.problem.${problem}`)} />}
      <div>
        <Button variant="primary" busy={busy} onClick={() => void use()}>{t('here.use')}</Button>
      </div>
    </div>
  );
}
