import { createContext, useContext } from 'react';
import type { Finding } from '#shared/domain/authoring/findings.ts';
import type { ScriptEdit, Way } from '#shared/domain/scripts/edit.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import type { Known } from '../editing.ts';

/** What is being looked at: a step, and perhaps one of its ways. */
export type Selection = { readonly step: string; readonly way?: Way };

/** What every part of the script editor works with. */
export type ScriptEditing = {
  readonly script: Script;
  /** Does one edit; `group` names what is typed in. */
  readonly edit: (edit: ScriptEdit, group?: string) => void;
  readonly findings: readonly Finding[];
  readonly byStep: ReadonlyMap<string, readonly Finding[]>;
  readonly known: Known;
  /** The language words are edited in, and the one plain words are in. */
  readonly language: string;
  readonly base: string;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
  /** A step by its cue; its id where it has none. */
  readonly cueOf: (id: string) => string;
};

export const ScriptContext = createContext<ScriptEditing | undefined>(undefined);

export function useScript(): ScriptEditing {
  const found = useContext(ScriptContext);
  if (found === undefined) throw new Error('useScript outside of a script editor');
  return found;
}
