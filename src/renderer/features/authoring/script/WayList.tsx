import { IconArrowDown, IconArrowUp, IconGitBranch, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { ruleOf, typedValue } from '#shared/domain/authoring/condition.ts';
import { textIn, withText } from '#shared/domain/authoring/local-text.ts';
import { localize } from '#shared/domain/common.ts';
import { EDIT_LIMITS, type Way } from '#shared/domain/scripts/edit.ts';
import type { Answer, Step } from '#shared/domain/scripts/schema.ts';
import { ConditionBuilder, firstTest } from './ConditionBuilder.tsx';
import { newAnswer } from './new-parts.ts';
import { useScript } from './script-context.ts';
import css from './script.module.css';
import { TargetPicker } from './TargetPicker.tsx';

/** Every way on from a step: what the caller may answer, what is decided without asking, and what follows otherwise. */
export function WayList({ step }: { step: Step }): ReactNode {
  const t = useT();
  const { script, edit, select, selection } = useScript();
  const answers = step.answers ?? [];
  const branches = step.branches ?? [];
  const [fresh, setFresh] = useState('');
  const asks = answers.length > 0 || branches.length > 0;
  const addAnswer = (): void => {
    const answer = newAnswer(script, step);
    edit({ type: 'add-answer', id: step.id, answer });
    select({ step: step.id, way: { kind: 'answer', at: answers.length } });
    setFresh(answer.id);
  };
  const addBranch = (): void => {
    edit({ type: 'add-branch', id: step.id, branch: { when: ruleOf({ join: 'all', tests: [firstTest(script.fields?.[0]?.id)] }), to: newAnswer(script, step).to } });
    select({ step: step.id, way: { kind: 'branch', at: branches.length } });
  };
  return (
    <section className={css['ways']} aria-label={t('edit.ways')}>
      <h3>{t('edit.ways')}</h3>
      <ol>
        {answers.map((answer, at) => (
          <AnswerItem key={answer.id} step={step} answer={answer} at={at} fresh={answer.id === fresh} picked={selection.way?.kind === 'answer' && selection.way.at === at} last={at === answers.length - 1} />
        ))}
        {branches.map((branch, at) => (
          <li key={`branch-${at}`} className={css['way']} data-picked={(selection.way?.kind === 'branch' && selection.way.at === at) || undefined}>
            <div className={css['wayHead']}>
              <span className={css['wayKind']}>
                <IconGitBranch aria-hidden />
                {t('edit.branch.when', { number: at + 1 })}
              </span>
              <WayTools step={step} way={{ kind: 'branch', at }} last={at === branches.length - 1} name={t('edit.branch.name', { number: at + 1 })} />
            </div>
            <ConditionBuilder rule={branch.when} label={t('edit.branch.name', { number: at + 1 })} onChange={(when) => edit({ type: 'branch', id: step.id, at, patch: { when } }, `${step.id}.branch${at}`)} />
            <TargetPicker label={t('edit.connect.to')} id={step.id} way={{ kind: 'branch', at }} to={branch.to} />
          </li>
        ))}
      </ol>
      <TargetPicker label={asks ? t('edit.next.otherwise') : t('edit.next.then')} id={step.id} way={{ kind: 'next' }} to={step.next} nowhere={asks ? t('edit.next.none') : t('edit.next.ends')} />
      <div className={css['wayAdd']}>
        <Button size="sm" icon={<IconPlus />} disabled={answers.length >= EDIT_LIMITS.answers} onClick={addAnswer}>
          {t('edit.answer.add')}
        </Button>
        <Button size="sm" variant="quiet" icon={<IconGitBranch />} disabled={branches.length >= EDIT_LIMITS.branches} onClick={addBranch}>
          {t('edit.branch.add')}
        </Button>
      </div>
    </section>
  );
}

function WayTools({ step, way, last, name }: { step: Step; way: Exclude<Way, { kind: 'next' }>; last: boolean; name: string }): ReactNode {
  const t = useT();
  const { edit } = useScript();
  return (
    <span className={css['wayTools']}>
      <IconButton label={t('edit.way.up', { name })} icon={<IconArrowUp />} disabled={way.at === 0} onClick={() => edit({ type: 'move-way', id: step.id, way, to: way.at - 1 })} />
      <IconButton label={t('edit.way.down', { name })} icon={<IconArrowDown />} disabled={last} onClick={() => edit({ type: 'move-way', id: step.id, way, to: way.at + 1 })} />
      <IconButton label={t('edit.way.remove', { name })} icon={<IconTrash />} tone="danger" onClick={() => edit({ type: 'disconnect', id: step.id, way })} />
    </span>
  );
}

function AnswerItem({ step, answer, at, fresh, picked, last }: { step: Step; answer: Answer; at: number; fresh: boolean; picked: boolean; last: boolean }): ReactNode {
  const t = useT();
  const { script, edit, language, base } = useScript();
  const input = useRef<HTMLInputElement>(null);
  // A new answer is written at once; one added in the outline leaves focus there.
  useEffect(() => {
    if (fresh) input.current?.focus();
  }, [fresh]);
  const change = (patch: Partial<Record<'label' | 'when' | 'set', unknown>>, about?: string): void => edit({ type: 'answer', id: step.id, at, patch: patch as never }, about === undefined ? undefined : `${step.id}.answer${at}.${about}`);
  const name = textIn(answer.label, language, base) || t('edit.answer.no-words');
  return (
    <li className={css['way']} data-picked={picked || undefined}>
      <div className={css['wayHead']}>
        <span className={css['digit']} aria-hidden>
          {at < 10 ? (at + 1) % 10 : '–'}
        </span>
        <div className={css['wayLabel']}>
          <TextField label={t('edit.answer.label', { number: at + 1 })} hideLabel placeholder={t('edit.answer.placeholder')} value={textIn(answer.label, language, base)} onValueChange={(next) => change({ label: withText(answer.label, language, base, next) ?? '' }, 'label')} maxLength={400} inputRef={input} />
        </div>
        <WayTools step={step} way={{ kind: 'answer', at }} last={last} name={name} />
      </div>
      <TargetPicker label={t('edit.connect.to')} hideLabel id={step.id} way={{ kind: 'answer', at }} to={answer.to} />
      <details className={css['more']} {...(answer.when !== undefined || answer.set !== undefined ? { open: true } : {})}>
        <summary>{t('edit.answer.more')}</summary>
        {answer.when === undefined ? (
          <div>
            <Button size="sm" variant="quiet" icon={<IconPlus />} onClick={() => change({ when: ruleOf({ join: 'all', tests: [firstTest(script.fields?.[0]?.id)] }) })}>
              {t('edit.answer.add-when')}
            </Button>
          </div>
        ) : (
          <>
            <ConditionBuilder rule={answer.when} label={t('edit.answer.when', { name })} onChange={(when) => change({ when }, 'when')} />
            <div>
              <Button size="sm" variant="quiet" icon={<IconTrash />} onClick={() => change({ when: null })}>
                {t('edit.answer.always')}
              </Button>
            </div>
          </>
        )}
        <Settles answer={answer} onChange={(set) => change({ set: Object.keys(set).length === 0 ? null : set }, 'set')} />
      </details>
    </li>
  );
}

/** Fields an answer settles without the agent typing them. */
function Settles({ answer, onChange }: { answer: Answer; onChange: (set: NonNullable<Answer['set']>) => void }): ReactNode {
  const t = useT();
  const { script, language } = useScript();
  const set = answer.set ?? {};
  const fields = script.fields ?? [];
  const labelOf = (id: string): string => {
    const field = fields.find((one) => one.id === id);
    return field === undefined ? id : localize(field.label, language, script.language);
  };
  const free = fields.filter(({ id }) => !(id in set));
  return (
    <div className={css['settles']}>
      {Object.entries(set).map(([id, value]) => (
        <div key={id} className={css['test']}>
          <TextField label={t('edit.answer.settles', { field: labelOf(id) })} value={String(value)} onValueChange={(next) => onChange({ ...set, [id]: typedValue(next, fields.find((one) => one.id === id)?.type) })} />
          <IconButton label={t('edit.answer.unsettle', { field: labelOf(id) })} icon={<IconTrash />} onClick={() => onChange(Object.fromEntries(Object.entries(set).filter(([other]) => other !== id)))} />
        </div>
      ))}
      {free.length === 0 ? null : <SelectField label={t('edit.answer.add-settles')} value={null} placeholder={t('edit.none')} onValueChange={(id) => onChange({ ...set, [id]: fields.find((one) => one.id === id)?.type === 'yes-no' ? true : '' })} options={free.map(({ id }) => ({ value: id, label: labelOf(id) }))} />}
    </div>
  );
}
