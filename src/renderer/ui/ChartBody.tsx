import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { ChartProps, ChartSeries } from './Chart.tsx';
import css from './Chart.module.css';
import { knownRuns, labelStride } from './chart-scale.ts';
import { useThemeState } from './theme/ThemeProvider.tsx';

interface Geometry {
  height: number;
  slot: number;
  /** Start edge of a category's slot. Time runs with the reading direction. */
  slotX: (index: number) => number;
  y: (value: number) => number;
}

/** The drawing. Hidden from assistive technology: summary and table say the same. */
export function ChartBody(props: ChartProps & { ticks: readonly number[]; format: (value: number) => string }): ReactNode {
  const { kind, categories, series, ticks, format, limit, height: plain = 150 } = props;
  const rtl = useThemeState().dir === 'rtl';
  const { ref, width: measured } = useElementSize();
  // Drawn at its real size, so that figures keep the size of the text around them; sides leave room for the figures.
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const width = Math.max(160, measured);
  const figure = rem * 0.6875;
  const left = Math.max(...ticks.map((tick) => format(tick).length)) * figure * 0.56 + 10;
  const [right, head, foot] = [8, figure * 0.7, figure * 1.9];
  const [min, max] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const height = plain * (0.75 + rem / 64);
  const inner = width - left - right;
  const slot = inner / Math.max(1, categories.length);
  const geometry: Geometry = {
    height,
    slot,
    slotX: (index) => (rtl ? right + inner - (index + 1) * slot : left + index * slot),
    y: (value) => head + (1 - Math.min(1, Math.max(0, value - min) / (max - min))) * (height - head - foot),
  };
  const longest = Math.max(1, ...categories.map((category) => category.length));
  const stride = labelStride(categories.length, Math.floor(inner / (longest * figure * 0.6 + 8)));
  const [axisFrom, axisTo] = rtl ? [right, width - left] : [left, width - right];
  return (
    <div ref={ref} className={css['plot']} style={{ blockSize: height }}>
      <svg aria-hidden className={css['svg']} width={width} height={height}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={css['grid']} data-zero={tick === min || undefined} x1={axisFrom} x2={axisTo} y1={geometry.y(tick)} y2={geometry.y(tick)} />
            <text className={css['tick']} x={rtl ? width - left + 6 : left - 6} y={geometry.y(tick) + 4} textAnchor={rtl ? 'start' : 'end'}>
              {format(tick)}
            </text>
          </g>
        ))}
        {categories.map((category, index) =>
          index % stride === 0 ? (
            <text key={category} className={css['tick']} x={geometry.slotX(index) + slot / 2} y={height - 6} textAnchor="middle">
              {category}
            </text>
          ) : null,
        )}
        {kind === 'line' ? series.map((line, order) => <Line key={line.id} line={line} order={order} geometry={geometry} />) : <Bars series={series} count={categories.length} stacked={kind === 'stack'} geometry={geometry} />}
        {limit === undefined ? null : <line className={css['limit']} x1={axisFrom} x2={axisTo} y1={geometry.y(limit.value)} y2={geometry.y(limit.value)} />}
      </svg>
    </div>
  );
}

const dashes = [undefined, '7 3', '2 3'];

function Line({ line, order, geometry }: { line: ChartSeries; order: number; geometry: Geometry }): ReactNode {
  const at = ({ index, value }: { index: number; value: number }): [number, number] => [geometry.slotX(index) + geometry.slot / 2, geometry.y(value)];
  const runs = knownRuns(line.values);
  return (
    <g data-tone={line.tone ?? 'accent'} className={css['series']}>
      {runs.map((run) => (
        <polyline key={run[0]?.index} className={css['line']} strokeDasharray={dashes[order % dashes.length]} points={run.map((point) => at(point).join(',')).join(' ')} />
      ))}
      {runs.flat().map((point) => {
        const [x, y] = at(point);
        return <circle key={point.index} className={css['dot']} cx={x} cy={y} r={3} />;
      })}
    </g>
  );
}

function Bars({ series, count, stacked, geometry }: { series: readonly ChartSeries[]; count: number; stacked: boolean; geometry: Geometry }): ReactNode {
  const group = Math.min(geometry.slot * 0.72, stacked ? 30 : 22 * series.length);
  const bar = stacked ? group : group / Math.max(1, series.length);
  return Array.from({ length: count }, (_, index) => {
    const start = geometry.slotX(index) + (geometry.slot - group) / 2;
    let below = 0;
    return series.map((line, order) => {
      const value = Math.max(0, line.values[index] ?? 0);
      if (value === 0) return null;
      const base = stacked ? below : 0;
      below += value;
      const y = geometry.y(base + value);
      const tall = Math.max(1, geometry.y(base) - y - (stacked && base > 0 ? 1 : 0));
      return <rect key={line.id} className={css['rect']} data-tone={line.tone ?? 'accent'} x={start + (stacked ? 0 : order * bar)} y={y} width={Math.max(1, bar - (stacked ? 0 : 2))} height={tall} />;
    });
  });
}
