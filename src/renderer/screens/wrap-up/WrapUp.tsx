import { IconChevronDown } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { NotePane, NoteSaved, type WrapUp as WrapUpInput } from '#renderer/features/calls/index.ts';
import { FollowUpForm, whenText } from '#renderer/features/follow-ups/index.ts';
import { useLanguage, useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { useCopy, useNoteTemplates } from '#renderer/screens/live-call/index.ts';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { Complaint } from '#shared/domain/calls/schema.ts';
import type { Disposition } from '#shared/domain/desk-lists.ts';
import { clockText, fillTemplate } from '#shared/domain/calls/summary.ts';
import { COPY_FORMS, copyForm } from '#shared/domain/calls/wrap-up-settings.ts';
import { promisesOf } from '#shared/domain/follow-ups/promises-of.ts';
import type { CreateFollowUp, FollowUp } from '#shared/domain/follow-ups/schema.ts';
import type { CallView } from '#shared/ipc/calls.ts';
import { ComplaintForm } from './ComplaintForm.tsx';
import { KeptPromises } from './KeptPromises.tsx';
import { OutcomePicker } from './OutcomePicker.tsx';
import { useAutoFinish, type AutoFinish } from './use-auto-finish.ts';
import { useLikelyOutcomes } from './use-likely-outcomes.ts';
import { useSummary } from './use-summary.ts';
import css from './WrapUp.module.css';

/** A pause of typing this long keeps what was typed (ms). */
const SAVE_MS = 300;

const NONE: readonly Disposition[] = [];

/** What can be stored: a complaint needs its subject first. */
function storable(disposition: Disposition | undefined, complaint: Complaint | undefined): Pick<WrapUpInput, 'disposition' | 'complaint'> {
  const picked = disposition === undefined ? undefined : { id: disposition.id, group: disposition.group, label: disposition.label, solved: disposition.solved, ...(disposition.requires === undefined ? {} : { requires: disposition.requires }) };
  return { ...(picked === undefined ? {} : { disposition: picked }), ...(complaint === undefined || complaint.category.trim() === '' ? {} : { complaint }) };
}

/** After the call: outcome by one key, summary ready, promises on the list. Everything typed in the call is still here. */
export function WrapUp({ call }: { call: CallView }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const copy = useCopy();
  const { calls, knowledge, followUps, client, settings } = useDesk();
  const state = useStore(calls);
  const known = useStore(knowledge);
  const { wrapUp } = useStore(settings);
  const promises = useStore(followUps);
  const templates = useNoteTemplates();
  const [chosen, setChosen] = useState<string | undefined>(call.disposition?.id);
  const [complaint, setComplaint] = useState<Complaint | undefined>(call.complaint);
  const [promised, setPromised] = useState<readonly FollowUp[]>([]);
  const [problems, setProblems] = useState<readonly MessageKey[]>([]);
  const [halfPromise, setHalfPromise] = useState(false);
  const [ticked, setTicked] = useState<Readonly<Record<string, boolean>>>({});
  const dispositions = useLikelyOutcomes(known.kind === 'ready' ? known.records.disposition : NONE);
  const disposition = dispositions.find((one) => one.id === chosen);
  const note = state.kind === 'live' ? state.note : '';
  const summary = useSummary({ call, note, disposition, complaint, followUps: promised });

  const reloadPromised = useCallback(async () => setPromised((await client.call('follow-ups.of-call', { callId: call.id })) as FollowUp[]), [client, call.id]);
  useEffect(() => void reloadPromised(), [reloadPromised]);
  const addFollowUp = async (input: CreateFollowUp): Promise<void> => {
    await followUps.actions.create(input);
    await reloadPromised();
  };

  const before = promises.kind === 'ready' ? promisesOf(call, promises.open) : [];
  // An outcome that solves the matter keeps the promise too, unless the agent says otherwise.
  const kept = new Set(before.filter((one) => ticked[one.id] ?? (disposition?.solved === true && call.linkedCall !== undefined && one.callId === call.linkedCall)).map((one) => one.id));

  const finish = async (): Promise<void> => {
    if (disposition === undefined) {
      setProblems(['wrap-up.needs-outcome']);
      return;
    }
    if (complaint !== undefined && complaint.category.trim() === '') {
      setProblems(['wrap-up.missing.complaint']);
      return;
    }
    const closing = before.filter((one) => kept.has(one.id));
    const missing = await calls.actions.wrapUp({ ...storable(disposition, complaint), summary: summary.text });
    setProblems(missing.map((one) => `wrap-up.missing.${one}` as const));
    if (missing.length > 0) return;
    toast({ tone: 'ok', title: t('wrap-up.done') });
    for (const one of closing) void followUps.actions.close(one.id, disposition.label).catch(() => toast({ tone: 'error', title: t('common.failed') }));
  };
  const halfComplaint = complaint !== undefined && complaint.category.trim() === '';
  const auto = useAutoFinish({ since: call.stateSince, seconds: wrapUp.closesAfter, ready: disposition !== undefined && !halfComplaint && !halfPromise, finish: () => void finish() });
  const copyChosen = (): void => copy(fillTemplate(copyForm(wrapUp), summary.values));
  // What is typed here is kept like a note: a crash in wrap-up loses nothing.
  const own = summary.edited ? summary.text : undefined;
  useEffect(() => {
    const timer = setTimeout(() => void calls.actions.saveWrapUp({ ...storable(disposition, complaint), ...(own === undefined ? {} : { summary: own }) }).catch(() => undefined), SAVE_MS);
    return () => clearTimeout(timer);
  }, [calls, disposition, complaint, own]);
  useHotkeys([{ id: 'finish', keys: 'mod+enter', label: t('wrap-up.finish'), group: t('keys.group.call'), run: () => void finish() }, { id: 'copy', keys: 'alt+c', label: t('wrap-up.copy'), group: t('keys.group.call'), run: copyChosen }], { scope: 'wrap-up' });

  if (state.kind !== 'live') return null;
  return (
    <div className={css['frame']}>
      <div className={css['root']}>
        <Pane
          title={t('wrap-up.outcome')}
          footer={
            <div className={css['finish']}>
              <div role="alert" className={css['problems']}>
                {problems.map((key) => (
                  <p key={key}>{t(key)}</p>
                ))}
              </div>
              {disposition === undefined ? null : <p className={css['hint']}>{t('wrap-up.chosen', { label: disposition.label })}</p>}
              <AutoFinishLine auto={auto.state} onKeepOpen={auto.keepOpen} />
              <Button variant="primary" size="lg" wide hotkey="mod+enter" onClick={() => void finish()}>
                {t('wrap-up.finish')}
              </Button>
            </div>
          }
        >
          <OutcomePicker dispositions={dispositions} chosen={chosen} onChoose={setChosen} />
        </Pane>
        <div className={css['middle']}>
          <Pane
            title={t('wrap-up.summary')}
            body="flush"
            scroll={false}
            toolbar={
              <>
                {summary.edited ? (
                  <Button size="sm" variant="quiet" onClick={summary.redraft}>
                    {t('wrap-up.redraft')}
                  </Button>
                ) : null}
                <Button size="sm" hotkey="alt+c" onClick={copyChosen}>
                  {t('wrap-up.copy')}
                </Button>
                <MenuButton
                  button={<IconButton label={t('wrap-up.copy-other')} icon={<IconChevronDown />} />}
                  entries={COPY_FORMS.map((id) => ({ id, label: t(`wrap-up.template.${id}`), onSelect: () => copy(fillTemplate(copyForm({ ...wrapUp, copyAs: id }), summary.values)) }))}
                />
              </>
            }
          >
            <NoteArea label={t('wrap-up.summary-label')} hideLabel fit="fill" value={summary.text} onValueChange={summary.change} />
          </Pane>
          <Pane title={t('note.title')} body="flush" aside={<NoteSaved status={state.noteStatus} />} scroll={false}>
            <NotePane note={state.note} status={state.noteStatus} actions={calls.actions} templates={templates} />
          </Pane>
        </div>
        <div className={css['end']}>
          <Pane title={t('follow-up.title')}>
            <KeptPromises promises={before} kept={kept} onKept={(id, on) => setTicked({ ...ticked, [id]: on })} />
            {promised.length === 0 ? null : (
              <ul className={css['promised']}>
                {promised.map((one) => (
                  <li key={one.id}>{t('follow-up.added', { kind: t(`follow-up.kind.${one.kind}`), text: one.text, when: whenText(one.dueAt, language) })}</li>
                ))}
              </ul>
            )}
            <FollowUpForm about={{ callId: call.id, ...(call.name === undefined ? {} : { name: call.name }), ...(call.number === undefined ? {} : { number: call.number }) }} onAdd={addFollowUp} onHalf={setHalfPromise} />
            <ComplaintForm value={complaint} needed={disposition?.complaint === true || disposition?.requires?.includes('complaint') === true} onChange={setComplaint} />
          </Pane>
        </div>
      </div>
    </div>
  );
}

/** How long the call stays open by itself, quietly, and the way to keep it open. */
function AutoFinishLine({ auto, onKeepOpen }: { auto: AutoFinish; onKeepOpen: () => void }): ReactNode {
  const t = useT();
  if (auto.kind === 'off') return null;
  return (
    <div className={css['auto']}>
      <span className={css['hint']}>{auto.kind === 'waiting' ? t('wrap-up.closes-waiting') : t('wrap-up.closes-in', { time: clockText(auto.leftMs) })}</span>
      <Button size="sm" variant="quiet" onClick={onKeepOpen}>
        {t('wrap-up.keep-open')}
      </Button>
    </div>
  );
}
