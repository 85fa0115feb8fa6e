import { useAutosizeTextarea } from './use-autosize-textarea.ts';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import css from './NoteArea.module.css';

export interface NoteAreaProps extends Omit<ComponentPropsWithRef<'textarea'>, 'value' | 'onChange'> {
  /** Name of the field; visually hidden when `hideLabel`. */
  label: string;
  hideLabel?: boolean;
  value: string;
  /** The text after an edit, and where the caret stands in it (UTF-16 index). */
  onValueChange: (value: string, caret: number) => void;
  /** `fill` is a sheet without a frame that takes its container's height and scrolls; `grow` is a framed field that follows the text from `minRows` to `maxRows`. */
  fit?: 'fill' | 'grow';
  minRows?: number;
  maxRows?: number;
  /** A line under the text, e.g. what was masked and why. */
  hint?: ReactNode;
}

/**
 * The place for notes: plain text, set for reading back, with the browser's own undo intact. The native element is
 * kept (no editor library) because its caret, undo and input-method behaviour are what people already know.
 */
export function NoteArea(props: NoteAreaProps): ReactNode {
  const { label, hideLabel = false, value, onValueChange, fit = 'fill', minRows = 3, maxRows = 12, hint, ref, className, id, ...rest } = props;
  const autosize = useAutosizeTextarea(ref, value, fit === 'grow' ? { minRows, maxRows } : null);
  return (
    <label className={[css['root'], className].filter(Boolean).join(' ')} data-fit={fit}>
      <span className={css['label']} data-hidden={hideLabel || undefined}>
        {label}
      </span>
      <textarea
        {...rest}
        ref={autosize}
        id={id}
        className={css['area']}
        value={value}
        rows={fit === 'grow' ? minRows : undefined}
        spellCheck={rest.spellCheck ?? true}
        onChange={(event) => onValueChange(event.currentTarget.value, event.currentTarget.selectionStart)}
      />
      {hint === undefined ? null : <span className={css['hint']}>{hint}</span>}
    </label>
  );
}
