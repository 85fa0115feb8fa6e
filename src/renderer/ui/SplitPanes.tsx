import { useSplitter } from '@mantine/hooks';
import { Fragment, type ReactNode } from 'react';
import css from './SplitPanes.module.css';
import { useThemeState } from './theme/ThemeProvider.tsx';

export interface SplitPane {
  id: string;
  content: ReactNode;
  /** Share of the width in percent when first drawn (the stored one, if any); all shares add up to 100. */
  size: number;
  /** Smallest share in percent. */
  min?: number;
}

export interface SplitPanesProps {
  panes: readonly SplitPane[];
  /** Name of the handle after the pane with this index, e.g. "Width of the script". */
  handleLabel: (index: number) => string;
  /** Called with the shares in percent at each step of a drag or key; whoever stores them should wait for a pause. */
  onSizesChange?: (sizes: number[]) => void;
}

/** Columns with handles for pointer and keyboard (arrows, Shift for larger steps, Home, End, double click resets). */
export function SplitPanes({ panes, handleLabel, onSizesChange }: SplitPanesProps): ReactNode {
  const { dir } = useThemeState();
  const splitter = useSplitter({
    panels: panes.map((pane) => ({ defaultSize: pane.size, min: pane.min ?? 15 })),
    orientation: 'horizontal',
    step: 2,
    shiftStep: 10,
    dir,
    onSizeChange: (sizes) => onSizesChange?.(sizes.map(Number)),
  });
  return (
    <div ref={splitter.ref} className={css['root']}>
      {/* oxlint-disable-next-line react/refs -- the hook hands out callback refs, it reads none here */}
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index === 0 ? null : <div {...splitter.getHandleProps({ index: index - 1 })} aria-label={handleLabel(index - 1)} className={css['handle']} />}
          <div className={css['pane']} style={{ flexBasis: `${splitter.sizes[index] ?? pane.size}%` }}>
            {pane.content}
          </div>
        </Fragment>
      ))}
    </div>
  );
}
