import type { ReactNode } from 'react';
import css from './Meter.module.css';

export interface MeterPart {
  id: string;
  /** In words: "52 min since a break". */
  label: string;
  /** Share of the whole scale, 0 to 1. */
  share: number;
}

export interface MeterProps {
  label: string;
  /** 0 to 1; what exceeds 1 is drawn full. */
  value: number;
  /** The value in words; read instead of a percentage. */
  valueText: string;
  /** What the value is made of, each said in words under the bar. */
  parts?: readonly MeterPart[];
  /** From which value the second and third look apply, e.g. [0.5, 0.8]. */
  steps?: readonly [number, number];
}

/** A gauge that says in words what it is made of. Filled segments, not a colour ramp, carry the amount. */
export function Meter({ label, value, valueText, parts = [], steps = [0.5, 0.8] }: MeterProps): ReactNode {
  const bounded = Math.min(1, Math.max(0, value));
  const level = bounded >= steps[1] ? 'high' : bounded >= steps[0] ? 'middle' : 'low';
  return (
    <div className={css['root']} data-level={level}>
      <div className={css['head']}>
        <span className={css['label']}>{label}</span>
        <span className={css['value']}>{valueText}</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- <meter> cannot be drawn as segments */}
      <div className={css['bar']} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(bounded * 100)} aria-valuetext={valueText}>
        {Array.from({ length: 10 }, (_, index) => (
          <span key={index} className={css['cell']} style={{ '--fill': `${Math.min(1, Math.max(0, bounded * 10 - index)) * 100}%` } as Record<string, string>} />
        ))}
      </div>
      {parts.length === 0 ? null : (
        <ul className={css['parts']}>
          {parts.map((part) => (
            <li key={part.id} className={css['part']}>
              <span aria-hidden className={css['share']} style={{ inlineSize: `${Math.max(2, Math.min(1, part.share) * 48)}px` }} />
              {part.label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
