import { IconFileImport } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { ImportCountList, REFUSED_PAGE, RefusedTable, ScriptPreviewTable, type ScriptImportState } from '#renderer/features/transfer/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { ProgressBar } from '#renderer/ui/ProgressBar.tsx';
import css from './CatalogueImport.module.css';
import { ChooseFile, ImportEnd, ImportStart } from './ImportStages.tsx';

/** Brings call scripts to the desk: choose a file, see each script and what is wrong with it, take them, read what was refused. */
export function ScriptImport(): ReactNode {
  const t = useT();
  const { scriptImport } = useDesk();
  const state = useStore(scriptImport);
  useEffect(() => void scriptImport.actions.load(), [scriptImport]);
  switch (state.kind) {
    case 'loading':
      return null;
    case 'empty':
    case 'looking':
    case 'unreadable':
      return <ImportStart state={state} title={t('script-import.title')} icon={<IconFileImport />} words={{ title: t('script-import.empty.title'), text: t('script-import.empty.text'), choose: t('script-import.choose') }} onChoose={() => void scriptImport.actions.choose()} />;
    case 'preview':
      return <PreviewStage state={state} />;
    case 'running':
      return <RunningStage state={state} />;
    case 'ended':
      return <EndedStage state={state} />;
  }
}

function PreviewStage({ state }: { state: Extract<ScriptImportState, { kind: 'preview' }> }): ReactNode {
  const t = useT();
  const { scriptImport } = useDesk();
  const { preview, take, file } = state;
  const { takeOnly } = scriptImport.actions;
  const some = preview.scripts.length > 1;
  return (
    <Pane
      title={t('script-import.list')}
      aside={`${file.name} · ${t(`script-import.format.${preview.format}`)}`}
      body="flush"
      toolbar={
        some ? (
          <>
            <Button size="sm" variant="quiet" onClick={() => takeOnly('all')}>
              {t('script-import.take-all')}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => takeOnly('new')}>
              {t('script-import.take-new')}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => takeOnly('none')}>
              {t('script-import.take-none')}
            </Button>
          </>
        ) : undefined
      }
      footer={
        <div className={css['footer']}>
          <ChooseFile label={t('transfer.choose-other')} onChoose={() => void scriptImport.actions.choose()} />
          <Button variant="primary" busy={state.starting} disabled={take.size === 0} onClick={() => void scriptImport.actions.start()}>
            {t('script-import.start', { count: take.size })}
          </Button>
        </div>
      }
    >
      {state.failure === undefined && preview.refusedCount === 0 ? null : (
        <div className={css['banners']}>
          {state.failure === undefined ? null : (
            <Banner tone="error" live="alert" title={t('transfer.failed', { name: file.name })}>
              {t(`transfer.failure.${state.failure}`)}
            </Banner>
          )}
          {preview.refusedCount === 0 ? null : <Banner tone="warn" title={t('script-import.refused.lead', { count: preview.refusedCount })} />}
        </div>
      )}
      {preview.refusedCount === 0 ? null : <Refused refused={preview.refused.slice(0, REFUSED_PAGE)} total={Math.min(REFUSED_PAGE, preview.refused.length)} onPage={() => undefined} />}
      {preview.scripts.length === 0 ? null : <ScriptPreviewTable scripts={preview.scripts} take={take} onTake={scriptImport.actions.take} />}
    </Pane>
  );
}

function Refused({ from, refused, total, onPage }: { from?: number; refused: Extract<ScriptImportState, { kind: 'ended' }>['refused']; total: number; onPage: (from: number) => void }): ReactNode {
  const t = useT();
  return (
    <RefusedTable {...(from === undefined ? {} : { from })} refused={refused} total={total} onPage={onPage} label={t('script-import.refused')} words={{ row: t('script-import.report.row'), column: t('script-import.report.place') }} />
  );
}

function RunningStage({ state }: { state: Extract<ScriptImportState, { kind: 'running' }> }): ReactNode {
  const t = useT();
  const { scriptImport } = useDesk();
  const { done, total, name, cancelling } = state;
  return (
    <Pane title={t('script-import.title')}>
      <div className={css['stage']}>
        <ProgressBar
          label={t('script-import.running', { name })}
          value={total === undefined || total === 0 ? null : Math.min(1, done / total)}
          valueText={cancelling ? t('transfer.cancelling') : total === undefined ? '' : t('script-import.running.of', { done, total })}
          {...(cancelling ? {} : { cancel: { label: t('transfer.cancel'), onCancel: () => scriptImport.actions.cancel() } })}
        />
        <p className={css['note']}>{t('script-import.running.note')}</p>
      </div>
    </Pane>
  );
}

function EndedStage({ state }: { state: Extract<ScriptImportState, { kind: 'ended' }> }): ReactNode {
  const t = useT();
  const { scriptImport } = useDesk();
  const { result } = state;
  const total = result.state === 'done' ? result.counts.refused : state.refused.length;
  const { choose, saveReport, page } = scriptImport.actions;
  return (
    <ImportEnd title={t('script-import.title')} refusedTitle={t('script-import.refused')} refused={total} outcome={<Outcome state={state} />} onChoose={() => void choose()} onSave={saveReport}>
      <Refused from={state.from} refused={state.refused} total={total} onPage={(from) => void page(from)} />
    </ImportEnd>
  );
}

function Outcome({ state: { result, name } }: { state: Extract<ScriptImportState, { kind: 'ended' }> }): ReactNode {
  const t = useT();
  const announce = useAnnounce();
  useEffect(() => {
    if (result.state === 'done') announce(t('transfer.done.announce', result.counts));
  }, [result, announce, t]);
  switch (result.state) {
    case 'cancelled':
      return <Banner tone="info" live="status" title={t('transfer.cancelled', { name })}>{t('script-import.cancelled.text')}</Banner>;
    case 'failed':
      return <Banner tone="error" live="alert" title={t('transfer.failed', { name })}>{t(`transfer.failure.${result.reason}`)}</Banner>;
    case 'done': {
      const taken = result.counts.added + result.counts.changed + result.counts.same;
      return (
        <>
          <Banner tone={taken === 0 ? 'warn' : 'ok'} title={t('script-import.done', { count: taken, name })}>
            {taken === 0 ? t('script-import.none') : t('script-import.done.text')}
          </Banner>
          <ImportCountList counts={result.counts} />
        </>
      );
    }
  }
}
