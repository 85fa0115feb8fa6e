import { IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { NoteTemplate } from '#shared/domain/calls/note-templates.ts';
import { Section } from './Section.tsx';
import css from './Settings.module.css';

/** The agent's own pieces of note: written here, put in by key during a call. */
export function TemplatesSection(): ReactNode {
  const t = useT();
  const { settings } = useDesk();
  const { noteTemplates } = useStore(settings);
  const save = (list: readonly NoteTemplate[]): void => void settings.actions.update({ noteTemplates: [...list] });
  const [adding, setAdding] = useState(false);
  return (
    <Section title={t('note.templates')}>
      <p className={css['text']}>{t('settings.templates-hint')}</p>
      {noteTemplates.map((one) => (
        <Template
          key={one.id}
          template={one}
          onSave={(next) => save(noteTemplates.map((other) => (other.id === one.id ? next : other)))}
          onRemove={() => save(noteTemplates.filter((other) => other.id !== one.id))}
        />
      ))}
      {adding ? (
        <Template
          template={{ id: 'new', title: '', text: '' }}
          onSave={(next) => {
            save([...noteTemplates, { ...next, id: crypto.randomUUID() }]);
            setAdding(false);
          }}
          onRemove={() => setAdding(false)}
        />
      ) : (
        <div>
          <Button size="sm" onClick={() => setAdding(true)}>
            {t('settings.templates-add')}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Saved when the text is left with both parts written; a half one waits. */
function Template({ template, onSave, onRemove }: { template: NoteTemplate; onSave: (template: NoteTemplate) => void; onRemove: () => void }): ReactNode {
  const t = useT();
  const [title, setTitle] = useState(template.title);
  const [text, setText] = useState(template.text);
  const save = (): void => {
    if (title.trim() === '' || text.trim() === '' || (title.trim() === template.title && text === template.text)) return;
    onSave({ id: template.id, title: title.trim(), text });
  };
  return (
    <div className={css['template']}>
      <div className={css['templateTitle']}>
        <TextField label={t('settings.templates-title')} value={title} onValueChange={setTitle} onBlur={save} maxLength={400} autoFocus={template.title === ''} />
        <IconButton label={t('settings.templates-remove', { title: title === '' ? t('settings.templates-new') : title })} icon={<IconTrash />} onClick={onRemove} />
      </div>
      <NoteArea label={t('settings.templates-text')} fit="grow" minRows={2} maxRows={8} maxLength={4_000} value={text} onValueChange={setText} onBlur={save} />
    </div>
  );
}
