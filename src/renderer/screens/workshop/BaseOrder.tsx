import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import css from './Workshop.module.css';

type Base = OutputOf<AppContract, 'bases.list'>['bases'][number];

/** Which knowledge base decides where two have the same record; moved with buttons, or with Alt and the arrow keys. */
export function BaseOrder(): ReactNode {
  const t = useT();
  const toast = useToast();
  const announce = useAnnounce();
  const { client } = useDesk();
  const [bases, setBases] = useState<readonly Base[]>([]);
  const list = useRef<HTMLOListElement>(null);
  const read = useCallback(() => void client.call('bases.list', {}).then((found) => setBases(found.bases), () => undefined), [client]);
  useEffect(() => {
    read();
    const off = [client.on('knowledge.changed', read), client.on('channels.changed', read)];
    return () => off.forEach((end) => end());
  }, [client, read]);
  if (bases.length < 2) return null;
  const move = (at: number, by: -1 | 1): void => {
    const one = bases[at];
    const other = bases[at + by];
    if (one === undefined || other === undefined) return;
    const next = bases.with(at, other).with(at + by, one);
    setBases(next);
    void client.call('bases.order', { kbs: next.map(({ kb }) => kb) }).then((done) => {
      if (done.ok) announce(t('bases.moved', { title: one.title, place: at + by + 1, count: done.changed }));
      else toast({ tone: 'error', title: t('here.problem.installing') });
      read();
      requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-base]')[at + by]?.focus());
    }, read);
  };
  const onKey = (event: KeyboardEvent, at: number): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(at, event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <section className={css['bases']} aria-label={t('bases.title')}>
      <h3 className={css['heading']}>{t('bases.title')}</h3>
      <p className={css['lead']}>{t('bases.lead')}</p>
      <ol ref={list}>
        {bases.map((base, at) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- moved by keyboard as well
          <li key={base.kb} data-base tabIndex={0} onKeyDown={(event) => onKey(event, at)} aria-label={t('bases.place', { title: base.title, place: at + 1, all: bases.length })}>
            <span className={css['baseTitle']}>{base.title}</span>
            <span className={css['hint']}>{t('bases.facts', { release: base.release, count: base.records })}</span>
            <IconButton label={t('bases.up', { title: base.title })} icon={<IconArrowUp />} disabled={at === 0} onClick={() => move(at, -1)} />
            <IconButton label={t('bases.down', { title: base.title })} icon={<IconArrowDown />} disabled={at === bases.length - 1} onClick={() => move(at, 1)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
