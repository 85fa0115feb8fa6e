import { useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { ChannelsPage } from '#renderer/features/channels/index.ts';
import { TelephonyPage } from '#renderer/features/telephony/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import { localize } from '#shared/domain/common.ts';
import { BreaksSection } from './BreaksSection.tsx';
import { DeliverySection } from './DeliverySection.tsx';
import { MemoryPage } from './MemoryPage.tsx';
import { SettingsScreen } from './SettingsScreen.tsx';
import { TemplatesSection } from './TemplatesSection.tsx';
import { WrapUpSection } from './WrapUpSection.tsx';

/** Settings of the person and the desk, and the way to the telephone. */
export function AllSettings(): ReactNode {
  const t = useT();
  const { client, settings, channels, knowledge } = useDesk();
  const language = useLanguage();
  const known = useStore(knowledge);
  const scripts = useMemo(
    () => (known.kind === 'ready' ? known.records.script.filter((script) => script.kind === 'call').map((script) => ({ id: script.id, title: localize(script.title, language) })).toSorted((a, b) => a.title.localeCompare(b.title, language)) : []),
    [known, language],
  );
  const current = useStore(settings);
  const [tab, setTab] = useState('desk');
  const more = (
    <>
      <WrapUpSection />
      <TemplatesSection />
      <BreaksSection />
    </>
  );
  return (
    <Tabs
      label={t('settings.title')}
      value={tab}
      onChange={setTab}
      fill
      tabs={[
        { id: 'desk', label: t('settings.desk'), panel: <SettingsScreen more={more} /> },
        { id: 'memory', label: t('memory.title'), panel: <MemoryPage /> },
        {
          id: 'telephony',
          label: t('settings.telephony'),
          panel: (
            <Pane title={t('settings.telephony')}>
              <TelephonyPage client={client} settings={current} scripts={scripts} onChange={(patch) => void settings.actions.update(patch)} />
            </Pane>
          ),
        },
        {
          id: 'channels',
          label: t('channels.title'),
          panel: (
            <Pane title={t('channels.title')}>
              <ChannelsPage store={channels} />
              <DeliverySection />
            </Pane>
          ),
        },
      ]}
    />
  );
}
