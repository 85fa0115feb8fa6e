import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { ProgressBar } from '#renderer/ui/ProgressBar.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { Failure } from '#shared/domain/transfer/job.ts';
import css from './CatalogueImport.module.css';

type Start = { kind: 'empty' } | { kind: 'looking'; name: string } | { kind: 'unreadable'; name: string; reason: Failure };

/** An import before there is anything to see of its file: no file, one being read, or one that cannot be read. */
export function ImportStart({ state, title, icon, words, onChoose }: { state: Start; title: string; icon: ReactNode; words: { title: string; text: string; choose: string }; onChoose: () => void }): ReactNode {
  const t = useT();
  switch (state.kind) {
    case 'empty':
      return (
        <Pane title={title} hideTitle>
          <EmptyState icon={icon} title={words.title} action={<ChooseFile label={words.choose} primary onChoose={onChoose} />}>
            {words.text}
          </EmptyState>
        </Pane>
      );
    case 'looking':
      return (
        <Pane title={title} hideTitle>
          <div className={css['stage']}>
            <ProgressBar label={t('transfer.looking', { name: state.name })} value={null} valueText="" />
          </div>
        </Pane>
      );
    case 'unreadable':
      return (
        <Pane title={title} hideTitle>
          <div className={css['stage']}>
            <Banner tone="error" live="alert" title={t('transfer.unreadable', { name: state.name })}>
              {t(`transfer.failure.${state.reason}`)}
            </Banner>
            <div>
              <ChooseFile label={t('transfer.choose-other')} primary onChoose={onChoose} />
            </div>
          </div>
        </Pane>
      );
  }
}

export function ChooseFile({ label, primary = false, onChoose }: { label: string; primary?: boolean; onChoose: () => void }): ReactNode {
  return (
    <Button variant={primary ? 'primary' : 'neutral'} onClick={onChoose}>
      {label}
    </Button>
  );
}

/** An import that has ended: what became of it and, where something was refused, the list with its report to save. */
export function ImportEnd({ title, refusedTitle, refused, outcome, onChoose, onSave, children }: { title: string; refusedTitle: string; refused: number; outcome: ReactNode; onChoose: () => void; onSave: () => Promise<'saved' | 'not-saved' | 'failed'>; children: ReactNode }): ReactNode {
  const t = useT();
  const toast = useToast();
  const save = (): void => {
    void onSave().then((saved) => {
      if (saved === 'saved') toast({ tone: 'ok', title: t('transfer.report.saved') });
      if (saved === 'failed') toast({ tone: 'error', title: t('transfer.report.failed') });
    });
  };
  return (
    <Pane title={title} body="flush" toolbar={<ChooseFile label={t('transfer.again')} primary onChoose={onChoose} />}>
      <div className={css['outcome']}>{outcome}</div>
      {refused === 0 ? null : (
        <section aria-label={refusedTitle}>
          <header className={css['heading']}>
            <h3>{refusedTitle}</h3>
            <Button size="sm" onClick={save}>
              {t('transfer.report.save')}
            </Button>
          </header>
          {children}
        </section>
      )}
    </Pane>
  );
}
