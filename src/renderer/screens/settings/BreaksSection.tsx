import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { SwitchField } from '#renderer/ui/SwitchField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { BREAK_PRESETS } from '#shared/domain/wellbeing/presets.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { readRanges, writeRanges } from './hours-text.ts';
import { useLocks } from './PolicySection.tsx';
import { presetName } from './presets.ts';
import { Section } from './Section.tsx';
import css from './Settings.module.css';

type Breaks = Settings['breaks'];
/** A Monday at noon: the week's names start there. */
const MONDAY = Date.UTC(2026, 0, 5, 12);
const DAY_MS = 86_400_000;

/** Break rules, working hours, questions, and whom to turn to after the worst calls. */
export function BreaksSection(): ReactNode {
  const t = useT();
  const { settings, policy } = useDesk();
  const lock = useLocks();
  const maxPostpones = useStore(policy, ({ maxPostpones: most }) => most ?? 20);
  const { breaks } = useStore(settings);
  const update = (patch: Partial<Breaks>): void => void settings.actions.update({ breaks: patch });
  return (
    <>
      <Section title={t('settings.breaks')}>
        <SelectField
          label={t('settings.breaks-preset')}
          hint={lock('breaks.minimum') === undefined ? undefined : t('settings.breaks-minimum', { preset: t(presetName(breaks.minimum)) })}
          value={breaks.preset}
          onValueChange={(preset) => update({ preset })}
          options={BREAK_PRESETS.map(({ id }) => ({ value: id, label: t(presetName(id)) }))}
        />
        <NumberField label={t('settings.breaks-postpones')} value={breaks.postpones} min={0} max={maxPostpones} onValueChange={(value) => (value === null ? undefined : update({ postpones: value }))} />
        <SwitchField label={t('settings.breaks-sound')} value={breaks.sound} onValueChange={(sound) => update({ sound })} />
        <NumberField label={t('settings.breaks-check-ins')} hint={t('settings.breaks-check-ins-hint')} value={breaks.checkIns.perDay} min={0} max={12} onValueChange={(value) => (value === null ? undefined : update({ checkIns: { ...breaks.checkIns, perDay: value } }))} />
        {breaks.checkIns.perDay === 0 ? null : (
          <NumberField label={t('settings.breaks-every')} unit="min" value={breaks.checkIns.everyMinutes} min={15} max={720} onValueChange={(value) => (value === null ? undefined : update({ checkIns: { ...breaks.checkIns, everyMinutes: value } }))} />
        )}
        <SwitchField label={t('settings.breaks-start')} value={breaks.shiftStart} onValueChange={(shiftStart) => update({ shiftStart })} />
        <SwitchField label={t('settings.breaks-end')} value={breaks.shiftEnd} onValueChange={(shiftEnd) => update({ shiftEnd })} />
        <Hours hours={breaks.hours} locked={lock('breaks.hours')} onSave={(hours) => update({ hours })} />
      </Section>
      <Section title={t('settings.support')}>
        <Support support={breaks.support} locked={lock('breaks.support')} onSave={(support) => update({ support })} />
      </Section>
    </>
  );
}

/** One line per weekday; saved when a line that can be read is left. */
function Hours({ hours, locked, onSave }: { hours: Breaks['hours']; locked: string | undefined; onSave: (hours: Breaks['hours']) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [lines, setLines] = useState(() => linesOf(hours));
  useEffect(() => setLines(linesOf(hours)), [hours]);
  const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const save = (): void => {
    const days = lines.map(readRanges);
    if (days.some((day) => day === undefined)) return;
    const read = days.flatMap((day) => (day === undefined ? [] : [day]));
    onSave(read.every((day) => day.length === 0) ? null : { days: read });
  };
  return (
    <fieldset className={css['hours']}>
      <legend>{t('settings.breaks-hours')}</legend>
      <p className={css['text']}>{locked ?? t('settings.breaks-hours-hint')}</p>
      {lines.map((line, index) => (
        <TextField
          key={name.format(MONDAY + index * DAY_MS)}
          label={name.format(MONDAY + index * DAY_MS)}
          value={line}
          onValueChange={(value) => setLines(lines.map((one, place) => (place === index ? value : one)))}
          onBlur={save}
          disabled={locked !== undefined}
          error={readRanges(line) === undefined ? t('settings.breaks-hours-unread') : undefined}
        />
      ))}
    </fieldset>
  );
}

function linesOf(hours: Breaks['hours']): string[] {
  return Array.from({ length: 7 }, (_, index) => writeRanges(hours?.days[index] ?? []));
}

function Support({ support, locked, onSave }: { support: Breaks['support']; locked: string | undefined; onSave: (support: Breaks['support']) => void }): ReactNode {
  const t = useT();
  const [people, setPeople] = useState(() => peopleText(support));
  const [words, setWords] = useState(support.words);
  const [emergency, setEmergency] = useState(support.emergency);
  useEffect(() => {
    setPeople(peopleText(support));
    setWords(support.words);
    setEmergency(support.emergency);
  }, [support]);
  const off = locked !== undefined;
  const save = (): void => onSave({ words: words.trim(), emergency: emergency.trim(), people: peopleOf(people) });
  return (
    <>
      <NoteArea label={t('settings.breaks-contacts')} hint={locked ?? t('settings.breaks-contacts-hint')} disabled={off} fit="grow" minRows={2} maxRows={6} value={people} onValueChange={setPeople} onBlur={save} />
      <TextField label={t('settings.breaks-words')} value={words} disabled={off} onValueChange={setWords} onBlur={save} maxLength={400} />
      <TextField label={t('settings.breaks-emergency')} value={emergency} disabled={off} onValueChange={setEmergency} onBlur={save} maxLength={400} />
    </>
  );
}

function peopleText({ people }: Breaks['support']): string {
  return people.map(({ name, how }) => (how === '' ? name : `${name}, ${how}`)).join('\n');
}

function peopleOf(text: string): Breaks['support']['people'] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 20)
    .map((line) => {
      const comma = line.indexOf(',');
      return comma < 0 ? { name: line.slice(0, 400), how: '' } : { name: line.slice(0, comma).trim().slice(0, 400), how: line.slice(comma + 1).trim().slice(0, 400) };
    });
}
