import { IconChecklist } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { FollowUpForm, FollowUpList } from '#renderer/features/follow-ups/index.ts';
import { DialButton } from '#renderer/features/telephony/index.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import css from './FollowUps.module.css';

const HOUR_MS = 3_600_000;

/** Everything promised, soonest first. Calling starts a linked call with the script where it was paused. */
export function FollowUps({ call }: { call: (followUp: FollowUp) => void }): ReactNode {
  const t = useT();
  const { followUps, client } = useDesk();
  const state = useStore(followUps);
  const [tab, setTab] = useState('open');
  if (state.kind !== 'ready') return <Pane title={t('screen.follow-ups')}>{t(state.kind === 'failed' ? 'common.failed' : 'common.loading')}</Pane>;
  const list = (items: readonly FollowUp[], empty: string): ReactNode =>
    items.length === 0 ? (
      <EmptyState icon={<IconChecklist />} title={empty} />
    ) : (
      <FollowUpList
        items={items}
        onCall={call}
        dial={(number) => <DialButton client={client} number={number} />}
        onDone={(id, outcome) => void followUps.actions.close(id, outcome)}
        onSnooze={(id) => void followUps.actions.snooze(id, HOUR_MS)}
        onReopen={(id) => void followUps.actions.reopen(id)}
        onCalendar={(id) => void followUps.actions.calendar([id]).then((text) => client.call('app.save-file', { name: 'follow-up.ics', text }))}
      />
    );
  return (
    <div className={css['frame']}>
      <div className={css['root']}>
        <Pane title={t('screen.follow-ups')} body="flush">
          <Tabs
            label={t('screen.follow-ups')}
            value={tab}
            onChange={setTab}
            tabs={[
              { id: 'open', label: t('follow-up.open'), count: String(state.open.length), panel: <div className={css['panel']}>{list(state.open, t('follow-up.none'))}</div> },
              { id: 'closed', label: t('follow-up.closed'), panel: <div className={css['panel']}>{list(state.closed, t('follow-up.none-closed'))}</div> },
            ]}
          />
        </Pane>
        <Pane title={t('follow-up.add')}>
          <FollowUpForm about={{}} onAdd={followUps.actions.create} />
        </Pane>
      </div>
    </div>
  );
}
