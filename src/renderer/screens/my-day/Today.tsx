import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { CheckInScale, durationText } from '#renderer/features/wellbeing/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { FactTable } from '#renderer/ui/FactTable.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { owedOf } from '#shared/domain/wellbeing/state.ts';
import type { BreakAction, BreaksView } from '#shared/ipc/wellbeing.ts';
import { LoadGauge } from './LoadGauge.tsx';
import { dayLog } from './day-log.ts';
import css from './MyDay.module.css';
import { spanOf, useNow, useHistory, useLoad } from './use-history.ts';

const HOUR_MS = 3_600_000;

/** Today at a glance: load in words, breaks taken and open, a check-in, and what happened. */
export function Today({ view }: { view: BreaksView }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client, breaks } = useDesk();
  const { refused } = useStore(breaks);
  const [written, setWritten] = useState(0);
  const moment = useNow();
  const span = spanOf(1, 0, moment);
  const version = `${JSON.stringify([view.taken, view.owed, view.workedMs, view.phase, view.running?.id, view.offer])} ${written}`;
  const history = useHistory(client, span, version);
  const load = useLoad(client, span.from, span.to, version);
  const act = (action: BreakAction): void => void breaks.actions.do(action).then(() => setWritten((count) => count + 1));
  const log = history === undefined ? [] : dayLog(history, t);
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  return (
    <div className={css['today']}>
      {view.limitMs === null ? null : <Banner tone="info" title={t('my-day.limit', { hours: view.limitMs / HOUR_MS })} />}
      <section className={css['block']} aria-label={t('my-day.load')}>
        {load === undefined ? null : <LoadGauge load={load} />}
      </section>
      <div className={css['stack']}>
        <section className={css['block']} aria-label={t('my-day.breaks')}>
          <h3 className={css['heading']}>{t('my-day.breaks')}</h3>
          <FactTable label={t('my-day.breaks')} facts={breakFacts(view, history?.days.at(-1), t)} />
          <div className={css['tools']}>
            <Button size="sm" variant="primary" disabled={view.running !== null || view.quiet} onClick={() => act({ type: 'take', kind: 'rest' })}>
              {t('my-day.take-rest')}
            </Button>
            <Button size="sm" disabled={view.running !== null || view.quiet} onClick={() => act({ type: 'take', kind: 'micro' })}>
              {t('my-day.take-micro')}
            </Button>
            <Button size="sm" disabled={view.running !== null || view.quiet} onClick={() => act({ type: 'take', kind: 'meal' })}>
              {t('my-day.take-meal')}
            </Button>
            {view.skipped === null ? null : (
              <Button size="sm" disabled={view.running !== null || view.quiet} onClick={() => act({ type: 'resumeSkipped' })}>
                {t('my-day.resume')}
              </Button>
            )}
            <Button size="sm" variant="quiet" onClick={() => act(view.paused === 'by-agent' ? { type: 'unpause' } : { type: 'pause', ms: HOUR_MS })}>
              {t(view.paused === 'by-agent' ? 'my-day.unpause' : 'my-day.pause')}
            </Button>
          </div>
          {refused === undefined ? null : <p className={css['hint']}>{t(`breaks.refused.${refused}`)}</p>}
        </section>
        <CheckIn onCheckIn={(value, note) => act({ type: 'checkIn', value, ...(note === '' ? {} : { note }) })} disabled={view.quiet} />
      </div>
      <section className={css['block']} aria-label={t('my-day.log')} data-wide>
        <h3 className={css['heading']}>{t('my-day.log')}</h3>
        {log.length === 0 ? (
          <p className={css['hint']}>{t('my-day.log-none')}</p>
        ) : (
          <Table
            label={t('my-day.log')}
            rows={log}
            rowId={(row) => row.id}
            columns={[
              { id: 'when', header: t('my-day.when'), cell: (row) => time.format(row.at), width: '6rem' },
              { id: 'what', header: t('my-day.what'), cell: (row) => row.text, rowHeader: true },
              { id: 'more', header: t('my-day.more'), cell: (row) => row.more },
            ]}
          />
        )}
      </section>
    </div>
  );
}

function CheckIn({ onCheckIn, disabled }: { onCheckIn: (value: number, note: string) => void; disabled: boolean }): ReactNode {
  const t = useT();
  const toast = useToast();
  const [note, setNote] = useState('');
  return (
    <section className={css['block']} aria-label={t('my-day.check-in')}>
      <h3 className={css['heading']}>{t('my-day.check-in')}</h3>
      <p className={css['hint']}>{disabled ? t('breaks.refused.inCall') : `${t('ask.check-in')} ${t('ask.check-in-scale')}`}</p>
      {disabled ? null : (
        <>
          <CheckInScale
            onPick={(value) => {
              onCheckIn(value, note.trim());
              setNote('');
              toast({ tone: 'ok', title: t('my-day.checked', { value }), stayMs: 2_500 });
            }}
          />
          <TextField label={t('my-day.check-in-note')} value={note} onValueChange={setNote} maxLength={400} />
        </>
      )}
    </section>
  );
}

type Ledger = Parameters<typeof owedOf>[0];

function breakFacts(view: BreaksView, ledger: Ledger | undefined, t: ReturnType<typeof useT>): Parameters<typeof FactTable>[0]['facts'] {
  const kinds = (['rest', 'micro', 'meal', 'recovery'] as const).filter((kind) => kind === 'rest' || (ledger !== undefined && (ledger[kind].granted > 0 || ledger[kind].taken > 0)));
  const next = view.due !== null ? t('my-day.next-due') : view.nextInMs === null ? t('my-day.next-none') : t('my-day.next-in', { minutes: Math.ceil(view.nextInMs / 60_000) });
  return [
    { id: 'next', label: t('my-day.next'), value: next, ...(view.due === null ? {} : { note: t(`breaks.kind.${view.due}`) }) },
    ...kinds.map((kind) => ({
      id: kind,
      label: t(`breaks.kind.${kind}`),
      value: ledger === undefined ? t('my-day.taken', { count: view.taken[kind] }) : t('my-day.taken-of', { taken: ledger[kind].taken, granted: ledger[kind].granted }),
      note: t('my-day.owed', { count: ledger === undefined ? 0 : owedOf(ledger, kind) }),
    })),
    { id: 'worked', label: t('my-day.worked'), value: durationText(view.workedMs, t) },
    { id: 'talked', label: t('my-day.talked'), value: durationText(ledger?.talkMs ?? 0, t) },
  ];
}

