import { FocusTrap, Portal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useId, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { KeyHint } from './KeyHint.tsx';
import css from './Palette.module.css';
import { useScrollStop } from './use-scroll-stop.ts';
import { optionDomId, PaletteList } from './PaletteList.tsx';
import { useFocusBack } from './use-focus-back.ts';
import { flattenGroups, stepActive, type PaletteGroup, type PaletteItem } from './palette-rows.ts';

export interface PaletteProps {
  open: boolean;
  onClose: () => void;
  query: string;
  onQueryChange: (query: string) => void;
  groups: readonly PaletteGroup[];
  /** The row that Enter picks; owned by the caller so that new results can keep or move it. */
  activeId: string | null;
  onActiveChange: (id: string) => void;
  /** `alternate` is Ctrl/⌘+Enter: copy, compare, or whatever the row's second action is. */
  onPick: (item: PaletteItem, how: { alternate: boolean }) => void;
  /** Sees each key first; return true when handled (scopes by prefix, Tab between groups). */
  onKey?: (event: KeyboardEvent<HTMLInputElement>) => boolean;
  labels: { title: string; input: string; placeholder: string; results: (count: number) => string };
  /** In front of the input: the scope a prefix has chosen. */
  scope?: ReactNode;
  loading?: boolean;
  /** A sentence with a way out. The input and Escape go on working. */
  error?: ReactNode;
  /** Shown when there are no rows and nothing is loading: recents, nearest matches, what can be typed. */
  empty?: ReactNode;
  /** Under the rows: "40 more, type on to narrow". */
  more?: ReactNode;
  /** Key grammar in the footer. */
  keys: readonly { keys: string; label: string }[];
  /** Beside the list from 900 px width: facts of the active row. */
  preview?: ReactNode;
}

/**
 * The search overlay: an input that keeps focus and a list whose active row moves (combobox pattern). Escape always
 * closes, whatever state the results are in, and focus goes back to where it was, caret included.
 */
export function Palette(props: PaletteProps): ReactNode {
  if (!props.open) return null;
  return <OpenPalette {...props} />;
}

function OpenPalette(props: PaletteProps): ReactNode {
  const { onClose, query, onQueryChange, groups, activeId, onActiveChange, onPick, onKey, labels, scope, loading = false, error, empty, more, keys, preview } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useFocusBack();
  const rows = useMemo(() => flattenGroups(groups), [groups]);
  const items = useMemo(() => rows.flatMap((row) => (row.kind === 'item' ? [row.item] : [])), [rows]);
  const active = items.find((item) => item.id === activeId) ?? items[0];

  // The rows keep what they were given: callers make their handlers anew for every keystroke.
  const latest = useRef({ onPick, onActiveChange });
  useLayoutEffect(() => {
    latest.current = { onPick, onActiveChange };
  });
  const hover = useCallback((itemId: string) => latest.current.onActiveChange(itemId), []);
  const click = useCallback((item: PaletteItem) => latest.current.onPick(item, { alternate: false }), []);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    if (onKey?.(event) === true) {
      event.preventDefault();
      return;
    }
    const next = stepActive(event.key, items, active?.id);
    if (next !== undefined) {
      event.preventDefault();
      onActiveChange(next);
    } else if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      onPick(active, { alternate: event.ctrlKey || event.metaKey });
    }
  };

  return (
    <Portal>
      <div className={css['shade']} onMouseDown={(event) => (event.target === event.currentTarget ? onClose() : undefined)} role="presentation">
        <FocusTrap active>
          {/* Not <dialog>: its top layer would hide tooltips and toasts, which live beside it. */}
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
          <div role="dialog" aria-modal="true" aria-label={labels.title} className={css['panel']} aria-busy={loading}>
            <div className={css['query']}>
              <IconSearch aria-hidden className={css['glass']} />
              {scope}
              <input
                ref={input}
                data-autofocus
                className={css['input']}
                type="text"
                role="combobox"
                aria-label={labels.input}
                aria-expanded={items.length > 0}
                aria-controls={`${id}-list`}
                aria-autocomplete="list"
                aria-activedescendant={active === undefined ? undefined : optionDomId(id, active.id)}
                placeholder={labels.placeholder}
                value={query}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => onQueryChange(event.currentTarget.value)}
                onKeyDown={onKeyDown}
              />
              <output className={css['count']}>
                {loading || items.length === 0 ? '' : labels.results(items.length)}
              </output>
            </div>
            <div className={css['progress']} data-on={loading || undefined} />
            {error === undefined || error === null ? null : (
              <div className={css['error']} role="alert">
                {error}
              </div>
            )}
            <div className={css['columns']} data-preview={preview === undefined ? undefined : true}>
              <PaletteList id={id} label={labels.title} rows={rows} activeId={active?.id ?? null} onHover={hover} onPick={click} more={more} empty={loading ? null : empty} />
              {preview === undefined ? null : <Preview label={labels.title}>{preview}</Preview>}
            </div>
            <div className={css['footer']}>
              {keys.map((entry) => (
                <span key={entry.keys} className={css['key']}>
                  <KeyHint keys={entry.keys} />
                  {entry.label}
                </span>
              ))}
            </div>
          </div>
        </FocusTrap>
      </div>
    </Portal>
  );
}

/** What is known of the row under the cursor; a tab stop only when it must be scrolled to be read. */
function Preview({ label, children }: { label: string; children: ReactNode }): ReactNode {
  const { ref, needed } = useScrollStop<HTMLDivElement>();
  return (
    <div ref={ref} className={css['preview']} {...(needed ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}>
      <div>{children}</div>
    </div>
  );
}
