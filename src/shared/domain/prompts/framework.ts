import type { Framework } from './schema.ts';
import { stageKey, type PromptUsage } from './usage.ts';

export interface StageView {
  readonly id: string;
  readonly title: string;
  readonly cue: string;
  readonly state: 'done' | 'skipped' | 'current' | 'ahead';
}

/** A framework as a map: where the agent is, what was done or skipped. Nothing is ever required. */
export interface FrameworkView {
  readonly id: string;
  readonly title: string;
  readonly use: string;
  readonly source: string | undefined;
  readonly stages: readonly StageView[];
  /** The one line to show; null when every stage is done or skipped. */
  readonly current: StageView | null;
  readonly done: number;
  readonly skipped: number;
}

/** The first stage neither done nor skipped is the current one, wherever the agent went in between. */
export function frameworkView(framework: Framework, usage: PromptUsage): FrameworkView {
  let current: StageView | null = null;
  const stages = framework.stages.map((stage): StageView => {
    const settled = usage.stages.get(stageKey(framework.id, stage.id));
    const view: StageView = { id: stage.id, title: stage.title, cue: stage.cue, state: settled ?? (current === null ? 'current' : 'ahead') };
    if (settled === undefined && current === null) current = view;
    return view;
  });
  const count = (state: StageView['state']): number => stages.filter((stage) => stage.state === state).length;
  return { id: framework.id, title: framework.title, use: framework.use, source: framework.source, stages, current, done: count('done'), skipped: count('skipped') };
}

/** `LAST:apologise`, as scripts name a stage, in its parts. */
export function parseStage(stage: string): { framework: string; stage: string } | undefined {
  const colon = stage.indexOf(':');
  return colon < 1 ? undefined : { framework: stage.slice(0, colon), stage: stage.slice(colon + 1) };
}
