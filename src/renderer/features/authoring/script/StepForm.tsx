import { IconCornerDownRight, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { textIn, withText } from '#shared/domain/authoring/local-text.ts';
import type { LocalText } from '#shared/domain/common.ts';
import type { Patch } from '#shared/domain/scripts/edit.ts';
import { linesOfStep, PANE } from '#shared/domain/scripts/pane.ts';
import type { Step } from '#shared/domain/scripts/schema.ts';
import { findingText } from '../editing.ts';
import { situations } from '../forms/kinds.ts';
import { CaptureList } from './CaptureList.tsx';
import { newStep } from './new-parts.ts';
import { useScript } from './script-context.ts';
import css from './script.module.css';
import { SlotArea } from './SlotArea.tsx';
import { WayList } from './WayList.tsx';

/** Everything about one step. Drawn anew for each step, so that nothing typed for one lands in another. */
export function StepForm({ step, cueRef }: { step: Step; cueRef: (input: HTMLInputElement | null) => void }): ReactNode {
  const t = useT();
  const { script, edit, select, byStep, language, base, cueOf } = useScript();
  const set = (patch: Patch<Omit<Step, 'id'>>, about?: string): void => edit({ type: 'step', id: step.id, patch }, about === undefined ? undefined : `${step.id}.${about}`);
  const words = (name: 'cue' | 'say' | 'doThis' | 'mustSay') => ({
    value: textIn(step[name], language, base),
    onValueChange: (next: string): void => {
      const text: LocalText | undefined = withText(step[name], language, base, next);
      // A cue is always there, if only empty; an emptied wording goes, a must-say mark stays until it is taken off.
      set({ [name]: text ?? (name === 'cue' || name === 'mustSay' ? '' : null) }, name);
    },
  });
  const said = (label: string): string => (language === base ? label : t('edit.in-language', { label, language }));
  const other = (name: 'cue' | 'say' | 'doThis'): string | undefined => (language === base ? undefined : textIn(step[name], base, base) || undefined);
  const findings = byStep.get(step.id) ?? [];
  const lines = linesOfStep(step, script);
  const addAfter = (): void => {
    const next = newStep(script);
    edit({ type: 'add-step', step: next, after: step.id, from: { id: step.id, way: 'open' } });
    select({ step: next.id });
  };
  return (
    <div className={css['form']}>
      {findings.length === 0 ? null : (
        <ul className={css['findings']} aria-label={t('edit.findings.step')}>
          {findings.map((finding, at) => (
            <li key={at} data-severity={finding.severity}>
              {findingText(finding, t, cueOf)}
            </li>
          ))}
        </ul>
      )}
      <TextField label={said(t('edit.step.cue'))} hint={other('cue') ?? t('edit.step.cue-hint')} {...words('cue')} maxLength={400} inputRef={cueRef} required />
      <SlotArea label={said(t('edit.step.say'))} {...words('say')} rows={4} hint={other('say') ?? t('edit.step.lines', { lines, limit: PANE.lines })} />
      <div className={css['pair']}>
        <SegmentedField label={t('edit.step.line')} value={step.line ?? 'talking-point'} onValueChange={(next) => set({ line: next === 'verbatim' ? 'verbatim' : 'talking-point' })} options={[{ value: 'talking-point', label: t('edit.line.talking-point') }, { value: 'verbatim', label: t('edit.line.verbatim') }]} />
        <div className={css['must']}>
          <CheckField label={t('edit.step.must-say')} hint={t('edit.step.must-say-hint')} value={step.mustSay !== undefined} onValueChange={(on) => set({ mustSay: on ? step.cue : null })} />
          {step.mustSay === undefined ? null : <TextField label={said(t('edit.step.must-say-name'))} {...words('mustSay')} maxLength={400} />}
        </div>
      </div>
      <SlotArea label={said(t('edit.step.do'))} {...words('doThis')} rows={1} hint={other('doThis') ?? t('edit.step.do-hint')} />
      <WayList step={step} />
      <CaptureList step={step} />
      <More step={step} set={set} />
      <div className={css['foot']}>
        <Button size="sm" icon={<IconCornerDownRight />} onClick={addAfter}>
          {t('edit.step.add-after')}
        </Button>
        <Button size="sm" disabled={script.entry === step.id} onClick={() => edit({ type: 'entry', id: step.id })}>
          {t('edit.step.make-entry')}
        </Button>
        <Button size="sm" variant="danger" icon={<IconTrash />} disabled={script.steps.length === 1} onClick={() => edit({ type: 'remove-step', id: step.id })}>
          {t('edit.step.remove')}
        </Button>
      </div>
    </div>
  );
}

/** What few steps need: another script, an article, words for a feeling, the name inside the script. */
function More({ step, set }: { step: Step; set: (patch: Patch<Omit<Step, 'id'>>) => void }): ReactNode {
  const t = useT();
  const { script, known, edit, select } = useScript();
  const [name, setName] = useState(step.id);
  const none = { value: '', label: t('edit.none') };
  const listed = (own: string | undefined, options: { value: string; label: string }[]) => [none, ...options, ...(own === undefined || options.some(({ value }) => value === own) ? [] : [{ value: own, label: t('edit.not-here', { id: own }) }])];
  const pick = (key: 'subScript' | 'article' | 'situation' | 'stage') => (next: string): void => set({ [key]: next === '' ? null : next });
  const rename = (): void => {
    const to = name.trim().toLowerCase();
    if (to === step.id || !/^[a-z0-9][a-z0-9-]{0,59}$/.test(to) || script.steps.some((one) => one.id === to)) return setName(step.id);
    edit({ type: 'rename-step', id: step.id, to });
    select({ step: to });
  };
  return (
    <details className={css['more']} {...(step.subScript === undefined && step.article === undefined ? {} : { open: true })}>
      <summary>{t('edit.step.more')}</summary>
      <div className={css['pairs']}>
        <SelectField label={t('edit.step.sub-script')} hint={t('edit.step.sub-script-hint')} value={step.subScript ?? ''} onValueChange={pick('subScript')} searchable options={listed(step.subScript, known.scripts.filter((one) => one.id !== script.id).map((one) => ({ value: one.id, label: known.titles.script?.find(({ id }) => id === one.id)?.title ?? one.id })))} />
        <SelectField label={t('edit.step.article')} value={step.article ?? ''} onValueChange={pick('article')} searchable options={listed(step.article, (known.titles.article ?? []).map(({ id, title }) => ({ value: id, label: title })))} />
        <SelectField label={t('edit.step.situation')} value={step.situation ?? ''} onValueChange={pick('situation')} searchable options={listed(step.situation, situations.map(([id, label]) => ({ value: id, label: t(label) })))} />
        <TextField label={t('edit.step.stage')} value={step.stage ?? ''} onValueChange={pick('stage')} maxLength={60} code />
        <TextField label={t('edit.step.id')} hint={t('edit.step.id-hint')} value={name} onValueChange={setName} onBlur={rename} maxLength={60} code />
      </div>
    </details>
  );
}

