import type { Script, Step } from './schema.ts';

/** A script's steps as numbers and edges, worked out once per script. */
export interface ScriptGraph {
  readonly ids: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** Distinct edges to steps that exist, in the order answers, branches, next. */
  readonly out: readonly (readonly number[])[];
  readonly into: readonly (readonly number[])[];
  /** Steps at which the script ends or returns. */
  readonly exits: readonly number[];
  /** Fewest steps from here to an exit; -1 when no exit can be reached. */
  readonly toExit: readonly number[];
}

/** Every step id a step can lead to, existing or not. */
export function targetsOf(step: Step): string[] {
  const targets = [...(step.answers ?? []).map((answer) => answer.to), ...(step.branches ?? []).map((branch) => branch.to)];
  if (step.next !== undefined) targets.push(step.next);
  return [...new Set(targets)];
}

/** A step with no answers, branches and next ends its script. */
export function isExit(step: Step): boolean {
  return (step.answers?.length ?? 0) === 0 && (step.branches?.length ?? 0) === 0 && step.next === undefined;
}

export function buildGraph(script: Script): ScriptGraph {
  const ids = script.steps.map((step) => step.id);
  const index = new Map<string, number>();
  ids.forEach((id, position) => { if (!index.has(id)) index.set(id, position); });
  const out = script.steps.map((step) => targetsOf(step).flatMap((id) => index.get(id) ?? []));
  const into: number[][] = ids.map(() => []);
  out.forEach((targets, from) => { for (const to of targets) into[to]?.push(from); });
  const exits = script.steps.flatMap((step, position) => (isExit(step) ? [position] : []));
  return { ids, index, out, into, exits, toExit: distances(into, exits, ids.length) };
}

/** Breadth-first distances along `edges` from any of `starts`; -1 where unreachable. */
export function distances(edges: readonly (readonly number[])[], starts: readonly number[], size: number): number[] {
  const result = Array.from({ length: size }, () => -1);
  const queue = [...starts];
  for (const start of starts) result[start] = 0;
  for (let head = 0; head < queue.length; head++) {
    const from = queue[head] as number;
    for (const to of edges[from] ?? []) {
      if (result[to] !== -1) continue;
      result[to] = (result[from] as number) + 1;
      queue.push(to);
    }
  }
  return result;
}

/**
 * Steps that lie on **every** way from `from` to `to` (both ends included when a way exists), or to any
 * exit when `to` is `'exit'`; empty when there is no way. These are the dominators of `to` in the graph
 * rooted at `from` (Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm").
 */
export function onEveryWay(graph: ScriptGraph, from: number, to: number | 'exit'): number[] {
  const size = graph.ids.length;
  const goal = to === 'exit' ? size : to;
  const exitSet = to === 'exit' ? new Set(graph.exits) : new Set<number>();
  const successors = (node: number): readonly number[] => (exitSet.has(node) ? [size] : (graph.out[node] ?? []));
  const order = postOrder(from, size + 1, successors);
  if (order.rank[goal] === -1) return [];
  if (from === goal) return [from];
  const predecessors = (node: number): readonly number[] =>
    node === size ? graph.exits : (graph.into[node] ?? []);
  const idom = immediateDominators(from, order, predecessors);
  const way: number[] = [];
  for (let node = goal; ; node = idom[node] as number) {
    if (node !== size) way.push(node);
    if (node === from) break;
  }
  return way.reverse();
}

/** Whether `goal` (or any exit) can be reached from `from` without entering a closed step. */
export function reaches(graph: ScriptGraph, from: number, goal: number | 'exit', closed: ReadonlySet<number>): boolean {
  const isGoal = (node: number): boolean => (goal === 'exit' ? (graph.out[node] ?? []).length === 0 && graph.exits.includes(node) : node === goal);
  if (closed.has(from)) return false;
  const seen = new Set([from]);
  const queue = [from];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (isGoal(node)) return true;
    for (const next of graph.out[node] ?? []) {
      if (seen.has(next) || closed.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return false;
}

interface PostOrder { readonly sequence: readonly number[]; readonly rank: readonly number[] }

function postOrder(root: number, size: number, successors: (node: number) => readonly number[]): PostOrder {
  const rank = Array.from({ length: size }, () => -1);
  const seen = new Uint8Array(size);
  const sequence: number[] = [];
  const stack: { node: number; next: number }[] = [{ node: root, next: 0 }];
  seen[root] = 1;
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as { node: number; next: number };
    const child = successors(top.node)[top.next++];
    if (child === undefined) {
      rank[top.node] = sequence.length;
      sequence.push(top.node);
      stack.pop();
    } else if (seen[child] === 0) {
      seen[child] = 1;
      stack.push({ node: child, next: 0 });
    }
  }
  return { sequence, rank };
}

function immediateDominators(root: number, order: PostOrder, predecessors: (node: number) => readonly number[]): number[] {
  const { sequence, rank } = order;
  const idom = Array.from({ length: rank.length }, () => -1);
  idom[root] = root;
  const meet = (left: number, right: number): number => {
    let [a, b] = [left, right];
    while (a !== b) {
      while ((rank[a] as number) < (rank[b] as number)) a = idom[a] as number;
      while ((rank[b] as number) < (rank[a] as number)) b = idom[b] as number;
    }
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let position = sequence.length - 1; position >= 0; position--) {
      const node = sequence[position] as number;
      if (node === root) continue;
      let best = -1;
      for (const before of predecessors(node)) {
        if (rank[before] === -1 || idom[before] === -1) continue;
        best = best === -1 ? before : meet(before, best);
      }
      if (best !== -1 && idom[node] !== best) { idom[node] = best; changed = true; }
    }
  }
  return idom;
}
