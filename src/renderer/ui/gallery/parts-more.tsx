import { IconCalendarDue } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { BreakClock } from '../BreakClock.tsx';
import { Button } from '../Button.tsx';
import { Card } from '../Card.tsx';
import { Chart } from '../Chart.tsx';
import { Checklist } from '../Checklist.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { FactTable } from '../FactTable.tsx';
import { FieldChip } from '../FieldChip.tsx';
import { HotkeyList } from '../HotkeyList.tsx';
import { Markdown } from '../Markdown.tsx';
import { Meter } from '../Meter.tsx';
import { NoteArea } from '../NoteArea.tsx';
import { ProgressBar } from '../ProgressBar.tsx';
import { Skeleton } from '../Skeleton.tsx';
import { SpokenLine } from '../SpokenLine.tsx';
import { useToast } from '../Toasts.tsx';
import { Trail } from '../Trail.tsx';
import { useHotkeyList, useHotkeys } from '../use-hotkeys.tsx';
import css from './gallery.module.css';
import { Section } from './parts-basic.tsx';

const article = `## What has to be in the box

1. The **router** with its stand
2. The power supply, model \`NT-24\`

> Cables may stay with the caller.

See [the returns page](https://example.org/returns) or [this one](javascript:alert(1)).`;

const steps = ['Greeting', 'Identify', 'What happened', 'Photos', 'Acknowledge', 'Order number'].map((label, index) => ({ id: `s${index}`, label, skipped: index === 3 }));

export function CallParts(): ReactNode {
  const [said, setSaid] = useState<readonly string[]>(['a']);
  const [note, setNote] = useState('A note that grows with its text.');
  const [order, setOrder] = useState('AB-104233');
  return (
    <Section title="Script, notes, knowledge">
      <Trail label="Steps walked" steps={steps} onJump={() => undefined} labels={{ earlier: (count) => `${count} earlier steps`, skipped: 'skipped' }} />
      <div className={css['columns']}>
        <div>
          <SpokenLine wording="exact" label="Read as written">
            This call is recorded for training. May I go on?
          </SpokenLine>
          <SpokenLine wording="free" label="In your own words">
            Say what happens next and when.
          </SpokenLine>
        </div>
        <Checklist
          label="Must be said"
          progress={`${said.length} of 3 said`}
          items={[
            { id: 'a', label: 'Recording notice', done: said.includes('a') },
            { id: 'b', label: 'Right of withdrawal, 14 days', done: said.includes('b') },
            { id: 'c', label: 'Next step with a date', done: said.includes('c') },
          ]}
          onToggle={(id, done) => setSaid(done ? [...said, id] : said.filter((other) => other !== id))}
        />
        <NoteArea label="Note" fit="grow" value={note} onValueChange={setNote} hint="A card number was masked while you typed." />
        <div className={css['row']}>
          <FieldChip label="Order" value={order} onValueChange={setOrder} labels={{ edit: (label) => `Edit ${label}`, empty: 'not given' }} />
          <FieldChip label="Postcode" value="" onValueChange={() => undefined} labels={{ edit: (label) => `Edit ${label}`, empty: 'not given' }} />
        </div>
        <Card title="Compare" tone="info">
          <FactTable
            facts={[
              { id: 'a', label: 'Price', value: '€ 49.90', kind: 'amount', marked: true, note: 'other: € 59.90' },
              { id: 'b', label: 'Warranty', value: '2 years' },
            ]}
          />
        </Card>
        <Markdown text={article} onLink={() => undefined} />
        <EmptyState icon={<IconCalendarDue />} title="No follow-ups today." action={<Button size="sm">Add one</Button>}>
          Promises made in wrap-up appear here and come back when they are due.
        </EmptyState>
        <Skeleton label="Loading script" />
      </div>
    </Section>
  );
}

const hours = ['08', '09', '10', '11', '12', '13', '14', '15', '16'];

export function DayParts(): ReactNode {
  const toast = useToast();
  useHotkeys(
    [
      { id: 'search', keys: 'mod+k', label: 'Search everything', group: 'Everywhere', run: () => undefined },
      { id: 'hold', keys: 'alt+h', label: 'Hold or resume', group: 'Call', run: () => undefined },
      { id: 'end', keys: 'alt+e', label: 'End call', group: 'Call', run: () => undefined },
    ],
    { scope: 'gallery' },
  );
  const { hotkeys } = useHotkeyList();
  const labels = { showTable: 'Numbers as a table', category: 'Hour', none: 'none' };
  const minutes = (value: number): string => `${value} min`;
  return (
    <Section title="Day, breaks, charts">
      <div className={css['row']}>
        <BreakClock progress={0.4} text="Break in 34 min" onOpen={() => undefined} />
        <BreakClock progress={1} text="Break due after this call" due />
        <Button size="sm" onClick={() => toast({ tone: 'ok', title: 'Price copied', detail: '€ 49.90', stayMs: 60_000 })}>
          Show message
        </Button>
      </div>
      <div className={css['columns']}>
        <Meter
          label="Load"
          value={0.62}
          valueText="Building up"
          parts={[
            { id: 'a', label: '52 min since a break', share: 0.4 },
            { id: 'b', label: '9 calls in a row', share: 0.15 },
            { id: 'c', label: 'One hard call', share: 0.07 },
          ]}
        />
        <ProgressBar label="Importing products" value={0.37} valueText="96,200 of 260,379" cancel={{ label: 'Stop', onCancel: () => undefined }} />
        <HotkeyList hotkeys={hotkeys} otherGroup="Other" />
      </div>
      <div className={css['columns']}>
        <Chart kind="stack" title="Time by hour" summary="Talking peaked at 11; wrap-up grew after lunch." categories={hours} format={minutes} labels={labels}
          series={[
            { id: 't', label: 'Talking', tone: 'talking', values: [31, 38, 36, 44, 20, 28, 35, 33, 12] },
            { id: 'h', label: 'On hold', tone: 'on-hold', values: [4, 5, 8, 6, 2, 7, 6, 3, 1] },
            { id: 'w', label: 'Wrap-up', tone: 'wrap-up', values: [6, 7, 6, 5, 4, 11, 12, 9, 4] },
          ]}
        />
        <Chart kind="line" title="Check-ins" summary="Lower before lunch, better after the long break." categories={hours} labels={labels} limit={{ value: 2, label: 'Offer a longer break' }}
          series={[{ id: 'm', label: 'How it feels, 1–5', values: [4, 4, 3, 2, null, 4, 4, 3, 4] }]}
        />
        <Chart kind="bars" title="Breaks" summary="Five taken, one owed." categories={['Mon', 'Tue', 'Wed', 'Thu', 'Fri']} labels={labels}
          series={[
            { id: 'taken', label: 'Taken', values: [7, 8, 6, 8, 5] },
            { id: 'owed', label: 'Owed', tone: 'ringing', values: [1, 0, 2, 0, 1] },
          ]}
        />
      </div>
    </Section>
  );
}
