import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useLanguage, useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { ReleaseView } from '#shared/ipc/authoring.ts';
import css from './Workshop.module.css';

/** Changes of a release that are named at once; the others open below. */
const FIRST_NAMES = 4;

/** Every release of the knowledge base, and the way back to one. */
export function Releases(): ReactNode {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const { client } = useDesk();
  const [releases, setReleases] = useState<readonly ReleaseView[]>();
  const [asked, setAsked] = useState<ReleaseView>();
  const [busy, setBusy] = useState(false);
  const read = useCallback(() => void client.call('authoring.releases', {}).then((found) => setReleases(found.releases), () => setReleases([])), [client]);
  useEffect(() => {
    read();
    const off = [client.on('drafts.changed', read), client.on('knowledge.changed', read)];
    return () => off.forEach((end) => end());
  }, [client, read]);
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const goBack = (release: number): void => {
    setBusy(true);
    void client.call('authoring.rollback', { release }).then((reply) => {
      setBusy(false);
      setAsked(undefined);
      if (reply.ok) toast({ tone: 'ok', title: reply.release === null ? t('release.rollback-sent', { count: reply.count }) : t('release.rollback-done', { release: reply.release, to: release }) });
      else toast({ tone: 'error', title: t(`workshop.problem.${reply.reason}` as MessageKey) });
      read();
    }, () => setBusy(false));
  };
  return (
    <Pane title={t('workshop.releases')} hideTitle body="flush">
      <p className={css['lead']}>{t('release.lead')}</p>
      <Table<ReleaseView>
        label={t('workshop.releases')}
        rows={releases ?? []}
        rowId={({ release }) => String(release)}
        empty={releases === undefined ? null : <EmptyState title={t('release.none')}>{t('release.none-text')}</EmptyState>}
        columns={[
          { id: 'number', header: t('release.number'), rowHeader: true, width: '9rem', cell: (row) => <>{row.release} {row.current ? <Chip tone="ok">{t('release.current')}</Chip> : null}</> },
          { id: 'at', header: t('release.at'), width: '11rem', cell: (row) => (row.at === undefined ? '' : time.format(row.at)) },
          { id: 'by', header: t('release.by'), width: '11rem', cell: (row) => row.by ?? '' },
          { id: 'what', header: t('release.what'), width: '36rem', cell: (row) => <What row={row} /> },
          { id: 'back', header: t('release.back'), align: 'end' as const, width: '10rem', cell: (row: ReleaseView) => (row.current ? null : <Button size="sm" variant="quiet" onClick={() => setAsked(row)}>{t('release.rollback')}</Button>) },
        ]}
      />
      <Dialog
        open={asked !== undefined} onClose={() => setAsked(undefined)} title={t('release.rollback-sure', { release: asked?.release ?? 0 })} closeLabel={t('common.close')}
        actions={
          <>
            <Button data-autofocus onClick={() => setAsked(undefined)}>{t('common.cancel')}</Button>
            <Button variant="danger" busy={busy} onClick={() => asked !== undefined && goBack(asked.release)}>{t('release.rollback')}</Button>
          </>
        }
      >
        <p>{t('release.rollback-text', { release: asked?.release ?? 0 })}</p>
      </Dialog>
    </Pane>
  );
}

function What({ row }: { row: ReleaseView }): ReactNode {
  const t = useT();
  if (row.changed === undefined) return null;
  const changes = row.changes ?? [];
  const counts = (['added', 'changed', 'removed'] as const).flatMap((what) => (row.changed?.[what] ? [t(`news.${what}`, { count: row.changed[what] })] : [])).join(', ');
  const said = `${counts === '' ? t('release.nothing') : counts}${changes.length === 0 ? '' : `: ${changes.slice(0, FIRST_NAMES).map(({ title }) => title).join(', ')}`}`;
  const back = row.rollbackTo === undefined ? null : <Chip tone="warn">{t('release.rollback-of', { to: row.rollbackTo })}</Chip>;
  if (changes.length <= FIRST_NAMES) return <>{back} {said}</>;
  const total = row.changed.added + row.changed.changed + row.changed.removed;
  return (
    <details className={css['release']}>
      <summary>{back} {said}{total > FIRST_NAMES ? ` … ${t('release.all', { count: total })}` : null}</summary>
      <ul>
        {changes.map(({ key, change, title }) => <li key={key}>{t(`news.what.${change}`)}: {title}</li>)}
        {total > changes.length ? <li>{t('news.more', { count: total - changes.length })}</li> : null}
      </ul>
    </details>
  );
}
