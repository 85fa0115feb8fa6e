import { Background, BackgroundVariant, Controls, MarkerType, ReactFlow, ReactFlowProvider, useReactFlow, type Connection, type Edge, type EdgeMouseHandler, type EdgeTypes, type Node, type NodeMouseHandler, type NodeTypes } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { textIn } from '#shared/domain/authoring/local-text.ts';
import { neighbour, type WayEdge } from '#shared/domain/authoring/script-shape.ts';
import { isExit } from '#shared/domain/scripts/graph.ts';
import type { Script, Step } from '#shared/domain/scripts/schema.ts';
import { conditionWords } from './condition-words.ts';
import css from './graph.module.css';
import { NODE, placeSteps, shapeOf, type Placed } from './layout.ts';
import { useScript, type ScriptEditing } from './script-context.ts';
import { StepNode, type StepData } from './StepNode.tsx';
import { WayLine, type WayData } from './WayLine.tsx';

const nodeTypes: NodeTypes = { step: StepNode };
const edgeTypes: EdgeTypes = { way: WayLine };
const LABEL = 28;
/** Small enough to see where it goes, large enough to read. */
const START_ZOOM = 0.9;

/** The script as a picture. Everything it does can also be done in the outline, by keys alone. */
export function ScriptGraph(): ReactNode {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas(): ReactNode {
  const t = useT();
  const editing = useScript();
  const { script, selection, select, edit } = editing;
  const flow = useReactFlow();
  const rem = useRem();
  const placed = usePlaced(script, rem);
  const nodes = useNodes(editing, placed.nodes, rem);
  const edges = useEdges(editing, placed.edges, t);
  const box = useRef<HTMLDivElement>(null);
  const motion = useMotion(box);
  const shown = useRef('');
  useEffect(() => {
    if (shown.current === selection.step) return;
    const first = shown.current === '';
    shown.current = selection.step;
    const at = placed.nodes.find((node) => node.id === selection.step);
    if (at === undefined) return;
    // At first the whole way from the start is shown at a size that can be read; later only what is out of sight moves.
    if (first) void flow.setViewport({ x: (box.current?.clientWidth ?? 0) / 2 - (at.x + (NODE.width * rem) / 2) * START_ZOOM, y: -at.y * START_ZOOM + rem, zoom: START_ZOOM });
    else if (!inSight(at, rem, flow, box.current)) void flow.setCenter(at.x + (NODE.width * rem) / 2, at.y + (NODE.height * rem) / 2, { zoom: flow.getZoom(), duration: 0 });
  }, [selection.step, placed, flow, rem]);

  const onNodeClick: NodeMouseHandler = (_event, node) => select({ step: node.id });
  const onEdgeClick: EdgeMouseHandler = (_event, edge) => {
    const way = placed.edges.find((one) => one.id === edge.id);
    if (way !== undefined) select(selectionOf(way));
  };
  const onConnect = ({ source, target }: Connection): void => {
    edit({ type: 'connect', id: source, way: 'open', to: target });
    select({ step: source });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = ({ ArrowDown: 'on', ArrowUp: 'back', ArrowLeft: 'before', ArrowRight: 'after' } as const)[event.key];
    if (direction !== undefined) {
      const to = neighbour(script, selection.step, direction);
      event.preventDefault();
      if (to !== undefined) select({ step: to });
    }
    if (event.key === 'Delete') edit({ type: 'remove-step', id: selection.step });
  };
  return (
    // One stop of Tab; arrows walk along the ways. What is selected is said by the form beside it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- an application takes its own keys
    <div ref={box} className={css['canvas']} role="application" tabIndex={0} aria-label={t('edit.graph.label', { cue: editing.cueOf(selection.step) })} onKeyDown={onKeyDown} data-testid="script-graph">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodeClick={onNodeClick}
        onEdgeClick={onEdgeClick}
        onConnect={onConnect}
        nodesDraggable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        onMoveStart={motion.begin}
        onMoveEnd={(event, { zoom }) => motion.end(zoom, event?.type === 'wheel' ? NOTCH_MS : 0)}
        minZoom={0.15}
        maxZoom={2}
        onlyRenderVisibleElements={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
        <Controls showInteractive={false} position="bottom-left" aria-label={t('edit.graph.zoom')} />
      </ReactFlow>
    </div>
  );
}

/** Between two notches of a wheel passes less than this (ms). */
const NOTCH_MS = 180;

/**
 * While the picture moves nothing of it is drawn anew: the same picture is shifted and stretched, which costs no layout
 * and no paint. What is shown at which size, and the sharp picture, come when it rests.
 */
function useMotion(box: RefObject<HTMLDivElement | null>): { begin: () => void; end: (zoom: number, patienceMs: number) => void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => ({
    begin: () => {
      clearTimeout(timer.current);
      box.current?.setAttribute('data-moving', '');
    },
    end: (zoom, patienceMs) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        box.current?.removeAttribute('data-moving');
        showDetail(box.current, zoom);
      }, patienceMs);
    },
  }), [box]);
}

