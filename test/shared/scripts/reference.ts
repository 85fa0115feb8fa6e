import type { ScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { Frame, Visit } from '#shared/domain/scripts/events.ts';

/**
 * A slow second opinion on "passed over": all scripts unrolled into one graph, sub-scripts copied in at
 * every call, and each must-say node tried by taking it out and looking whether the goal can still be reached.
 */
interface Node { readonly item: string | null; readonly next: string[]; readonly depth: number }

const contextOf = (frames: readonly Frame[]): string => frames.map((frame) => `${frame.script}/${frame.step}`).join('>');

/** `in`: before the step's sub-script; `on`: the step itself on screen. */
export function nodeKey(frames: readonly Frame[], script: string, step: string, part: 'in' | 'on'): string {
  return `${contextOf(frames)}|${script}/${step}|${part}`;
}

export class Unrolled {
  private readonly nodes = new Map<string, Node>();
  private readonly library: ScriptLibrary;

  constructor(library: ScriptLibrary) { this.library = library; }

  /** Adds a script as opened behind `frames`. `after` is where its exits lead. */
  add(script: string, frames: readonly Frame[], after: string): void {
    const indexed = this.library.get(script);
    if (indexed === undefined) return;
    for (const step of indexed.script.steps) {
      const entry = nodeKey(frames, script, step.id, 'in');
      const screen = nodeKey(frames, script, step.id, 'on');
      if (this.nodes.has(screen)) continue;
      const targets = [...(step.answers ?? []).map((answer) => answer.to), ...(step.branches ?? []).map((branch) => branch.to), ...(step.next === undefined ? [] : [step.next])];
      const next = targets.length === 0 ? [after] : targets.filter((id) => indexed.step(id) !== undefined).map((id) => nodeKey(frames, script, id, 'in'));
      this.nodes.set(screen, { item: step.mustSay === undefined ? null : `${script}/${step.id}`, next, depth: frames.length });
      const sub = step.subScript === undefined ? undefined : this.library.get(step.subScript);
      if (sub === undefined) { this.nodes.set(entry, { item: null, next: [screen], depth: frames.length }); continue; }
      const inner = [...frames, { script, step: step.id }];
      this.nodes.set(entry, { item: null, next: [nodeKey(inner, sub.script.id, sub.script.entry, 'in')], depth: frames.length });
      this.add(sub.script.id, inner, screen);
    }
  }

  private reaches(from: string, goal: string, without: (node: Node) => boolean): boolean {
    const seen = new Set([from]);
    const queue = [from];
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      if (key === goal) return true;
      for (const next of this.nodes.get(key)?.next ?? []) {
        const node = this.nodes.get(next);
        if (seen.has(next) || (next !== goal && node !== undefined && without(node))) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    return false;
  }

  /**
   * Items on every way from `from` to `goal`, neither end counted. A way goes out to the goal's script and no
   * further: leaving that script to be called again is a new walk.
   */
  between(from: string, goal: string): Set<string> {
    const floor = this.nodes.get(goal)?.depth ?? 0;
    if (from === goal || !this.reaches(from, goal, (node) => node.depth < floor)) return new Set();
    const items = new Set([...this.nodes.values()].flatMap((node) => (node.item === null ? [] : [node.item])));
    return new Set([...items].filter((item) => !this.reaches(from, goal, (node) => node.depth < floor || node.item === item)));
  }
}

/** Everything that had to be unrolled for a stop of the trail: its own script behind its frames, and those waiting. */
export function unrollFor(library: ScriptLibrary, visit: Visit): Unrolled {
  const unrolled = new Unrolled(library);
  for (let depth = visit.frames.length; depth >= 0; depth--) {
    const script = depth === visit.frames.length ? visit.script : (visit.frames[depth] as Frame).script;
    const frames = visit.frames.slice(0, depth);
    const caller = frames[depth - 1];
    unrolled.add(script, frames, caller === undefined ? 'END' : nodeKey(frames.slice(0, -1), caller.script, caller.step, 'on'));
  }
  return unrolled;
}
