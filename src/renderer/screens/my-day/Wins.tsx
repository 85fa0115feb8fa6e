import { IconTrash } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { ThreeLines } from '#renderer/features/wellbeing/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { Win } from '#shared/ipc/wellbeing.ts';
import css from './MyDay.module.css';

/** The private wins log: three lines in, and a search for a bad day. */
export function Wins(): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { client } = useDesk();
  const [search, setSearch] = useState('');
  const [wins, setWins] = useState<readonly Win[]>([]);
  const read = useCallback(async () => setWins(await client.call('wellbeing.wins', search.trim() === '' ? {} : { search })), [client, search]);
  useEffect(() => void read().catch(() => undefined), [read]);
  const date = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  return (
    <div className={css['wins']}>
      <section className={css['block']} aria-label={t('my-day.wins-title')}>
        <h3 className={css['heading']}>{t('ask.shift-end')}</h3>
        <p className={css['hint']}>{t('ask.shift-end-lead')}</p>
        <ThreeLines onKeep={(lines) => void client.call('wellbeing.add-wins', { kind: 'went-well', lines }).then(read)} />
      </section>
      <section className={css['block']} aria-label={t('my-day.wins')}>
        <h3 className={css['heading']}>{t('my-day.wins-title')}</h3>
        <TextField label={t('my-day.wins-search')} value={search} onValueChange={setSearch} type="search" />
        {wins.length === 0 ? <p className={css['hint']}>{t(search.trim() === '' ? 'my-day.wins-none' : 'my-day.wins-not-found')}</p> : null}
        <ul className={css['winList']}>
          {wins.map((win) => (
            <li key={win.id} className={css['win']}>
              <span className={css['winText']}>{win.text}</span>
              <span className={css['hint']}>
                {date.format(win.at)} · {t(`my-day.win.${win.kind}`)}
              </span>
              <IconButton label={t('my-day.wins-remove')} icon={<IconTrash />} onClick={() => void client.call('wellbeing.remove-win', { id: win.id }).then(read)} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
