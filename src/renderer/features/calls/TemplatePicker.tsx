import Fuse from 'fuse.js';
import { useMemo, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { choiceByDigit, NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { NoteTemplate } from '#shared/domain/calls/note-templates.ts';
import css from './CallBar.module.css';

export type TemplatePickerProps = {
  templates: readonly NoteTemplate[];
  /** Words marked in the note, which can be kept as a template. */
  marked: string;
  onPick: (template: NoteTemplate) => void;
  onKeep: (title: string) => void;
  onClose: () => void;
};

const SHOWN = 9;

/** The agent's own pieces of note, by digit or by a few letters of their title or text. */
export function TemplatePicker({ templates, marked, onPick, onKeep, onClose }: TemplatePickerProps): ReactNode {
  const t = useT();
  const [text, setText] = useState('');
  const fuse = useMemo(() => new Fuse(templates, { keys: [{ name: 'title', weight: 2 }, 'text'], threshold: 0.4, ignoreLocation: true }), [templates]);
  const typed = text.trim();
  const shown = (typed === '' ? templates : fuse.search(typed).map((hit) => hit.item)).slice(0, SHOWN);
  return (
    <Dialog open onClose={onClose} title={t('note.templates')} closeLabel={t('common.close')}>
      <div className={css['templates']}>
        <TextField
          label={t(templates.length === 0 ? 'note.template-title' : 'note.template-find')}
          value={text}
          onValueChange={setText}
          autoFocus
          onKeyDown={(event) => {
            const digit = text === '' && !event.ctrlKey && !event.metaKey && !event.altKey ? choiceByDigit(event.key) : undefined;
            const picked = digit === undefined ? (event.key === 'Enter' ? shown[0] : undefined) : shown[digit];
            if (picked === undefined) return;
            event.preventDefault();
            onPick(picked);
          }}
        />
        {templates.length === 0 ? <p className={css['quiet']}>{t('note.templates-none')}</p> : null}
        {templates.length > 0 && shown.length === 0 ? <p className={css['quiet']}>{t('note.template-unfound')}</p> : null}
        <NumberedChoices label={t('note.templates')} choices={shown.map((one) => ({ id: one.id, label: one.title, detail: one.text }))} onPick={(_id, index) => shown[index] !== undefined && onPick(shown[index])} />
        {marked.trim() === '' ? null : (
          <div>
            <Button size="sm" disabled={typed === ''} onClick={() => onKeep(typed)}>
              {t('note.template-keep')}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
