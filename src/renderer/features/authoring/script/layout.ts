import { Graph, layout } from '@dagrejs/dagre';
import { waysOf, type WayEdge } from '#shared/domain/authoring/script-shape.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';

/** Size of a step in the graph, in rem: the same for all, so that the picture does not jump while words are typed. */
export const NODE = { width: 15, height: 4.25 } as const;

export type Placed = {
  readonly nodes: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  readonly edges: readonly WayEdge[];
};

/** What the picture depends on: steps and ways, not words. */
export function shapeOf(script: Script): string {
  return JSON.stringify([script.entry, script.steps.map((step) => [step.id, waysOf(step).map((way) => [way.kind, way.at, way.to])])]);
}

/**
 * Places steps in ranks from the first step down. `rem` in px. Ways to steps that do not exist have no line; the
 * finding on their step says so.
 */
export function placeSteps(script: Script, rem: number): Placed {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 2 * rem, ranksep: 2.25 * rem, marginx: rem, marginy: rem });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(script.steps.map((step) => step.id));
  // The first step first: of equal ranks dagre keeps the order it was told.
  const ordered = script.steps.toSorted((a, b) => Number(b.id === script.entry) - Number(a.id === script.entry));
  for (const step of ordered) graph.setNode(step.id, { width: NODE.width * rem, height: NODE.height * rem });
  const edges = script.steps.flatMap(waysOf).filter((way) => ids.has(way.to));
  for (const way of edges) if (way.from !== way.to) graph.setEdge(way.from, way.to, { width: 6 * rem, height: rem, labelpos: 'c' }, way.id);
  layout(graph);
  return {
    nodes: script.steps.map(({ id }) => {
      const at = graph.node(id) as { x: number; y: number };
      return { id, x: Math.round(at.x - (NODE.width * rem) / 2), y: Math.round(at.y - (NODE.height * rem) / 2) };
    }),
    edges,
  };
}
