import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage } from '#renderer/messages/messages.tsx';
import { localize, type LocalText } from '#shared/domain/common.ts';
import { parseStage } from '#shared/domain/prompts/framework.ts';
import { pickPrompts, type Picked, type PromptQuery } from '#shared/domain/prompts/pick.ts';
import { situationSchema, type Situation } from '#shared/domain/prompts/schema.ts';
import type { CallFacts } from '#shared/domain/scripts/events.ts';
import { slotSourcesOf } from '#shared/domain/scripts/sources.ts';
import { viewOf, type ScriptView } from '#shared/domain/scripts/view.ts';
import type { SlotSources } from '#shared/domain/scripts/slots.ts';
import type { CallView } from '#shared/ipc/calls.ts';
import { extraSlots } from './extra-slots.ts';

const OFFERS = 3;
const NOTHING: Picked = { offers: [], exhausted: false, otherLanguage: false };

/** What scripts and prompts may know of the call. */
export function callFacts(call: CallView): CallFacts {
  const { name, number, queue, direction } = call;
  return { direction, ...(name === undefined ? {} : { name }), ...(number === undefined ? {} : { number }), ...(queue === undefined ? {} : { queue }) };
}

/** Ties script, words, ladder and suggestions to the call in front: takes up its stored operations when it changes. */
export function useGuidanceOf(call: CallView | undefined): void {
  const { scripts, prompts, ladder, suggest, knowledge } = useDesk();
  const known = useStore(knowledge);
  const language = useLanguage();
  const id = call?.id;
  useEffect(() => {
    if (call === undefined || known.kind !== 'ready') {
      if (call === undefined) for (const store of [scripts, prompts, ladder, suggest]) store.actions.detach();
      return;
    }
    scripts.actions.attach(call.id, known.all.script, call.guidance.script, language);
    prompts.actions.attach(call.id, call.guidance.prompts);
    ladder.actions.attach(call.id, call.guidance.abuse ?? []);
    suggest.actions.attach(call.id, language);
    // Stored operations are taken up once per call: later ones are made on this screen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, known.kind === 'ready']);
  useNewFacts(call);
  useCounting(id);
  useLearning(call);
}

/** Each script opened in a call is counted once for it: what nobody opens can go. */
function useCounting(call: string | undefined): void {
  const { client, scripts, settings } = useDesk();
  const opened = useStore(scripts, (state) => (state.kind === 'open' ? state.state.core?.scripts[0] : undefined));
  const counted = useRef('');
  useEffect(() => {
    if (call === undefined || opened === undefined || counted.current === `${call} ${opened}` || !settings.getState().missLog) return;
    counted.current = `${call} ${opened}`;
    void client.call('knowledge.used', { kind: 'script', key: opened }).catch(() => undefined);
  }, [call, opened, client, settings]);
}

/** A name or queue that became known during the call reaches the script's words. */
function useNewFacts(call: CallView | undefined): void {
  const { scripts } = useDesk();
  const opened = useStore(scripts, (state) => state.kind === 'open' && state.state.core !== null);
  const { name, number, queue } = call ?? {};
  useEffect(() => {
    if (call !== undefined && opened) scripts.actions.tell(callFacts(call));
    // The facts themselves decide, not the object that carries them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [opened, name, number, queue]);
}

/** The script really used at the end of the call is the best example there is. */
function useLearning(call: CallView | undefined): void {
  const { scripts, suggest, calls } = useDesk();
  const note = useStore(calls, (state) => (state.kind === 'live' ? state.note : ''));
  const wrapping = call?.state === 'wrap-up';
  useEffect(() => {
    if (!wrapping) suggest.actions.note(note);
  }, [note, wrapping, suggest]);
  useEffect(() => {
    const state = scripts.getState();
    const used = state.kind === 'open' ? state.state.core?.scripts.at(-1) : undefined;
    if (wrapping && used !== undefined) suggest.actions.learn(used, 'wrap-up');
  }, [wrapping, scripts, suggest]);
}

/** The script on screen, ready to draw; null before one was opened. */
export function useScriptView(wording: 'cue' | 'full'): ScriptView | null {
  const { scripts } = useDesk();
  const state = useStore(scripts);
  const slots = useViewSlots();
  const language = useLanguage();
  return useMemo(() => (state.kind === 'open' ? viewOf(state.state, state.library, { language, wording, slots }) : null), [state, language, wording, slots]);
}

/** Name of the language a line is shown in when it does not exist in the agent's own. */
export function useOtherLanguage(view: ScriptView | null): string | undefined {
  const { scripts } = useDesk();
  const state = useStore(scripts);
  const language = useLanguage();
  if (view === null || state.kind !== 'open') return undefined;
  const indexed = state.library.get(view.script.id);
  return otherLanguage(indexed?.step(view.step.id)?.say, indexed?.script.language ?? 'en', language);
}

/** The tag of the text that {@link localize} picks, when it is not `language`. */
export function otherLanguage(text: LocalText | undefined, own: string, language: string): string | undefined {
  if (text === undefined) return undefined;
  const shown = typeof text === 'string' ? own : Object.keys(text).find((tag) => text[tag] === localize(text, language));
  return shown === undefined || primary(shown) === primary(language) ? undefined : shown;
}

function primary(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

function useViewSlots(): Pick<SlotSources, 'agent' | 'company' | 'today'> {
  const { settings } = useDesk();
  const { agentName, company } = useStore(settings);
  return useMemo(() => {
    const today = new Intl.DateTimeFormat('sv-SE').format(Date.now());
    return { today, ...(agentName === '' ? {} : { agent: { name: agentName } }), ...(company === '' ? {} : { company }) };
  }, [agentName, company]);
}

/** Things to say for the chosen moment, or for a stage, with slots filled from the call and the script's fields. */
export function usePicked(call: CallView | undefined, asked: Pick<PromptQuery, 'situation' | 'framework' | 'stage'> | undefined, limit = OFFERS): Picked {
  const { knowledge, prompts, preferences, scripts, settings } = useDesk();
  const known = useStore(knowledge);
  const used = useStore(prompts);
  const own = useStore(preferences);
  const walked = useStore(scripts);
  const { tone, sector, desk } = useStore(settings);
  const slots = useViewSlots();
  const language = useLanguage();
  const { situation, framework, stage } = asked ?? {};
  return useMemo(() => {
    if (known.kind !== 'ready' || used.kind !== 'open' || call === undefined || (situation === undefined && framework === undefined)) return NOTHING;
    const facts = callFacts(call);
    const base: SlotSources =
      walked.kind === 'open' ? slotSourcesOf(walked.state, walked.library, language, slots) : { ...slots, fields: {}, call: facts, language };
    const sources: SlotSources = { ...base, call: { ...base.call, ...facts }, extra: extraSlots(base) };
    return pickPrompts(known.records.prompt, { ...own, tone }, used.usage, {
      language, sector, at: Date.now(), slots: sources, limit, seed: call.id,
      ...(situation === undefined ? {} : { situation }), ...(framework === undefined ? {} : { framework }), ...(stage === undefined ? {} : { stage }),
      teams: desk.teams, queues: call.queue === undefined ? desk.queues : [call.queue],
    });
  }, [known, used, own, walked, situation, framework, stage, call, tone, sector, desk, slots, language, limit]);
}

/** The moment a step suggests, when it is one the prompts know. */
export function suggestedSituation(view: ScriptView | null): Situation | undefined {
  const parsed = situationSchema.safeParse(view?.step.situation);
  return parsed.success ? parsed.data : undefined;
}

/** The way to lead that lies beside the script: picked by the agent, else the script's own; and the stage of the step. */
export function useFramework(view: ScriptView | null): { id: string | undefined; here: string | undefined } {
  const { prompts, scripts } = useDesk();
  const used = useStore(prompts);
  const walked = useStore(scripts);
  const chosen = used.kind === 'open' ? used.usage.framework : null;
  const stage = view?.step.stage === undefined ? undefined : parseStage(view.step.stage);
  const own = walked.kind === 'open' && view !== null ? (stage?.framework ?? walked.library.get(view.script.id)?.script.framework) : undefined;
  const id = chosen === null ? own : chosen === '' ? undefined : chosen;
  return { id, here: stage !== undefined && stage.framework === id ? stage.stage : undefined };
}
