import { useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { durationText } from '#renderer/features/wellbeing/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chart } from '#renderer/ui/Chart.tsx';
import css from './MyDay.module.css';
import { HARD_KINDS, trendsOf } from './trends.ts';
import { spanOf, useNow, useHistory } from './use-history.ts';

const TONES = { draining: 'idle', abusive: 'on-hold', threat: 'danger', distressing: 'ringing' } as const;

/** A check-in is answered from 1, worn out, to 5, fresh. */
const CHECK_IN_SCALE = { from: 1, to: 5 };

/** Breaks, talk, check-ins and hard calls over some days. The agent's own trend, compared with nobody. */
export function Trends({ days: count }: { days: number }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client } = useDesk();
  const [back, setBack] = useState(0);
  const moment = useNow();
  const span = spanOf(count, back * count, moment);
  const history = useHistory(client, span, back);
  if (history === undefined) return <p className={css['hint']}>{t('common.loading')}</p>;
  const trends = trendsOf(span.days, history);
  const short = new Intl.DateTimeFormat(language, count > 7 ? { day: 'numeric', month: 'numeric' } : { weekday: 'short', day: 'numeric' });
  const long = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  const categories = trends.map(({ day }) => short.format(new Date(`${day}T12:00:00`)));
  const labels = { showTable: t('my-day.chart.table'), category: t('my-day.chart.day'), none: t('my-day.chart.none') };
  const total = (pick: (trend: (typeof trends)[number]) => number | null): number => trends.reduce((sum, trend) => sum + (pick(trend) ?? 0), 0);
  const busiest = trends.reduce((best, trend) => ((trend.talkMs ?? 0) > (best.talkMs ?? 0) ? trend : best), trends[0] ?? { day: '', talkMs: 0 });
  const average = history.checkIns.length === 0 ? 0 : history.checkIns.reduce((sum, one) => sum + one.value, 0) / history.checkIns.length;
  const known = trends.filter((trend) => trend.taken !== null).length;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <div className={css['trends']}>
      <div className={css['tools']}>
        <Button size="sm" onClick={() => setBack(back + 1)}>
          {t('my-day.earlier')}
        </Button>
        <Button size="sm" disabled={back === 0} onClick={() => setBack(back - 1)}>
          {t('my-day.later')}
        </Button>
        <span className={css['hint']}>
          {long.format(new Date(`${span.days[0] ?? ''}T12:00:00`))} – {long.format(new Date(`${span.days.at(-1) ?? ''}T12:00:00`))}
        </span>
        {known === 0 && history.checkIns.length === 0 && history.hardCalls.length === 0 ? <span className={css['hint']}>{t('my-day.empty')}</span> : null}
      </div>
      <div className={css['charts']}>
        <Chart
          kind="bars"
          title={t('my-day.chart.breaks')}
          summary={t('my-day.chart.breaks-summary', { taken: total((trend) => trend.taken), owed: total((trend) => trend.open), days: known })}
          categories={categories}
          series={[
            { id: 'taken', label: t('my-day.chart.taken'), values: trends.map((trend) => trend.taken), tone: 'accent' },
            { id: 'open', label: t('my-day.chart.open'), values: trends.map((trend) => trend.open), tone: 'on-hold' },
          ]}
          labels={labels}
        />
        <Chart
          kind="bars"
          title={t('my-day.chart.talk')}
          summary={total((trend) => trend.talkMs) === 0 ? t('my-day.empty') : t('my-day.chart.talk-summary', { total: durationText(total((trend) => trend.talkMs), t), when: long.format(new Date(`${busiest.day}T12:00:00`)) })}
          categories={categories}
          series={[{ id: 'talk', label: t('my-day.chart.talk'), values: trends.map((trend) => (trend.talkMs === null ? null : Math.round(trend.talkMs / 60_000))), tone: 'talking' }]}
          format={(value) => t('my-day.chart.minutes', { minutes: value })}
          labels={labels}
        />
        <Chart
          kind="line"
          title={t('my-day.chart.check-ins')}
          summary={t('my-day.chart.check-ins-summary', { count: history.checkIns.length, average: number.format(average) })}
          categories={categories}
          series={[{ id: 'check-in', label: t('my-day.chart.check-ins'), values: trends.map((trend) => trend.checkIn) }]}
          scale={CHECK_IN_SCALE}
          format={(value) => number.format(value)}
          labels={labels}
        />
        <Chart
          kind="stack"
          title={t('my-day.chart.hard')}
          summary={t('my-day.chart.hard-summary', { count: history.hardCalls.length })}
          categories={categories}
          series={HARD_KINDS.map((kind) => ({ id: kind, label: t(`hard.kind.${kind}`), values: trends.map((trend) => trend.hard[kind]), tone: TONES[kind] }))}
          labels={labels}
        />
      </div>
    </div>
  );
}