/** Words too small to read are not drawn: of 150 steps seen at once, shapes and ways are what tells. */
function showDetail(canvas: HTMLElement | null, zoom: number): void {
  const detail = zoom < 0.28 ? 'shapes' : zoom < 0.5 ? 'cues' : 'all';
  if (canvas !== null && canvas.dataset['detail'] !== detail) canvas.dataset['detail'] = detail;
}

function inSight(at: { x: number; y: number }, rem: number, flow: ReturnType<typeof useReactFlow>, canvas: HTMLElement | null): boolean {
  const box = canvas?.getBoundingClientRect();
  if (box === undefined) return true;
  const first = flow.flowToScreenPosition({ x: at.x, y: at.y });
  const last = flow.flowToScreenPosition({ x: at.x + NODE.width * rem, y: at.y + NODE.height * rem });
  return first.x >= box.left && first.y >= box.top && last.x <= box.right && last.y <= box.bottom;
}

/** Words change with every key; the layout only when steps or ways do. */
function usePlaced(script: Script, rem: number): Placed {
  const last = useRef<{ shape: string; rem: number; placed: Placed } | undefined>(undefined);
  const shape = shapeOf(script);
  if (last.current?.shape !== shape || last.current.rem !== rem) last.current = { shape, rem, placed: placeSteps(script, rem) };
  return last.current.placed;
}

/** Pixels of one rem, which the text size setting changes. */
function useRem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

function selectionOf(way: WayEdge): { step: string; way: { kind: 'next' } | { kind: 'answer' | 'branch'; at: number } } {
  return { step: way.from, way: way.kind === 'next' ? { kind: 'next' } : { kind: way.kind, at: way.at } };
}

function dataOf(step: Step, { script, byStep, language, base, cueOf }: ScriptEditing): StepData {
  const findings = byStep.get(step.id) ?? [];
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  return {
    cue: textIn(step.cue, language, base) || (cueOf(step.id) === step.id ? '' : cueOf(step.id)),
    line: step.line, mustSay: step.mustSay !== undefined, captures: step.capture?.length ?? 0, subScript: step.subScript !== undefined,
    entry: step.id === script.entry, exit: isExit(step), errors, warnings: findings.length - errors,
  };
}

/** Nodes keep their identity while nothing of them changes, so that typing redraws one of 150. */
function useNodes(editing: ScriptEditing, placed: readonly { id: string; x: number; y: number }[], rem: number): Node[] {
  const cache = useRef(new Map<string, { key: string; node: Node }>());
  const steps = new Map(editing.script.steps.map((step) => [step.id, step]));
  return placed.flatMap(({ id, x, y }) => {
    const step = steps.get(id);
    if (step === undefined) return [];
    const data = dataOf(step, editing);
    const selected = editing.selection.step === id;
    const key = JSON.stringify([data, x, y, selected, rem]);
    const before = cache.current.get(id);
    if (before?.key === key) return [before.node];
    const node: Node = { id, type: 'step', position: { x, y }, data, selected, width: NODE.width * rem, height: NODE.height * rem, draggable: false, ariaRole: 'presentation' };
    cache.current.set(id, { key, node });
    return [node];
  });
}

function useEdges(editing: ScriptEditing, ways: readonly WayEdge[], t: T): Edge<WayData>[] {
  const { script, selection, language, base } = editing;
  const places = useMemo(() => new Map(script.steps.map((step, at) => [step.id, at])), [script]);
  return useMemo(() => {
    const selected = selection.way === undefined ? '' : `${selection.step}>${selection.way.kind}${selection.way.kind === 'next' ? 0 : selection.way.at}`;
    return ways.map((way): Edge<WayData> => {
      const label = labelOf(script, way, language, base, t);
      const back = (places.get(way.to) ?? 0) <= (places.get(way.from) ?? 0);
      return {
        id: way.id, source: way.from, target: way.to, type: 'way',
        data: { kind: way.kind, label: label.length > LABEL ? `${label.slice(0, LABEL - 1)}…` : label },
        className: [css['edge'], css[way.kind], way.id === selected ? css['picked'] : '', back ? css['back'] : ''].join(' '),
        markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: 'var(--cs-line-strong)' },
      };
    });
  }, [script, ways, selection, language, base, places, t]);
}

function labelOf(script: Script, way: WayEdge, language: string, base: string, t: T): string {
  const step = script.steps.find(({ id }) => id === way.from);
  if (way.kind === 'answer') {
    const label = step?.answers?.[way.at]?.label;
    return textIn(label, language, base) || textIn(label, base, base);
  }
  return way.kind === 'branch' ? conditionWords(step?.branches?.[way.at]?.when ?? null, script, language, t) : '';
}
