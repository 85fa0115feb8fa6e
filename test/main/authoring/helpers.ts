import { openWorkshop, type OpenedWorkshop } from '#main/db/open-workshop.ts';
import { createAuthoringService, createDraftsRepository, type Actor, type AuthoringService, type Live } from '#main/features/authoring/index.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';

export const ANNA: Actor = { person: { key: 'a1', name: 'Anna' }, policy: 1, alone: false };
export const BO: Actor = { person: { key: 'b2', name: 'Bo' }, policy: 1, alone: false };

export type TestShop = { workshop: OpenedWorkshop; service: AuthoringService; live: Map<string, Live>; clock: { at: number }; next: () => string };

/** A workshop in `dir` with its own idea of what is live. */
export function openShop(dir: string): TestShop {
  const clock = { at: 1_000_000 };
  let count = 0;
  const next = (): string => `id-${process.pid}-${(count += 1)}`;
  const workshop = openWorkshop(dir, { now: () => clock.at });
  const live = new Map<string, Live>();
  const service = createAuthoringService({
    repository: createDraftsRepository(workshop.db), live: (kind, key) => live.get(`${kind} ${key}`), here: () => undefined, library: () => createScriptLibrary([]), language: 'en', newId: next, now: () => clock.at,
  });
  return { workshop, service, live, clock, next };
}

/** The draft of a result that must be one. */
export function draftOf<T extends { ok: boolean; draft?: unknown }>(result: T): NonNullable<T['draft']> {
  if (!result.ok || result.draft === undefined) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.draft as NonNullable<T['draft']>;
}
