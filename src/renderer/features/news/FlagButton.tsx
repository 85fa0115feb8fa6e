import { IconFlag } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NoteArea } from '#renderer/ui/NoteArea.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { Flag, FlagSubject } from '#shared/domain/news/flag.ts';
import css from './news.module.css';
import type { NewsStore } from './news.store.ts';

const PROBLEMS = ['wrong', 'unclear', 'out-of-date'] as const;

/** The small flag on a card, a step or a line: one sentence, and on with the call. */
export function FlagButton({ about, actions }: { about: FlagSubject; actions: Pick<NewsStore['actions'], 'flag'> }): ReactNode {
  const t = useT();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<Flag['problem']>('wrong');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const send = (): void => {
    setBusy(true);
    void actions
      .flag({ about: { ...about, title: about.title.slice(0, 400) }, problem, text: text.trim() })
      .then(
        () => {
          setOpen(false);
          setText('');
          toast({ tone: 'ok', title: t('flags.kept') });
        },
        // The words stay where they are until they are stored.
        () => toast({ tone: 'error', title: t('common.failed') }),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <IconButton label={t('flags.do')} icon={<IconFlag />} onClick={() => setOpen(true)} />
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('flags.title', { title: about.title })}
        closeLabel={t('common.close')}
        size="sm"
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Button variant="primary" busy={busy} onClick={send}>
              {t('flags.send')}
            </Button>
          </>
        }
      >
        <div className={css['form']}>
          <SegmentedField label={t('flags.problem')} value={problem} onValueChange={(value) => setProblem(PROBLEMS.find((one) => one === value) ?? 'wrong')} options={PROBLEMS.map((value) => ({ value, label: t(`flags.problem.${value}`) }))} />
          <NoteArea label={t('flags.text')} hint={t('flags.hint')} value={text} onValueChange={setText} fit="grow" minRows={3} maxRows={8} maxLength={4_000} data-autofocus />
        </div>
      </Dialog>
    </>
  );
}
