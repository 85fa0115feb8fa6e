import { findField } from './engine.ts';
import type { ScriptLibrary } from './library.ts';
import type { SlotSources } from './slots.ts';
import type { ScriptState } from './state.ts';

/** Words for slots that are not in the script's own state. */
export type ViewSlots = Pick<SlotSources, 'agent' | 'company' | 'today' | 'extra'>;

/** Slot sources of the present call: what its script captured, what is known of the call, and `slots`. */
export function slotSourcesOf(state: ScriptState, library: ScriptLibrary, language: string, slots: ViewSlots): SlotSources {
  const { core } = state;
  if (core === null) return { ...slots, fields: {}, call: state.call, language };
  return { ...slots, fields: core.fields, call: state.call, language, field: (id) => findField(core, id, library) };
}
