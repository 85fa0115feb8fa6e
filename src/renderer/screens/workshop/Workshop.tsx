import { useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { MissList } from '#renderer/features/search/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import { CatalogueImport } from './CatalogueImport.tsx';
import { ScriptImport } from './ScriptImport.tsx';

/** Where supervisors look after the knowledge of the desk. */
export function Workshop(): ReactNode {
  const t = useT();
  const { client } = useDesk();
  const [tab, setTab] = useState('import');
  return (
    <Tabs
      label={t('screen.workshop')}
      value={tab}
      onChange={setTab}
      fill
      tabs={[
        { id: 'import', label: t('workshop.import'), panel: <CatalogueImport /> },
        { id: 'script-import', label: t('workshop.script-import'), panel: <ScriptImport /> },
        { id: 'misses', label: t('misses.title'), panel: <Pane title={t('misses.title')}><MissList client={client} /></Pane> },
      ]}
    />
  );
}
