import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { textIn, withText } from '#shared/domain/authoring/local-text.ts';
import type { EditorProps } from '../editing.ts';
import { ListField } from '../forms/ListField.tsx';
import { RecordSections } from '../forms/RecordForm.tsx';
import { useScript } from './script-context.ts';
import css from './script.module.css';

/** The script as a whole: what it is called, when it opens, who it is for. */
export function ScriptHead(editor: EditorProps): ReactNode {
  const t = useT();
  const { script, edit, language, base, known } = useScript();
  const words = (key: 'title' | 'description') => ({ value: textIn(script[key], language, base), onValueChange: (next: string): void => edit({ type: 'head', patch: { [key]: withText(script[key], language, base, next) ?? '' } }, `head.${key}`) });
  const list = (key: 'examples' | 'queues') => ({ value: script[key] ?? [], onValueChange: (next: string[]): void => edit({ type: 'head', patch: { [key]: next.length === 0 ? null : next } }) });
  return (
    <div className={css['form']}>
      <TextField label={t('edit.title')} {...words('title')} maxLength={400} required />
      <NoteArea label={t('edit.script.description')} fit="grow" minRows={2} maxRows={6} {...words('description')} hint={t('edit.script.description-hint')} />
      <SegmentedField label={t('edit.script.kind')} value={script.kind} onValueChange={(kind) => edit({ type: 'head', patch: { kind: kind === 'sub-script' ? 'sub-script' : 'call' } })} options={[{ value: 'call', label: t('edit.script.call') }, { value: 'sub-script', label: t('edit.script.sub') }]} />
      <ListField label={t('edit.script.examples')} hint={t('edit.script.examples-hint')} {...list('examples')} />
      <ListField label={t('edit.script.queues')} hint={t('edit.script.queues-hint')} {...list('queues')} />
      <SelectField label={t('edit.script.framework')} value={script.framework ?? ''} onValueChange={(next) => edit({ type: 'head', patch: { framework: next === '' ? null : next } })} options={[{ value: '', label: t('edit.none') }, ...(known.titles.framework ?? []).map(({ id, title }) => ({ value: id, label: title }))]} />
      <RecordSections form={{ ...editor, language: base, base }} />
    </div>
  );
}
