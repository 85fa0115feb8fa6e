import { IconHistory } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { DayField } from '#renderer/ui/DayField.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { Table, type Column } from '#renderer/ui/Table.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { clockText } from '#shared/domain/calls/summary.ts';
import type { CallLine } from '#shared/ipc/calls.ts';
import { CallDetail } from './CallDetail.tsx';
import css from './History.module.css';

const PAGE = 50;
/** Typing settles for this long before the records are asked (ms). */
const SETTLE_MS = 150;

const WHEN: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };

type Page = { lines: readonly CallLine[]; cursor: string | undefined };

/** The agent's own calls: full text over notes and summaries, newest first. */
export function History({ onCallBack }: { onCallBack: (line: CallLine) => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const days = useDayWords();
  const { client } = useDesk();
  const [text, setText] = useState('');
  const [number, setNumber] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [page, setPage] = useState<Page>();
  const [selected, setSelected] = useState<string | null>(null);

  const load = useCallback(
    async (cursor?: string): Promise<Page> => {
      const day = (value: string, end: boolean): number | undefined => (value === '' ? undefined : new Date(`${value}T${end ? '23:59:59.999' : '00:00'}`).getTime());
      const since = day(from, false);
      const until = day(to, true);
      const reply = await client.call('calls.history', {
        limit: PAGE,
        ...(text.trim() === '' ? {} : { text: text.trim() }),
        ...(number.trim() === '' ? {} : { number: number.trim() }),
        ...(since === undefined ? {} : { from: since }),
        ...(until === undefined ? {} : { to: until }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { lines: reply.lines, cursor: reply.cursor };
    },
    [client, text, number, from, to],
  );
  useEffect(() => {
    let current = true;
    const read = (): void => void load().then((next) => current && setPage(next), () => undefined);
    const timer = setTimeout(read, SETTLE_MS);
    const off = client.on('calls.changed', read);
    return () => {
      current = false;
      clearTimeout(timer);
      off();
    };
  }, [client, load]);

  const more = (): void => void load(page?.cursor).then((next) => setPage((shown) => ({ lines: [...(shown?.lines ?? []), ...next.lines], cursor: next.cursor })));
  const exportAs = (format: 'json' | 'csv'): void => void client.call('calls.export', { format }).then(({ name, text: file }) => client.call('app.save-file', { name, text: file }));
  const filtered = text !== '' || number !== '' || from !== '' || to !== '';
  const thisYear = new Date().getFullYear();
  const when = (at: number): string => new Intl.DateTimeFormat(language, { ...WHEN, ...(new Date(at).getFullYear() === thisYear ? {} : { year: 'numeric' }) }).format(at);
  const columns: Column<CallLine>[] = [
    { id: 'when', header: t('history.when'), cell: (line) => when(line.startedAt), width: '9.5rem', rowHeader: true },
    { id: 'who', header: t('history.who'), cell: (line) => <Two first={line.name ?? line.number ?? t('call.unknown-caller')} second={line.name === undefined ? undefined : line.number} />, width: '11rem' },
    { id: 'outcome', header: t('history.outcome'), cell: (line) => <Two first={line.disposition ?? t(line.outcome === 'missed' ? 'call.miss' : 'history.unfinished')} second={t(line.direction === 'in' ? 'history.in' : 'history.out')} />, width: '13rem' },
    { id: 'talk', header: t('history.talk'), cell: (line) => clockText(line.talkMs), align: 'end', width: '5rem' },
    { id: 'note', header: t('history.note'), cell: (line) => <span className={css['excerpt']}><Excerpt text={line.excerpt} /></span> },
  ];
  return (
    <div className={css['frame']}>
      <div className={css['root']}>
        <Pane
          title={t('history.title')}
          body="flush"
          toolbar={
            <>
              <Button size="sm" variant="quiet" onClick={() => exportAs('csv')}>
                {t('history.export-csv')}
              </Button>
              <Button size="sm" variant="quiet" onClick={() => exportAs('json')}>
                {t('history.export-json')}
              </Button>
            </>
          }
        >
          <div className={css['filters']}>
            <TextField label={t('history.search')} type="search" value={text} onValueChange={setText} autoFocus />
            <TextField label={t('history.number')} type="tel" value={number} onValueChange={setNumber} />
            <DayField label={t('history.from')} value={from} onValueChange={setFrom} words={days} />
            <DayField label={t('history.to')} value={to} onValueChange={setTo} words={days} />
          </div>
          <Table
            label={t('history.title')}
            // Beside an open call its note is read there; the list keeps what tells calls apart.
          columns={selected === null ? columns : columns.filter(({ id }) => id !== 'note' && id !== 'talk')}
            rows={page?.lines ?? []}
            rowId={(line) => line.id}
            selectedId={selected}
            onOpen={(line) => setSelected(line.id)}
            empty={page === undefined ? t('common.loading') : <EmptyState icon={<IconHistory />} title={t(filtered ? 'history.none-found' : 'history.none')} />}
          />
          {page?.cursor === undefined ? null : (
            <div className={css['more']}>
              <Button size="sm" onClick={more}>
                {t('history.more')}
              </Button>
            </div>
          )}
        </Pane>
        {selected === null ? null : <CallDetail callId={selected} line={page?.lines.find((line) => line.id === selected)} onCallBack={onCallBack} onClose={() => setSelected(null)} />}
      </div>
    </div>
  );
}

/** A value and a quiet line under it. */
function Two({ first, second }: { first: string; second: string | undefined }): ReactNode {
  return (
    <span className={css['two']}>
      <span>{first}</span>
      {second === undefined ? null : <span className={css['second']}>{second}</span>}
    </span>
  );
}

/** The place that matched, its words marked; the marks come from the records as ‹ ›. */
function Excerpt({ text }: { text: string }): ReactNode {
  return text.split(/(‹[^›]*›)/u).map((part, index) => (part.startsWith('‹') && part.endsWith('›') ? <mark key={`${index}-${part}`}>{part.slice(1, -1)}</mark> : part));
}
