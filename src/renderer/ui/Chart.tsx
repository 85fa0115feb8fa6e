import { useId, type ReactNode } from 'react';
import { ChartBody } from './ChartBody.tsx';
import css from './Chart.module.css';
import { niceTicks, scaleTicks } from './chart-scale.ts';

export interface ChartSeries {
  id: string;
  label: string;
  /** One value per category; `null` where nothing is known. Negative values are not drawn below the axis but as zero. */
  values: readonly (number | null)[];
  /** Colour. Lines also differ by their dashes; the table tells all series apart without colour. */
  tone?: ChartTone;
}

export type ChartTone = 'accent' | 'talking' | 'on-hold' | 'wrap-up' | 'ringing' | 'idle' | 'danger';

export interface ChartProps {
  /** `line` for a course, `bars` side by side, `stack` for parts of a whole. */
  kind: 'line' | 'bars' | 'stack';
  title: string;
  /** One sentence with what can be seen; read instead of the drawing. */
  summary: string;
  categories: readonly string[];
  series: readonly ChartSeries[];
  /** Writes a value with its unit. */
  format?: (value: number) => string;
  /** A limit drawn across, e.g. the break that was due. */
  limit?: { value: number; label: string };
  /** Ends of a scale that has them, e.g. answers from 1 to 5, in whole steps. Without it the axis runs from 0 to what is there. */
  scale?: { from: number; to: number };
  labels: { showTable: string; category: string; none: string };
  /** Height of the drawing in pixels at 100 % text. */
  height?: number;
}

/** A small drawn chart with its summary in words and its numbers as a table. */
export function Chart(props: ChartProps): ReactNode {
  const { title, summary, categories, series, format = String, labels, kind, limit, scale } = props;
  const id = useId();
  const highest = Math.max(limit?.value ?? 0, ...categories.map((_, index) => top(series, index, kind === 'stack')));
  const ticks = scale !== undefined ? scaleTicks(scale) : niceTicks(highest, undefined, series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value))));
  return (
    <figure className={css['root']} aria-labelledby={id}>
      <figcaption id={id} className={css['title']}>
        {title}
      </figcaption>
      <p className={css['summary']}>{summary}</p>
      {series.length < 2 && limit === undefined ? null : (
        <ul aria-hidden className={css['legend']}>
          {series.map((line) => (
            <li key={line.id} className={css['key']}>
              <span className={css['swatch']} data-tone={line.tone ?? 'accent'} />
              {line.label}
            </li>
          ))}
          {limit === undefined ? null : (
            <li className={css['key']}>
              <span className={css['limitSwatch']} />
              {limit.label}
            </li>
          )}
        </ul>
      )}
      <ChartBody {...props} ticks={ticks} format={format} />
      <details className={css['details']}>
        <summary className={css['toggle']}>{labels.showTable}</summary>
        <table className={css['table']}>
          <thead>
            <tr>
              <th scope="col">{labels.category}</th>
              {series.map((line) => (
                <th key={line.id} scope="col">
                  {line.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {categories.map((category, index) => (
              <tr key={category}>
                <th scope="row">{category}</th>
                {series.map((line) => {
                  const value = line.values[index] ?? null;
                  return <td key={line.id}>{value === null ? labels.none : format(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function top(series: readonly ChartSeries[], index: number, stacked: boolean): number {
  const values = series.map((line) => Math.max(0, line.values[index] ?? 0));
  return stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
}
