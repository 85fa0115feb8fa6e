import type { ReactNode } from 'react';
import css from './FactTable.module.css';

export interface Fact {
  id: string;
  label: ReactNode;
  value: ReactNode;
  /** Age and verifier of the fact, or a unit. */
  note?: ReactNode;
  /** Codes and amounts: monospaced, never broken, isolated from the direction of the text. */
  kind?: 'text' | 'code' | 'amount';
  /** Marks the fact, e.g. where compared products differ. */
  marked?: boolean;
  action?: ReactNode;
}

/** Names and values in two aligned columns. */
export function FactTable({ facts, label }: { facts: readonly Fact[]; label?: string }): ReactNode {
  return (
    <dl className={css['root']} aria-label={label}>
      {facts.map((fact) => (
        <div key={fact.id} className={css['row']} data-marked={fact.marked === true || undefined}>
          <dt className={css['label']}>{fact.label}</dt>
          <dd className={css['value']}>
            {fact.kind === 'code' || fact.kind === 'amount' ? (
              <bdi className={css[fact.kind]}>{fact.value}</bdi>
            ) : (
              fact.value
            )}
            {fact.note === undefined ? null : <span className={css['note']}>{fact.note}</span>}
          </dd>
          {fact.action === undefined ? null : <dd className={css['action']}>{fact.action}</dd>}
        </div>
      ))}
    </dl>
  );
}
