import { IconPencil, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { Prompt } from '#shared/domain/prompts/schema.ts';
import { LONGEST_OWN, type PreferencesStore } from './preferences.store.ts';
import css from './PromptPane.module.css';

/** The agent's own words, each changed or taken away in place. */
export function OwnWordsList({ store }: { store: PreferencesStore }): ReactNode {
  const t = useT();
  const toast = useToast();
  const { personal } = useStore(store);
  const [editing, setEditing] = useState<string>();
  if (personal.length === 0) return <p className={css['quietText']}>{t('memory.own.none')}</p>;
  const remove = (prompt: Prompt): void => {
    const before = store.getState();
    store.actions.removeOwn(prompt.id);
    toast({ tone: 'ok', title: t('memory.own.removed'), stayMs: 10_000, action: { label: t('memory.undo'), onAction: () => store.actions.restore(before) } });
  };
  return (
    <ul className={css['keptList']} aria-label={t('memory.own')}>
      {personal.map((prompt) => (
        <li key={prompt.id} className={css['kept']}>
          {editing === prompt.id ? (
            <Edit
              text={prompt.wordings[0]?.text ?? ''}
              onCancel={() => setEditing(undefined)}
              onSave={(text) => {
                if (store.actions.editOwn(prompt.id, text)) setEditing(undefined);
              }}
            />
          ) : (
            <>
              <span className={css['keptWords']}>
                <span dir="auto">{prompt.wordings[0]?.text ?? ''}</span>
                <span className={css['detail']}>{t(`situation.${prompt.situation}`)}</span>
              </span>
              <IconButton label={t('memory.own.edit')} icon={<IconPencil />} onClick={() => setEditing(prompt.id)} />
              <IconButton label={t('memory.own.remove')} icon={<IconTrash />} onClick={() => remove(prompt)} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Edit({ text: before, onSave, onCancel }: { text: string; onSave: (text: string) => void; onCancel: () => void }): ReactNode {
  const t = useT();
  const [text, setText] = useState(before);
  return (
    <form
      className={css['own']}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(text);
      }}
    >
      <NoteArea
        label={t('prompts.own-text')}
        fit="grow"
        minRows={2}
        value={text}
        onValueChange={setText}
        maxLength={LONGEST_OWN}
        hint={t('prompts.own-hint')}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onSave(text);
        }}
      />
      <div className={css['stageMoves']}>
        <Button size="sm" type="submit" disabled={text.trim() === ''}>
          {t('prompts.own-save')}
        </Button>
        <Button size="sm" variant="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Wordings with the agent's star; one whose prompt has left the desk is named so and can go. */
export function FavouriteList({ store, prompts }: { store: PreferencesStore; prompts: readonly Prompt[] }): ReactNode {
  const t = useT();
  const { favourites, personal } = useStore(store);
  if (favourites.length === 0) return <p className={css['quietText']}>{t('memory.favourites.none')}</p>;
  const known = [...personal, ...prompts];
  return (
    <ul className={css['keptList']} aria-label={t('memory.favourites')}>
      {favourites.map((key) => {
        const [id, wording = '0'] = key.split('#');
        const prompt = known.find((one) => one.id === id);
        const text = prompt?.wordings[Number(wording)]?.text ?? prompt?.title;
        return (
          <li key={key} className={css['kept']}>
            <span className={css['keptWords']}>
              <span dir="auto">{text ?? id}</span>
              <span className={css['detail']}>{prompt === undefined ? t('memory.favourites.gone') : `${t(`situation.${prompt.situation}`)} · ${prompt.title}`}</span>
            </span>
            <IconButton label={t('memory.favourites.remove')} icon={<IconStarFilled />} pressed onClick={() => store.actions.removeFavourite(key)} />
          </li>
        );
      })}
    </ul>
  );
}
