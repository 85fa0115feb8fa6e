import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { whenText } from '#renderer/features/follow-ups/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { clockText, draftSummary, type TemplateValues } from '#shared/domain/calls/summary.ts';
import type { Complaint } from '#shared/domain/calls/schema.ts';
import type { Disposition } from '#shared/domain/desk-lists.ts';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import { summarisePath } from '#shared/domain/scripts/path.ts';
import type { CallView } from '#shared/ipc/calls.ts';
import { summaryWords } from './summary-words.ts';

type Sources = { call: CallView; note: string; disposition: Disposition | undefined; complaint: Complaint | undefined; followUps: readonly FollowUp[] };

export type SummaryEditor = { text: string; edited: boolean; change(text: string): void; redraft(): void; values: TemplateValues };

/** The drafted summary, until the agent changes it; then the agent's words stay. */
export function useSummary({ call, note, disposition, complaint, followUps }: Sources): SummaryEditor {
  const { scripts, prompts } = useDesk();
  const walked = useStore(scripts);
  const used = useStore(prompts);
  const language = useLanguage();
  const t = useT();
  const [own, setOwn] = useState<string | undefined>(call.summary === '' ? undefined : call.summary);

  const draft = useMemo(() => {
    const path = walked.kind === 'open' && walked.state.core !== null ? summarisePath(walked.state, walked.library, language) : undefined;
    const promised = followUps.map((one) => ({ kind: one.kind, text: one.text, dueText: whenText(one.dueAt, language) }));
    const caller = call.name ?? call.number;
    return {
      text: draftSummary({
        direction: call.direction,
        scripts: path?.scripts.map((script) => script.title) ?? [],
        answers: path?.answers.map(({ cue, answer }) => ({ step: cue, answer })) ?? [],
        fields: path?.fields.map((field) => ({ field: field.id, label: field.label, value: field.value ?? '', sensitive: field.sensitive })) ?? [],
        prompts: used.kind === 'open' ? used.usage.said.map((one) => one.text) : [],
        notes: [note, ...(path?.facts ?? [])].join('\n'),
        followUps: promised,
        talkMs: call.durations.talkMs,
        holdMs: call.durations.holdMs,
        ...(caller === undefined ? {} : { caller }),
        ...(call.queue === undefined ? {} : { queue: call.queue }),
        ...(complaint === undefined ? {} : { complaint }),
        ...(call.transferredTo === undefined ? {} : { transferredTo: call.transferredTo }),
        ...(disposition === undefined ? {} : { disposition: disposition.label }),
      }, summaryWords(t)),
      fields: Object.fromEntries((path?.fields ?? []).filter((field) => !field.sensitive).map((field) => [field.id, field.value ?? ''])),
    };
  }, [walked, used, language, t, call, note, complaint, disposition, followUps]);

  const text = own ?? draft.text;
  const started = new Date(call.startedAt);
  const values: TemplateValues = {
    summary: text,
    notes: note,
    disposition: disposition?.label ?? '',
    caller: call.name ?? '',
    number: call.number ?? '',
    queue: call.queue ?? '',
    date: new Intl.DateTimeFormat(language, { dateStyle: 'short' }).format(started),
    time: new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(started),
    duration: clockText(call.durations.talkMs + call.durations.holdMs),
    followUp: followUps.map((one) => `${one.text}, ${whenText(one.dueAt, language)}`).join('; '),
    complaint: complaint?.category ?? '',
    fields: draft.fields,
  };
  return { text, edited: own !== undefined, change: setOwn, redraft: () => setOwn(undefined), values };
}
