import { BaseEdge, EdgeLabelRenderer, getBezierPath, type Edge, type EdgeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import type { WayEdge } from '#shared/domain/authoring/script-shape.ts';
import css from './graph.module.css';

export type WayData = { readonly kind: WayEdge['kind']; readonly label: string };

/**
 * A way from one step to the next with the words it is taken by. The words are no part of the drawing: letters in a
 * drawing are set anew at every zoom, and 200 of them would cost a layout per frame.
 */
export const WayLine = memo(function WayLine({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, markerEnd, data }: EdgeProps<Edge<WayData>>): ReactNode {
  const [path, x, y] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  return (
    <>
      <BaseEdge path={path} {...(markerEnd === undefined ? {} : { markerEnd })} />
      {data === undefined || data.label === '' ? null : (
        <EdgeLabelRenderer>
          <span className={css['label']} style={{ insetInlineStart: x, insetBlockStart: y }} data-kind={data.kind}>
            {/* A click on the words is a click on the way; `nopan` keeps it from being the beginning of a drag. */}
            <span className="nopan">{data.label}</span>
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
