import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { TalkPane, type PractiseState } from '#renderer/features/practise/index.ts';
import { PromptPane } from '#renderer/features/prompts/index.ts';
import { ScriptPane, type Operation } from '#renderer/features/scripts/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SplitPanes } from '#renderer/ui/SplitPanes.tsx';
import { parseStage } from '#shared/domain/prompts/framework.ts';
import { pickPrompts, type Picked } from '#shared/domain/prompts/pick.ts';
import { situationSchema, type Framework, type Prompt } from '#shared/domain/prompts/schema.ts';
import { slotSourcesOf } from '#shared/domain/scripts/sources.ts';
import { viewOf } from '#shared/domain/scripts/view.ts';
import type { PractiseDesk } from './practise-desk.ts';
import { usePractiseKeys } from './practise-keys.ts';

type Props = {
  desk: PractiseDesk;
  stage: Extract<PractiseState['stage'], { kind: 'talking' }>;
  prompts: readonly Prompt[];
  frameworks: readonly Framework[];
};

const NOTHING: Picked = { offers: [], exhausted: false, otherLanguage: false };
const FORWARD = new Set<Operation['type']>(['answer', 'next', 'skip']);

/** The talk: the script as in a call, the prepared caller in the middle, words on the side. */
export function PractiseTalk({ desk, stage, prompts, frameworks }: Props): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { settings, preferences } = useDesk();
  const { wording, tone, sector, desk: groups, agentName, company, panes } = useStore(settings);
  const own = useStore(preferences);
  const walk = useStore(desk.scripts);
  const words = useStore(desk.prompts);
  const { actions } = desk.store;
  const promptsRef = useRef<HTMLDivElement>(null);
  const now = useNow(stage.pausedAt === undefined);
  useEffect(() => actions.tick(), [now, actions]);

  const slots = useMemo(() => ({ today: new Intl.DateTimeFormat('sv-SE').format(Date.now()), ...(agentName === '' ? {} : { agent: { name: agentName } }), ...(company === '' ? {} : { company }) }), [agentName, company]);
  const view = walk.kind === 'open' ? viewOf(walk.state, walk.library, { language, wording, slots }) : null;
  const situation = words.kind === 'open' ? words.situation : undefined;
  const picked = useMemo(() => {
    if (walk.kind !== 'open' || words.kind !== 'open' || situation === undefined) return NOTHING;
    return pickPrompts(prompts, { ...own, tone }, words.usage, { situation, language, sector, ...groups, at: Date.now(), slots: slotSourcesOf(walk.state, walk.library, language, slots), limit: 3, seed: stage.id });
  }, [walk, words, situation, prompts, own, tone, language, sector, groups, slots, stage.id]);

  const perform = (operation: Operation): void => {
    if (stage.pausedAt !== undefined || !desk.scripts.actions.do(operation)) {
      actions.acted();
      return;
    }
    const after = desk.scripts.getState();
    if (after.kind !== 'open') return;
    if (operation.type === 'setField') actions.acted();
    else actions.moved(after.state, after.library, FORWARD.has(operation.type));
  };
  const pause = (): void => {
    // The script's own clock stops with the caller's, so that the look back counts no break.
    desk.scripts.actions.do(stage.pausedAt === undefined ? { type: 'pause', reason: 'interruption' } : { type: 'resume' });
    actions.pause();
  };
  const end = (): void => actions.end(false, language);
  const carryOn = (): void => {
    if (!desk.scripts.actions.carryOn()) return;
    const after = desk.scripts.getState();
    if (after.kind === 'open') actions.moved(after.state, after.library, true);
  };
  usePractiseKeys({ view, perform, carryOn, pause, end, promptsRef, openWords: () => desk.prompts.actions.choose(undefined, picked.offers) });
  useEffect(() => document.querySelector<HTMLElement>('[data-practise-notes]')?.focus(), [stage.id]);

  const stageOf = view?.step.stage === undefined ? undefined : parseStage(view.step.stage);
  const chosen = words.kind === 'open' ? words.usage.framework : null;
  const framework = chosen === null ? stageOf?.framework : chosen === '' ? undefined : chosen;
  const suggested = situationSchema.safeParse(view?.step.situation);
  return (
    <SplitPanes
      panes={[
        {
          id: 'script', size: panes[0], min: 20,
          content: (
            <Pane title={view?.script.title ?? t('script.title')}>
              {view === null || walk.kind !== 'open' ? null : <ScriptPane view={view} refusal={walk.refusal} perform={perform} carryOn={carryOn} article={undefined} />}
            </Pane>
          ),
        },
        { id: 'talk', size: 100 - panes[0] - panes[1], min: 20, content: <TalkPane stage={stage} now={now} onNote={actions.note} onPause={pause} onEnd={end} /> },
        {
          id: 'words', size: panes[1], min: 18,
          content: (
            <Pane title={t('prompts.title')}>
              {words.kind !== 'open' ? null : (
                <PromptPane
                  state={words}
                  actions={{ ...desk.prompts.actions, used: (offer) => { desk.prompts.actions.used(offer); actions.acted(); } }}
                  preferences={preferences.actions}
                  picked={picked}
                  tone={words.usage.tone ?? tone}
                  frameworks={frameworks}
                  framework={{ id: framework, here: stageOf?.framework === framework ? stageOf?.stage : undefined, words: NOTHING }}
                  suggested={suggested.success ? suggested.data : undefined}
                  card={null}
                  rootRef={promptsRef}
                />
              )}
            </Pane>
          ),
        },
      ]}
      handleLabel={(index) => t(index === 0 ? 'live.handle-script' : 'live.handle-words')}
    />
  );
}

/** The present time, once a second while the clock runs. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
