import type { ReactNode } from 'react';
import { useLanguage, useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { Chart } from '#renderer/ui/Chart.tsx';
import { Meter } from '#renderer/ui/Meter.tsx';
import type { LoadView } from '#shared/ipc/wellbeing.ts';
import { en } from '#shared/messages/en.ts';
import css from './MyDay.module.css';

/** The gauge with every contribution said in words, and its course over the day. */
export function LoadGauge({ load }: { load: LoadView }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const highest = load.course.reduce((best, point) => (point.level > best.level ? point : best), { at: 0, level: -1 });
  return (
    <div className={css['gauge']}>
      <Meter
        label={t('my-day.load')}
        value={load.level / 100}
        valueText={t('my-day.load-value', { band: t(`my-day.load.${load.band}`), level: load.level })}
        steps={[0.35, 0.65]}
        parts={load.contributions.map((line) => ({
          id: line.key,
          label: `${isKey(line.key) ? t(line.key, line.params) : line.key} (${line.points < 0 ? t('my-day.points-less', { points: -line.points }) : t('my-day.points', { points: line.points })})`,
          share: Math.max(0, line.points) / 100,
        }))}
      />
      <p className={css['hint']}>{t(load.contributions.length === 0 ? 'my-day.load-none' : 'my-day.load-how')}</p>
      {load.course.length < 3 ? null : (
        <Chart
          kind="line"
          title={t('my-day.course')}
          summary={t('my-day.course-summary', { highest: highest.level, when: time.format(highest.at), now: load.level })}
          categories={load.course.map((point) => time.format(point.at))}
          series={[{ id: 'load', label: t('my-day.load'), values: load.course.map((point) => point.level) }]}
          labels={{ showTable: t('my-day.chart.table'), category: t('my-day.chart.time'), none: t('my-day.chart.none') }}
          height={110}
        />
      )}
    </div>
  );
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
