import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Client } from '#renderer/ipc/client.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { ProgressBar } from '#renderer/ui/ProgressBar.tsx';
import { reachOf, type Reach as Reached } from '#shared/domain/news/desk-lag.ts';
import { createDesksStore, type AskedAbout, type DesksState } from './desks.store.ts';
import css from './desks.module.css';

/** Numbers that count up are read out at most this often (ms). */
const CALM_MS = 12_000;

/** Where an announcement has got to, drawn and in words, as it happens. */
export function AnnouncementReach({ client, about, acknowledge, aimed }: { client: Client; about: AskedAbout } & Shown): ReactNode {
  const store = useMemo(() => createDesksStore(client), [client]);
  const state = useStore(store);
  const { id, digest, release, targets } = about;
  useEffect(() => store.actions.watch({ id, digest, ...(release === undefined ? {} : { release }), ...(targets === undefined ? {} : { targets }) }), [store, id, digest, release, targets]);
  return <Reach state={state} acknowledge={acknowledge} aimed={aimed} />;
}

/** `acknowledge`: it asks to be confirmed. `aimed`: it is for some teams or queues only. */
type Shown = { acknowledge: boolean; aimed: boolean };

/** The same from desks that are read already. */
export function Reach({ state, acknowledge, aimed }: { state: DesksState } & Shown): ReactNode {
  const t = useT();
  const reach = state.kind === 'ready' && state.asked !== undefined ? reachOf(state.desks, state.asked, state.readAt) : undefined;
  const have = reach === undefined ? '' : t('desks.reach.count', { count: reach.have, all: reach.all });
  const read = reach === undefined ? '' : t('desks.reach.count', { count: reach.acknowledged, all: reach.all });
  const said = reach === undefined || reach.all === 0 ? '' : [t('desks.reach.have-said', { text: have }), ...(acknowledge ? [t('desks.reach.read-said', { text: read })] : [])].join(' ');
  useCalmly(said, reach !== undefined && isOver(reach, acknowledge));
  if (reach === undefined) return null;
  if (reach.all === 0) return <p className={css['text']}>{t(reach.others > 0 ? 'desks.reach.nobody-meant' : 'desks.reach.nobody')}</p>;
  return (
    <section className={css['reach']} aria-label={t('desks.reach')}>
      <ProgressBar label={t('desks.reach.have')} value={reach.have / reach.all} valueText={have} />
      {acknowledge ? <ProgressBar label={t('desks.reach.read')} value={reach.acknowledged / reach.all} valueText={read} /> : null}
      {aimed ? <p className={css['text']}>{t('desks.reach.aimed', { count: reach.others })}</p> : null}
      {reach.silent === 0 ? null : <p className={css['text']}>{t('desks.reach.silent', { count: reach.silent })}</p>}
    </section>
  );
}

const isOver = ({ all, have, acknowledged }: Reached, acknowledge: boolean): boolean => have === all && (!acknowledge || acknowledged === all);

/** Says `text` when it changes, at most every few seconds; the last word is said at once. */
function useCalmly(text: string, last: boolean): void {
  const announce = useAnnounce();
  const said = useRef({ text: '', at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (text === '' || text === said.current.text) return undefined;
    const timer = setTimeout(() => {
      said.current = { text, at: Date.now() };
      announce(text, 'polite');
    }, last ? 0 : Math.max(0, said.current.at + CALM_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [announce, text, last]);
}
