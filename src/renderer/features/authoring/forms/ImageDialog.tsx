import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { NewImage } from '../editing.ts';
import css from './forms.module.css';
import { shrinkImage, type Shrunk } from './shrink-image.ts';

/** Chooses a picture and says what it shows. The page reads the one file a person picked; nothing is fetched. */
export function ImageDialog({ open, onClose, onPicked }: { open: boolean; onClose: () => void; onPicked: (image: NewImage) => Promise<void> }): ReactNode {
  const t = useT();
  const [image, setImage] = useState<Shrunk>();
  const [problem, setProblem] = useState(false);
  const [alt, setAlt] = useState('');
  const [busy, setBusy] = useState(false);
  const close = (): void => {
    setImage(undefined);
    setAlt('');
    setProblem(false);
    onClose();
  };
  const choose = (file: File | undefined): void => {
    if (file === undefined) return;
    setBusy(true);
    void shrinkImage(file).then((found) => {
      setImage(found);
      setProblem(found === undefined);
      setBusy(false);
    });
  };
  const add = (): void => {
    if (image === undefined || alt.trim() === '') return;
    setBusy(true);
    void onPicked({ ...image, alt: alt.trim() }).then(close, () => setProblem(true)).finally(() => setBusy(false));
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('edit.image.add')}
      closeLabel={t('edit.close')}
      actions={
        <Button variant="primary" busy={busy} disabled={image === undefined || alt.trim() === ''} onClick={add}>
          {t('edit.image.insert')}
        </Button>
      }
    >
      <div className={css['form']}>
        <label className={css['file']}>
          <span>{t('edit.image.file')}</span>
          <input type="file" accept="image/png,image/jpeg,image/webp,image/gif,image/bmp" onChange={(event) => choose(event.currentTarget.files?.[0])} />
        </label>
        {problem ? <Banner tone="error" live="alert" title={t('edit.image.unreadable')} /> : null}
        {image === undefined ? null : <img className={css['thumb']} src={`data:${image.type};base64,${image.data}`} alt={alt} />}
        <TextField label={t('edit.image.alt')} hint={t('edit.image.alt-hint')} value={alt} onValueChange={setAlt} maxLength={400} required />
      </div>
    </Dialog>
  );
}
