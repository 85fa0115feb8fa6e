import { useCallback, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { ProductTable } from '#renderer/features/authoring/index.ts';
import { DueBanner, useMe } from '#renderer/features/drafts/index.ts';
import { KeysPage, UnlockButton } from '#renderer/features/keys/index.ts';
import { MissList } from '#renderer/features/search/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Tabs, type TabItem } from '#renderer/ui/Tabs.tsx';
import { Browse } from './Browse.tsx';
import { CatalogueImport } from './CatalogueImport.tsx';
import { DeskList } from './DeskList.tsx';
import { DraftPage } from './DraftPage.tsx';
import { Drafts, Review } from './Drafts.tsx';
import { Lists } from './Lists.tsx';
import { OnThisDesk } from './OnThisDesk.tsx';
import { Releases } from './Releases.tsx';
import { ScriptImport } from './ScriptImport.tsx';
import { useOpenDraft } from './use-open-draft.ts';
import css from './Workshop.module.css';

/** Where supervisors write, review and publish the knowledge of the desks. Writing is for desks that hold a key. */
export function Workshop(): ReactNode {
  const t = useT();
  const { client, keys, settings } = useDesk();
  const { agentName } = useStore(settings);
  const me = useMe(client);
  const [tab, setTab] = useState<string>();
  const [draft, setDraft] = useState<string>();
  const show = useCallback((id: string) => setDraft(id), []);
  const open = useOpenDraft(show);
  if (me === undefined) return null;
  if (draft !== undefined) return <DraftPage key={draft} id={draft} me={me} onClose={() => setDraft(undefined)} onShow={show} />;
  const imports: TabItem[] = [
    { id: 'import', label: t('workshop.import'), panel: <CatalogueImport /> },
    { id: 'script-import', label: t('workshop.script-import'), panel: <ScriptImport /> },
  ];
  const keysTab: TabItem = { id: 'keys', label: t('trust.tab'), panel: <KeysPage store={keys} agentName={agentName} /> };
  const hereTab: TabItem = { id: 'here', label: t('workshop.here'), panel: <OnThisDesk onOpen={show} onBrowse={() => setTab('knowledge')} /> };
  const tabs: TabItem[] =
    me.person === null
      ? [...imports, { id: 'knowledge', label: t('workshop.knowledge'), panel: <NoKey onKeys={() => setTab('keys')}><Browse open={open} onOpen={show} here /></NoKey> }, hereTab, { id: 'misses', label: t('misses.title'), panel: <Pane title={t('misses.title')} hideTitle body="flush"><MissList client={client} /></Pane> }, keysTab]
      : [
          { id: 'drafts', label: t('workshop.drafts'), panel: <Drafts onOpen={show} onBrowse={() => setTab('knowledge')} /> },
          { id: 'knowledge', label: t('workshop.knowledge'), panel: <Browse open={open} onOpen={show} here={false} /> },
          {
            id: 'products', label: t('products.table'),
            panel: <ProductTable client={client} onOpen={(key, draft) => (draft === undefined ? void open({ from: 'live', kind: 'product', key }) : show(draft))} draftState={(state) => t(`draft.state.${state}`)} />,
          },
          { id: 'review', label: t('workshop.review'), panel: <Review onOpen={show} /> },
          { id: 'releases', label: t('workshop.releases'), panel: <Releases /> },
          { id: 'desks', label: t('lists.desks'), panel: <DeskList /> },
          { id: 'lists', label: t('workshop.lists'), panel: <Lists open={open} onOpen={show} /> },
          hereTab,
          ...imports,
          keysTab,
        ];
  const tabsView = <Tabs label={t('screen.workshop')} value={tabs.some(({ id }) => id === tab) ? (tab ?? '') : (tabs[0]?.id ?? '')} onChange={setTab} fill tabs={tabs} />;
  if (me.person === null) return <div className={css['page']}>{tabsView}</div>;
  return (
    <div className={css['page']}>
      {(me.unlocked && me.channel) || tab === 'keys' ? null : <Banner tone="info" title={t(me.channel ? 'workshop.unlock' : 'workshop.problem.no-channel')} action={me.channel ? <UnlockButton store={keys} id={me.person.key} name={me.person.name} /> : <Button size="sm" onClick={() => setTab('keys')}>{t('workshop.unlock-open')}</Button>} />}
      <DueBanner client={client} me={me} onOpen={show} />
      {tabsView}
    </div>
  );
}

/** What a desk without a key can do all the same: change a record for itself. */
function NoKey({ onKeys, children }: { onKeys: () => void; children: ReactNode }): ReactNode {
  const t = useT();
  return (
    <div className={css['page']}>
      <Banner tone="info" title={t('workshop.no-key')} action={<Button size="sm" onClick={onKeys}>{t('workshop.unlock-open')}</Button>}>{t('workshop.no-key-text')}</Banner>
      {children}
    </div>
  );
}
