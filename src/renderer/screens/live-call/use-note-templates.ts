import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import type { NoteTemplates } from '#renderer/features/calls/index.ts';
import { useLanguage } from '#renderer/messages/messages.tsx';
import type { NoteTemplate } from '#shared/domain/calls/note-templates.ts';
import type { InOneLanguage } from '#shared/domain/common.ts';
import type { KnowledgeRecord } from '#shared/domain/knowledge.ts';
import { summarisePath } from '#shared/domain/scripts/path.ts';

type Shared = InOneLanguage<KnowledgeRecord<'note-template'>>;
const NONE: readonly Shared[] = [];

/** The supervisors' templates for this queue and this day. */
export function meantFor(shared: readonly Shared[], queue: string | undefined, now = Date.now()): NoteTemplate[] {
  return shared
    .filter(({ targets, validFrom, validUntil }) => (validFrom ?? 0) <= now && now <= (validUntil ?? Number.POSITIVE_INFINITY) && aimedAt(targets?.queues, queue))
    .map(({ id, title, text }) => ({ id: `shared:${id}`, title, text }));
}

function aimedAt(queues: readonly string[] | undefined, mine: string | undefined): boolean {
  return queues === undefined || queues.length === 0 || (mine !== undefined && queues.includes(mine));
}

/** The agent's templates and the supervisors', filled from the call in front and from what its script captured. */
export function useNoteTemplates(): NoteTemplates {
  const { settings, calls, scripts, knowledge } = useDesk();
  const language = useLanguage();
  const own = useStore(settings, (now) => now.noteTemplates);
  const shared = useStore(knowledge, (now) => (now.kind === 'ready' ? now.records['note-template'] : NONE));
  const queue = useStore(calls, (now) => (now.kind === 'live' ? now.call.queue : undefined));
  // The agent's own come first: their hands know the digits.
  const list = useMemo(() => [...own, ...meantFor(shared, queue)], [own, shared, queue]);
  return useMemo(
    () => ({
      list,
      facts: () => {
        const [state, walk, { agentName, company }] = [calls.getState(), scripts.getState(), settings.getState()];
        if (state.kind !== 'live') return {};
        const { call } = state;
        const now = new Date();
        const path = walk.kind === 'open' && walk.state.core !== null ? summarisePath(walk.state, walk.library, language) : undefined;
        // A sensitive field stays out of the note even where a template asks for it.
        const captured = (path?.fields ?? []).filter((field) => !field.sensitive).map((field) => [field.id, field.value ?? ''] as const);
        return {
          ...Object.fromEntries(captured),
          caller: call.name ?? '', number: call.number ?? '', queue: call.queue ?? '', agent: agentName, company,
          date: new Intl.DateTimeFormat(language, { dateStyle: 'short' }).format(now), time: new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(now),
        };
      },
      keep: (template) => void settings.actions.update({ noteTemplates: [...settings.getState().noteTemplates, template] }),
    }),
    [list, calls, scripts, settings, language],
  );
}
