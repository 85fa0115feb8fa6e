import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { SOON_MS, whenText, type FollowUpsState } from '#renderer/features/follow-ups/index.ts';
import { useLanguage, useT, type T } from '#renderer/messages/messages.tsx';
import { useScriptView } from '#renderer/screens/live-call/index.ts';
import type { CallsState } from '#renderer/features/calls/index.ts';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import type { StripCommand, StripView } from '#shared/ipc/telephony.ts';

/** Changes this close together are presented once (ms). */
const GATHER_MS = 40;

/**
 * Ties the strip to the main window, which alone holds the call, the script and the note: tells the
 * strip what to show, and carries out what the agent does there on the same stores as its own keys.
 */
export function useStripFeed(onCall: (followUp: FollowUp) => void): void {
  const { client, calls, scripts, search, followUps } = useDesk();
  const t = useT();
  const language = useLanguage();
  const state = useStore(calls);
  const promises = useStore(followUps);
  const script = useScriptView('cue');
  const [noteSeq, setNoteSeq] = useState(0);
  const text = JSON.stringify({ ...viewOfDesk(state, script, noteSeq, t), ...dueOf(state, promises, language) });
  useEffect(() => {
    const timer = setTimeout(() => void client.call('strip.present', JSON.parse(text) as StripView).catch(() => undefined), GATHER_MS);
    return () => clearTimeout(timer);
  }, [client, text]);

  useEffect(() => {
    // The strip's field is the note's last line, and typing in it is mostly at its end.
    const typeLine = (note: string): void => calls.actions.type(note, note.length);
    const answerPromise = ({ id, act }: Extract<StripCommand, { kind: 'promise' }>): void => {
      const promised = followUps.getState();
      const due = promised.kind === 'ready' ? promised.due.find((one) => one.id === id) : undefined;
      // A call came first, or the promise was answered in the window: the key was late.
      if (due === undefined || calls.getState().kind !== 'idle') return;
      const { snooze, close, reminded } = followUps.actions;
      if (act === 'call') onCall(due);
      else void (act === 'later' ? snooze(id, SOON_MS) : act === 'done' ? close(id, '') : reminded(id)).catch(() => undefined);
    };
    const run = (command: StripCommand): void => {
      if (command.kind === 'search') {
        search.actions.show(command.text);
        return;
      }
      if (command.kind === 'open') return;
      if (command.kind === 'promise') {
        answerPromise(command);
        return;
      }
      const current = calls.getState();
      // Made for a call that is no longer in front: a key that came late must not touch the next caller's.
      if (current.kind !== 'live' || current.call.id !== command.callId) return;
      switch (command.kind) {
        case 'answer':
          scripts.actions.do({ type: 'answer', answer: command.answer });
          return;
        case 'next':
          scripts.actions.do({ type: 'next' });
          return;
        case 'call':
          void calls.actions.event(command.event === 'hang-up' ? { type: 'hang-up', by: 'agent' } : { type: command.event }).catch(() => undefined);
          return;
        case 'note-line':
          typeLine(withLastLine(current.note, command.text));
          setNoteSeq(command.seq);
      }
    };
    return client.on('strip.command', run);
  }, [client, calls, scripts, search, followUps, onCall]);
}

/** The note with its last line replaced. */
export function withLastLine(note: string, line: string): string {
  return note.slice(0, note.lastIndexOf('\n') + 1) + line;
}

/** The promise to bring up: at the gap between two calls only, like the window's own reminder. */
export function dueOf(state: CallsState, promises: FollowUpsState, language: string): Pick<StripView, 'due'> {
  if (state.kind !== 'idle' || promises.kind !== 'ready') return {};
  const [first, ...others] = promises.due;
  if (first === undefined) return {};
  const text = [first.text, first.name ?? first.number].filter((part) => part !== undefined).join(' · ');
  return { due: { id: first.id, text, when: whenText(first.dueAt, language), more: others.length } };
}

function viewOfDesk(state: CallsState, script: ScriptView | null, noteSeq: number, t: T): StripView {
  if (state.kind !== 'live' || state.call.state === 'ended') return {};
  const { call, waiting, note, noteStatus } = state;
  const running = script !== null && script.status === 'running' && call.state !== 'wrap-up';
  return {
    call: {
      id: call.id, state: call.state, stateSince: call.stateSince, who: call.name ?? call.number ?? t('call.unknown-caller'), waiting: waiting.length,
      noteLine: note.slice(note.lastIndexOf('\n') + 1), noteSeq, noteState: noteStatus.kind,
      ...(call.number === undefined ? {} : { number: call.number }),
      ...(call.queue === undefined ? {} : { queue: call.queue }),
    },
    ...(running
      ? {
          script: {
            title: script.script.title.slice(0, 400), cue: script.cue, verbatim: script.step.line === 'verbatim', canNext: script.canNext,
            answers: script.answers.slice(0, 10).map(({ id, label }) => ({ id, label })),
          },
        }
      : {}),
  };
}
