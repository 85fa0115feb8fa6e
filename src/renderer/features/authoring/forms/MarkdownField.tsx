import { IconPhotoPlus } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Markdown } from '#renderer/ui/Markdown.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import type { Known } from '../editing.ts';
import { ImageDialog } from './ImageDialog.tsx';
import css from './forms.module.css';

/** Markdown with the text as agents see it beside it, or instead of it where there is no room. */
export function MarkdownField({ label, hint, error, value, onValueChange, known }: { label: string; hint?: string; error?: string | undefined; value: string; onValueChange: (next: string) => void; known: Known }): ReactNode {
  const t = useT();
  const [shown, setShown] = useState('write');
  const [picturing, setPicturing] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const { addImage } = known;
  const insert = (text: string): void => {
    const at = area.current?.selectionStart ?? value.length;
    onValueChange(`${value.slice(0, at)}${at > 0 && !value.slice(0, at).endsWith('\n\n') ? '\n\n' : ''}${text}\n\n${value.slice(at)}`);
  };
  return (
    <div className={css['markdown']}>
      <div className={css['markdownHead']}>
        <SegmentedField label={label} value={shown} onValueChange={setShown} options={[{ value: 'write', label: t('edit.markdown.write') }, { value: 'read', label: t('edit.markdown.read') }]} />
        {addImage === undefined ? null : (
          <Button size="sm" icon={<IconPhotoPlus />} onClick={() => setPicturing(true)}>
            {t('edit.image.add')}
          </Button>
        )}
      </div>
      {shown === 'write' ? (
        <NoteArea ref={area} label={label} hideLabel fit="grow" minRows={10} maxRows={26} value={value} onValueChange={onValueChange} hint={error === undefined ? (hint ?? t('edit.markdown.hint')) : <span className={css['error']}>{error}</span>} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls is reached by keyboard
        <div className={css['preview']} tabIndex={0} role="group" aria-label={t('edit.markdown.read')}>
          <Markdown text={value} onLink={() => undefined} image={known.image ?? (() => undefined)} />
        </div>
      )}
      {addImage === undefined ? null : (
        <ImageDialog
          open={picturing}
          onClose={() => setPicturing(false)}
          onPicked={async (image) => {
            const id = await addImage(image);
            insert(`![${image.alt.replaceAll(/[[\]\n]/g, ' ')}](image:${id})`);
          }}
        />
      )}
    </div>
  );
}
