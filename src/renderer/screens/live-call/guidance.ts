import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage } from '#renderer/messages/messages.tsx';
import { pickPrompts, type Picked } from '#shared/domain/prompts/pick.ts';
import { situationSchema, type Situation } from '#shared/domain/prompts/schema.ts';
import { DEFAULT_PREFERENCES } from '#shared/domain/prompts/usage.ts';
import type { CallFacts } from '#shared/domain/scripts/events.ts';
import { findField } from '#shared/domain/scripts/engine.ts';
import type { SlotSources } from '#shared/domain/scripts/slots.ts';
import { viewOf, type ScriptView } from '#shared/domain/scripts/view.ts';
import type { CallView } from '#shared/ipc/calls.ts';

const OFFERS = 3;
const NOTHING: Picked = { offers: [], exhausted: false, otherLanguage: false };

/** What scripts and prompts may know of the call. */
export function callFacts(call: CallView): CallFacts {
  const { name, number, queue, direction } = call;
  return { direction, ...(name === undefined ? {} : { name }), ...(number === undefined ? {} : { number }), ...(queue === undefined ? {} : { queue }) };
}

/** Ties the script and the words on screen to the call in front: takes up its stored operations when it changes. */
export function useGuidanceOf(call: CallView | undefined): void {
  const { scripts, prompts, knowledge } = useDesk();
  const known = useStore(knowledge);
  const language = useLanguage();
  const id = call?.id;
  useEffect(() => {
    if (call === undefined || known.kind !== 'ready') {
      if (call === undefined) {
        scripts.actions.detach();
        prompts.actions.detach();
      }
      return;
    }
    scripts.actions.attach(call.id, known.records.script, call.guidance.script, language);
    prompts.actions.attach(call.id, call.guidance.prompts);
    // Stored operations are taken up once per call: later ones are made on this screen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, known.kind === 'ready']);
}

/** The script on screen, ready to draw; null before one was opened. */
export function useScriptView(wording: 'cue' | 'full'): ScriptView | null {
  const { scripts } = useDesk();
  const state = useStore(scripts);
  const slots = useViewSlots();
  const language = useLanguage();
  return useMemo(() => (state.kind === 'open' ? viewOf(state.state, state.library, { language, wording, slots }) : null), [state, language, wording, slots]);
}

function useViewSlots(): Pick<SlotSources, 'agent' | 'company' | 'today'> {
  const { settings } = useDesk();
  const { agentName, company } = useStore(settings);
  return useMemo(() => {
    const today = new Intl.DateTimeFormat('sv-SE').format(Date.now());
    return { today, ...(agentName === '' ? {} : { agent: { name: agentName } }), ...(company === '' ? {} : { company }) };
  }, [agentName, company]);
}

/** Three things to say for the chosen moment, with slots filled from the call and the script's fields. */
export function usePicked(call: CallView | undefined, situation: Situation | undefined): Picked {
  const { knowledge, prompts, scripts, settings } = useDesk();
  const known = useStore(knowledge);
  const used = useStore(prompts);
  const walked = useStore(scripts);
  const { tone, sector } = useStore(settings);
  const slots = useViewSlots();
  const language = useLanguage();
  return useMemo(() => {
    if (known.kind !== 'ready' || used.kind !== 'open' || situation === undefined || call === undefined) return NOTHING;
    const core = walked.kind === 'open' ? walked.state.core : null;
    const library = walked.kind === 'open' ? walked.library : undefined;
    const fields = core?.fields ?? {};
    const field = core === null || library === undefined ? undefined : (id: string) => findField(core, id, library);
    const item = typeof fields['itemName'] === 'string' ? { item: fields['itemName'] } : {};
    const sources: SlotSources = { ...slots, fields, call: callFacts(call), language, extra: item, ...(field === undefined ? {} : { field }) };
    return pickPrompts(known.records.prompt, { ...DEFAULT_PREFERENCES, tone }, used.usage, { situation, language, sector, at: Date.now(), slots: sources, limit: OFFERS, seed: call.id });
  }, [known, used, walked, situation, call, tone, sector, slots, language]);
}

/** The moment a step suggests, when it is one the prompts know. */
export function suggestedSituation(view: ScriptView | null): Situation | undefined {
  const parsed = situationSchema.safeParse(view?.step.situation);
  return parsed.success ? parsed.data : undefined;
}
