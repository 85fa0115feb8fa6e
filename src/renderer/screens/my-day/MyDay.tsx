import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import css from './MyDay.module.css';
import { RulesAndData } from './RulesAndData.tsx';
import { Today } from './Today.tsx';
import { Trends } from './Trends.tsx';
import { Wins } from './Wins.tsx';

/** Breaks, load, check-ins and wins of the agent: for their eyes only. */
export function MyDay(): ReactNode {
  const t = useT();
  const { breaks } = useDesk();
  const { view } = useStore(breaks);
  const [tab, setTab] = useState('today');
  const panel = (content: ReactNode): ReactNode => <div className={css['panel']}>{content}</div>;
  return (
    <Pane title={t('screen.my-day')} body="flush" aside={t('my-day.private')}>
      <Tabs
        label={t('screen.my-day')}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'today', label: t('my-day.today'), panel: panel(view === undefined ? <p className={css['hint']}>{t('common.loading')}</p> : <Today view={view} />) },
          { id: 'week', label: t('my-day.week'), panel: panel(<Trends key="week" days={7} />) },
          { id: 'month', label: t('my-day.month'), panel: panel(<Trends key="month" days={30} />) },
          { id: 'wins', label: t('my-day.wins'), panel: panel(<Wins />) },
          { id: 'rules', label: t('my-day.rules'), panel: panel(<RulesAndData />) },
        ]}
      />
    </Pane>
  );
}
