import { IconTableImport } from '@tabler/icons-react';
import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { ImportOutcome, MappingForm, obstacleOf, PreviewTable, previewRows, RefusedTable, type Obstacle, type TransferState } from '#renderer/features/transfer/index.ts';
import { useLanguage, useT, type T } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { ProgressBar } from '#renderer/ui/ProgressBar.tsx';
import css from './CatalogueImport.module.css';
import { ChooseFile, ImportEnd, ImportStart } from './ImportStages.tsx';

/** Brings a catalogue file to the desk: choose it, say what its columns mean, watch it, read what was refused. */
export function CatalogueImport(): ReactNode {
  const t = useT();
  const { transfer } = useDesk();
  const state = useStore(transfer);
  useEffect(() => void transfer.actions.load(), [transfer]);
  switch (state.kind) {
    case 'loading':
      return null;
    case 'empty':
    case 'looking':
    case 'unreadable':
      return <ImportStart state={state} title={t('transfer.title')} icon={<IconTableImport />} words={{ title: t('transfer.empty.title'), text: t('transfer.empty.text'), choose: t('transfer.choose') }} onChoose={() => void transfer.actions.choose()} />;
    case 'mapping':
      return <MappingStage state={state} />;
    case 'running':
      return <RunningStage state={state} />;
    case 'ended':
      return <EndedStage state={state} />;
  }
}

function MappingStage({ state }: { state: Extract<TransferState, { kind: 'mapping' }> }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { transfer } = useDesk();
  const { file, preview, mapping } = state;
  const rows = useMemo(() => previewRows(preview, mapping), [preview, mapping]);
  const obstacle = obstacleOf(mapping);
  const refused = rows.filter(({ product }) => product === undefined).length;
  const size = new Intl.NumberFormat(language, { style: 'unit', unit: file.size < 1_000_000 ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 }).format(file.size / (file.size < 1_000_000 ? 1_000 : 1_000_000));
  return (
    <div className={css['mapping']}>
      <div className={css['split']}>
        <Pane title={t('transfer.columns')} aside={`${t(`transfer.format.${preview.reading.format}`)} · ${size}`} body="flush">
          <MappingForm preview={preview} mapping={mapping} onMap={(column, target) => transfer.actions.map(column, target)} onChange={(patch) => transfer.actions.change(patch)} onReread={(choice) => void transfer.actions.reread(choice)} />
        </Pane>
        <Pane
          title={t('transfer.preview')}
          body="flush"
          footer={
            <div className={css['footer']}>
              <ChooseFile label={t('transfer.choose-other')} onChoose={() => void transfer.actions.choose()} />
              {obstacle === undefined ? null : (
                <output className={css['obstacle']}>{obstacleText(t, obstacle, mapping.currency)}</output>
              )}
              <Button variant="primary" busy={state.starting} disabled={obstacle !== undefined} onClick={() => void transfer.actions.start()}>
                {t('transfer.start', { name: file.name })}
              </Button>
            </div>
          }
        >
          {state.failure === undefined && (refused === 0 || obstacle?.code === 'need-sku') ? null : (
            <div className={css['banners']}>
              {state.failure === undefined ? null : (
                <Banner tone="error" live="alert" title={t('transfer.failed', { name: file.name })}>
                  {t(`transfer.failure.${state.failure}`)}
                </Banner>
              )}
              {refused === 0 || obstacle?.code === 'need-sku' ? null : <Banner tone="warn" title={refused === rows.length ? t('transfer.preview.all-refused') : t('transfer.preview.refused', { count: refused })} />}
            </div>
          )}
          <PreviewTable rows={rows} />
        </Pane>
      </div>
    </div>
  );
}

function obstacleText(t: T, obstacle: Obstacle, currency: string | undefined): string {
  switch (obstacle.code) {
    case 'need-sku':
      return t('transfer.need-sku');
    case 'twice':
      return t('transfer.twice', { target: t(`transfer.target.${obstacle.target}`) });
    case 'currency':
      return t('transfer.currency.wrong', { value: currency ?? '' });
  }
}

function RunningStage({ state }: { state: Extract<TransferState, { kind: 'running' }> }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { transfer } = useDesk();
  const number = new Intl.NumberFormat(language);
  const { rows, total, phase, name, cancelling } = state;
  const text =
    phase === 'indexing'
      ? t('transfer.running.indexing', { rows: number.format(rows) })
      : total === undefined
        ? t('transfer.running.rows', { rows: number.format(rows) })
        : t('transfer.running.of', { rows: number.format(rows), total: number.format(roughly(total)) });
  return (
    <Pane title={t('transfer.title')} hideTitle>
      <div className={css['stage']}>
        <ProgressBar
          label={t('transfer.running', { name })}
          value={total === undefined || phase === 'indexing' ? null : rows / total}
          valueText={cancelling ? t('transfer.cancelling') : text}
          {...(cancelling ? {} : { cancel: { label: t('transfer.cancel'), onCancel: () => transfer.actions.cancel() } })}
        />
        <p className={css['note']}>{t('transfer.running.note')}</p>
      </div>
    </Pane>
  );
}

/** Two digits are all an estimate is good for. */
function roughly(count: number): number {
  const step = 10 ** Math.max(0, String(Math.round(count)).length - 2);
  return Math.round(count / step) * step;
}

function EndedStage({ state }: { state: Extract<TransferState, { kind: 'ended' }> }): ReactNode {
  const t = useT();
  const { transfer } = useDesk();
  const { result } = state;
  const refused = result.state === 'done' ? result.counts.refused : state.refused.length;
  const { choose, saveReport, page } = transfer.actions;
  return (
    <ImportEnd title={t('transfer.title')} refusedTitle={t('transfer.refused')} refused={refused} outcome={<ImportOutcome ended={state} />} onChoose={() => void choose()} onSave={saveReport}>
      <RefusedTable from={state.from} refused={state.refused} total={refused} onPage={(from) => void page(from)} />
    </ImportEnd>
  );
}
