import { IconPhone } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import type { StartCall } from '#renderer/features/calls/index.ts';
import { UrgencyChip, whenText } from '#renderer/features/follow-ups/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { clockText } from '#shared/domain/calls/summary.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import type { CallLine } from '#shared/ipc/calls.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import css from './IdleDesk.module.css';

type Day = OutputOf<AppContract, 'calls.day'>;
type StartProps = { start: (call: StartCall) => void };

/** As many as fit beside the rest at 1366×768. */
const PROMISES = 4;
const CALLS = 5;

/** The agent's own figures since midnight; nobody else's, and no target beside them. */
export function DayFigures(): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client } = useDesk();
  const [day, setDay] = useState<Day>();
  useEffect(() => {
    const now = Date.now();
    void client.call('calls.day', { from: new Date(now).setHours(0, 0, 0, 0), to: now }).then(setDay, () => undefined);
  }, [client]);
  if (day === undefined || day.calls === 0) return null;
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const figures = [
    { id: 'calls', label: t('idle.calls'), value: new Intl.NumberFormat(language).format(day.calls) },
    { id: 'talk', label: t('idle.talk'), value: clockText(day.talkMs) },
    { id: 'hold', label: t('idle.hold'), value: clockText(day.holdMs) },
    { id: 'aht', label: t('idle.aht'), value: day.ahtMs === undefined ? '–' : clockText(day.ahtMs) },
    { id: 'acw', label: t('idle.acw'), value: clockText(day.acwMs / day.calls) },
    { id: 'waited', label: t('idle.waited'), value: clockText(day.idleMs) },
    { id: 'occupancy', label: t('idle.occupancy'), value: day.occupancy === undefined ? '–' : percent.format(day.occupancy) },
    { id: 'fcr', label: t('idle.fcr'), value: day.fcr === undefined ? '–' : percent.format(day.fcr) },
  ] as const;
  return (
    <section className={css['block']} aria-label={t('idle.today')}>
      <h3 className={css['heading']}>{t('idle.today')}</h3>
      <dl className={css['figures']}>
        {figures.map((figure) => (
          <div key={figure.id} className={css['figure']} title={t(`idle.${figure.id}-means`)}>
            <dt>{figure.label}</dt>
            <dd>{figure.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The next promises, soonest first, each one key press from its call. */
export function OpenPromises({ start }: { start: (followUp: FollowUp) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { followUps } = useDesk();
  const state = useStore(followUps);
  if (state.kind !== 'ready' || state.open.length === 0) return null;
  return (
    <section className={css['block']} aria-label={t('screen.follow-ups')}>
      <h3 className={css['heading']}>
        {t('screen.follow-ups')} <span className={css['count']}>{state.open.length}</span>
      </h3>
      <ul className={css['rows']}>
        {state.open.slice(0, PROMISES).map((item) => (
          <li key={item.id} className={css['row']}>
            <span className={css['main']}>
              <span className={css['title']}>{item.text}</span>
              <span className={css['meta']}>
                <UrgencyChip item={item} /> {whenText(item.dueAt, language)}
                {item.name === undefined && item.number === undefined ? null : ` · ${item.name ?? item.number ?? ''}`}
              </span>
            </span>
            <IconButton label={t('idle.call-promised', { who: item.name ?? item.number ?? item.text })} icon={<IconPhone />} tooltipSide="left" onClick={() => start(item)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The newest calls of this desk; undefined until they are read. */
export function useLastCalls(): readonly CallLine[] | undefined {
  const { client } = useDesk();
  const [lines, setLines] = useState<readonly CallLine[]>();
  useEffect(() => void client.call('calls.history', { limit: CALLS }).then((reply) => setLines(reply.lines), () => undefined), [client]);
  return lines;
}

/** Who called last, for the caller who rings again and for the line that broke off. */
export function LastCalls({ lines, start }: StartProps & { lines: readonly CallLine[] }): ReactNode {
  const t = useT();
  const language = useLanguage();
  return (
    <section className={css['block']} aria-label={t('idle.last')}>
      <h3 className={css['heading']}>{t('idle.last')}</h3>
      <ul className={css['rows']}>
        {lines.map((line) => {
          const who = line.name ?? line.number ?? t('call.unknown-caller');
          return (
            <li key={line.id} className={css['row']}>
              <span className={css['main']}>
                <span className={css['title']}>{who}</span>
                <span className={css['meta']}>
                  {whenText(line.startedAt, language)} · {line.disposition ?? t('history.unfinished')}
                </span>
              </span>
              {line.number === undefined ? null : (
                <IconButton
                  label={t('idle.call-again', { who })}
                  icon={<IconPhone />}
                  tooltipSide="left"
                  onClick={() => start({ direction: 'out', linkedCall: line.id, linkedAs: 'call-back', ...(line.number === undefined ? {} : { number: line.number }), ...(line.name === undefined ? {} : { name: line.name }) })}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
