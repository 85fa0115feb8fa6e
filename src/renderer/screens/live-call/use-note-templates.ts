import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import type { NoteTemplates } from '#renderer/features/calls/index.ts';
import { useLanguage } from '#renderer/messages/messages.tsx';
import type { NoteTemplate } from '#shared/domain/calls/note-templates.ts';
import { summarisePath } from '#shared/domain/scripts/path.ts';

const NONE: readonly NoteTemplate[] = [];

/** The agent's templates and the supervisors', filled from the call in front and from what its script captured. */
export function useNoteTemplates(): NoteTemplates {
  const { settings, calls, scripts, knowledge } = useDesk();
  const language = useLanguage();
  const own = useStore(settings, (now) => now.noteTemplates);
  const shared = useStore(knowledge, (now) => (now.kind === 'ready' ? now.records['note-template'] : NONE));
  // The agent's own come first: their hands know the digits.
  const list = useMemo(() => [...own, ...shared.map(({ id, title, text }) => ({ id: `shared:${id}`, title, text }))], [own, shared]);
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
