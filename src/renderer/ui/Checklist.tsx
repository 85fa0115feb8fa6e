import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './Checklist.module.css';

export interface ChecklistItem {
  id: string;
  label: ReactNode;
  done: boolean;
}

export interface ChecklistProps {
  label: string;
  items: readonly ChecklistItem[];
  onToggle: (id: string, done: boolean) => void;
  /** "2 of 5 said", shown above the list. */
  progress?: string;
}

/** Things that have to be said or done; each ticked by hand or by the step that covers it. */
export function Checklist({ label, items, onToggle, progress }: ChecklistProps): ReactNode {
  return (
    <div className={css['root']}>
      {progress === undefined ? null : <div className={css['progress']}>{progress}</div>}
      <ul className={css['list']} aria-label={label}>
        {items.map((item) => (
          <li key={item.id}>
            <label className={css['item']} data-done={item.done || undefined}>
              <input type="checkbox" className={css['input']} checked={item.done} onChange={(event) => onToggle(item.id, event.currentTarget.checked)} />
              <span aria-hidden className={css['box']}>
                {item.done ? <IconCheck /> : null}
              </span>
              <span>{item.label}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
