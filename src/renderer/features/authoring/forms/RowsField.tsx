import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useRef, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { listAt, type Path } from '#shared/domain/authoring/values.ts';
import { errorAt, pointerOf, setter, type EditorProps } from '../editing.ts';
import css from './forms.module.css';
import type { FieldSpec } from './spec.ts';

type RowsFieldProps = Pick<EditorProps, 'record' | 'onChange' | 'findings'> & { field: Extract<FieldSpec, { type: 'rows' }>; path: Path; item: (at: number) => ReactNode };

/** Several small records in their order: wordings, facts, stages. */
export function RowsField({ field, path, item, ...form }: RowsFieldProps): ReactNode {
  const t = useT();
  const id = useId();
  const body = useRef<HTMLOListElement>(null);
  const rows = listAt(form.record, path);
  const set = setter(form);
  // What is wrong inside a row stands at its field; what is wrong with the rows together stands here.
  const error = errorAt(rows.length === 0 ? form.findings : form.findings.filter((finding) => finding.path === pointerOf(path)), path, t);
  const change = (next: readonly unknown[]): void => set(path, next.length === 0 ? undefined : next);
  const move = (from: number, to: number): void => change(rows.toSpliced(from, 1).toSpliced(to, 0, rows[from]));
  const add = (): void => {
    change([...rows, field.fresh]);
    // The new row is drawn by the next frame; writing starts there.
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(':scope > li:last-child :is(input, textarea)')?.focus());
  };
  return (
    <section className={css['rows']} aria-labelledby={id}>
      <header className={css['rowsHead']}>
        <h3 id={id}>{t(field.says)}</h3>
        {field.help === undefined ? null : <p className={css['hint']}>{t(field.help)}</p>}
      </header>
      {error === undefined ? null : <p className={css['error']}>{error}</p>}
      <ol ref={body}>
        {rows.map((_row, at) => (
          <li key={at} className={css['row']} data-inline={field.inline || undefined}>
            <div className={css['rowFields']}>
              {item(at)}
            </div>
            <div className={css['rowTools']} role="group" aria-label={t('edit.row', { number: at + 1 })}>
              <IconButton label={t('edit.row.up', { number: at + 1 })} icon={<IconArrowUp />} disabled={at === 0} onClick={() => move(at, at - 1)} />
              <IconButton label={t('edit.row.down', { number: at + 1 })} icon={<IconArrowDown />} disabled={at === rows.length - 1} onClick={() => move(at, at + 1)} />
              <IconButton label={t('edit.row.remove', { number: at + 1 })} icon={<IconTrash />} tone="danger" onClick={() => change(rows.toSpliced(at, 1))} />
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button size="sm" icon={<IconPlus />} disabled={rows.length >= field.max} onClick={add}>
          {t(field.add)}
        </Button>
      </div>
    </section>
  );
}
