import { IconArrowBackUp, IconCopy, IconDots, IconHeart, IconPhoneOff, IconPin, IconPlayerPause, IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { AppFrame } from '../AppFrame.tsx';
import { BrandMark } from '../BrandMark.tsx';
import { BreakClock } from '../BreakClock.tsx';
import { Button } from '../Button.tsx';
import { Card } from '../Card.tsx';
import { Chip } from '../Chip.tsx';
import { ClockFace } from '../ClockFace.tsx';
import { Dialog } from '../Dialog.tsx';
import { FactTable } from '../FactTable.tsx';
import { FieldChip } from '../FieldChip.tsx';
import { IconButton } from '../IconButton.tsx';
import { NoteArea } from '../NoteArea.tsx';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { Palette } from '../Palette.tsx';
import { Pane } from '../Pane.tsx';
import { SavedIndicator } from '../SavedIndicator.tsx';
import { SplitPanes } from '../SplitPanes.tsx';
import { SpokenLine } from '../SpokenLine.tsx';
import { StateBadge } from '../StateBadge.tsx';
import { Tabs } from '../Tabs.tsx';
import { TextField } from '../TextField.tsx';
import { Trail } from '../Trail.tsx';
import css from './gallery.module.css';
import { answers, nav, results } from './samples.tsx';

const started = Date.now() - 187_000;
const chipLabels = { edit: (label: string) => `Edit ${label}`, empty: 'not given' };

/** A live call as the product composes it: judges density, alignment and hierarchy of the whole. */
export function ShellPage({ overlay }: { overlay: string }): ReactNode {
  const [active, setActive] = useState('live');
  return (
    <AppFrame
      labels={{ nav: 'Screens', callBar: 'Call', content: 'Live call', status: 'Status', skip: 'Skip to the call' }}
      nav={nav}
      activeId={active}
      onNavigate={setActive}
      mark={<BrandMark />}
      callBar={<CallBar />}
      callTone="talking"
      status={
        <>
          <SavedIndicator state={{ kind: 'saved', at: started }} labels={{ saving: 'Saving…', saved: (time) => `Saved ${time}`, unsaved: 'Not saved' }} />
          <span>Retail pack 14, 2 days old</span>
          <span>Folder channel: up to date</span>
        </>
      }
    >
      <SplitPanes
        handleLabel={(index) => (index === 0 ? 'Width of the script' : 'Width of the notes')}
        panes={[
          { id: 'script', size: 40, min: 25, content: <ScriptSample /> },
          { id: 'notes', size: 30, min: 20, content: <NotesSample /> },
          { id: 'help', size: 30, min: 20, content: <SideSample /> },
        ]}
      />
      {overlay === 'palette' ? <PaletteSample /> : null}
      {overlay === 'dialog' ? <DialogSample /> : null}
    </AppFrame>
  );
}

function CallBar(): ReactNode {
  return (
    <div className={css['callBar']}>
      <StateBadge state="talking" label="Talking" />
      <ClockFace startedAt={started} label="Talking for" size="lg" />
      <span className={css['caller']}>
        <strong>Amira Haddad</strong>
        <bdi className={css['number']}>+44 20 7946 0018</bdi>
      </span>
      <Chip>Returns queue</Chip>
      <BreakClock progress={0.7} text="Break in 12 min" />
      <span className={css['push']} />
      <Button variant="quiet" icon={<IconSearch />} hotkey="mod+k">
        Search
      </Button>
      <Button icon={<IconPlayerPause />} hotkey="alt+h">
        Hold
      </Button>
      <Button variant="danger" icon={<IconPhoneOff />} hotkey="alt+e">
        End call
      </Button>
      <IconButton label="More" icon={<IconDots />} />
    </div>
  );
}

function ScriptSample(): ReactNode {
  const [wording, setWording] = useState('');
  return (
    <Pane title="Damaged or wrong item" aside="Step 4 of about 9" toolbar={<IconButton label="Back one step" hotkey="alt+arrowleft" icon={<IconArrowBackUp className="flip-rtl" />} />}>
      <div className={css['stack']}>
        <Trail
          label="Steps walked"
          onJump={() => undefined}
          labels={{ earlier: (count) => `${count} earlier`, skipped: 'skipped' }}
          steps={[
            { id: 'a', label: 'Greeting' },
            { id: 'b', label: 'Identify' },
            { id: 'c', label: 'What happened', skipped: true },
            { id: 'd', label: 'Acknowledge' },
          ]}
        />
        <SpokenLine wording="exact" label="Read as written">
          I’m sorry the kettle arrived with a cracked lid, Amira. I’ll sort out a replacement with you now.
        </SpokenLine>
        <SpokenLine wording="free" size="sm">
          Ask for the order number; it starts with two letters and is printed on the delivery note.
        </SpokenLine>
        <TextField label="Order number" value={wording} onValueChange={setWording} placeholder="AB-000000" code />
        <NumberedChoices label="What the caller says" choices={answers} onPick={() => undefined} />
      </div>
    </Pane>
  );
}

function NotesSample(): ReactNode {
  const [note, setNote] = useState('Kettle KX-210, lid cracked on arrival, box intact.\nPhotos taken. Wants a replacement before Friday, daughter’s birthday.\nSecond time this month, first was a toaster (OB0815-8).');
  return (
    <Pane title="Notes" body="flush" scroll={false} toolbar={<SavedIndicator state={{ kind: 'saved', at: started }} labels={{ saving: 'Saving…', saved: (time) => `Saved ${time}`, unsaved: 'Not saved' }} />}>
      <div className={css['captured']}>
        <FieldChip label="Order" value="AB-104233" onValueChange={() => undefined} labels={chipLabels} />
        <FieldChip label="Postcode" value="" onValueChange={() => undefined} labels={chipLabels} />
      </div>
      <NoteArea label="Notes of this call" hideLabel value={note} onValueChange={setNote} />
    </Pane>
  );
}

function SideSample(): ReactNode {
  const [tab, setTab] = useState('facts');
  return (
    <Pane title="Help for this call" hideTitle body="flush" scroll={false}>
      <Tabs
        label="Help for this call"
        fill
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'words', label: 'Words', count: '8', panel: <WordsSample /> },
          { id: 'facts', label: 'Product', panel: <FactsSample /> },
          { id: 'pinned', label: 'Pinned', count: '2', panel: <WordsSample /> },
        ]}
      />
    </Pane>
  );
}

function WordsSample(): ReactNode {
  return (
    <div className={css['pad']}>
      <Card title="It happened twice" tone="accent" toolbar={<IconButton label="Copy" icon={<IconCopy />} />}>
        “Twice in a month is once too often. I’d be annoyed as well.”
      </Card>
      <Card title="Before a date that matters" toolbar={<IconButton label="Copy" icon={<IconCopy />} />}>
        “Friday matters, so I’ll check the delivery date with you before we hang up.”
      </Card>
    </div>
  );
}

function FactsSample(): ReactNode {
  return (
    <div className={css['pad']}>
      <Card
        title="Brewster kettle 1.7 l"
        meta={<bdi>KX-210 · Kitchen · verified 12 days ago</bdi>}
        toolbar={
          <>
            <IconButton label="Pin" icon={<IconPin />} />
            <IconButton label="Copy price" hotkey="alt+c" icon={<IconCopy />} />
          </>
        }
        footer={
          <>
            <Chip tone="ok" icon={<IconHeart aria-hidden />}>
              Verified
            </Chip>
            <span>M. Okafor, 12 days ago</span>
          </>
        }
      >
        <FactTable
          facts={[
            { id: 'price', label: 'Price', value: '€ 49.90', kind: 'amount', note: 'incl. VAT' },
            { id: 'bill', label: 'Billing', value: 'Charged on dispatch' },
            { id: 'stock', label: 'Stock', value: 'Warehouse B, 2–3 days' },
            { id: 'warranty', label: 'Warranty', value: '2 years, lid included' },
            { id: 'ean', label: 'EAN', value: '4006381333931', kind: 'code' },
          ]}
        />
      </Card>
    </div>
  );
}

function PaletteSample(): ReactNode {
  const [open, setOpen] = useState(true);
  const [query, setQuery] = useState('roter 7590');
  const [active, setActive] = useState<string | null>('p1');
  return (
    <Palette
      open={open}
      onClose={() => setOpen(false)}
      query={query}
      onQueryChange={setQuery}
      groups={results}
      activeId={active}
      onActiveChange={setActive}
      onPick={() => setOpen(false)}
      labels={{ title: 'Search', input: 'Search everything', placeholder: 'Product, code, script, words', results: (count) => `${count} found` }}
      keys={[
        { keys: 'enter', label: 'open' },
        { keys: 'mod+enter', label: 'copy price' },
        { keys: 'tab', label: 'compare' },
        { keys: 'escape', label: 'back to the call' },
      ]}
      more="37 more. Type on to narrow the list."
      preview={
        <FactTable
          facts={[
            { id: 'price', label: 'Price', value: '€ 219.00', kind: 'amount' },
            { id: 'billing', label: 'Billing', value: 'One-off, or 24 × € 9.90' },
            { id: 'stock', label: 'Stock', value: 'Ships today' },
            { id: 'sku', label: 'Code', value: 'FR-7590-AX', kind: 'code' },
          ]}
        />
      }
    />
  );
}

function DialogSample(): ReactNode {
  const [open, setOpen] = useState(true);
  return (
    <Dialog
      open={open}
      onClose={() => setOpen(false)}
      title="Erase this call?"
      closeLabel="Close"
      size="sm"
      actions={
        <>
          <Button data-autofocus onClick={() => setOpen(false)}>
            Keep it
          </Button>
          <Button variant="danger">Erase call and notes</Button>
        </>
      }
    >
      The notes, the path through the script and two follow-ups go as well. Nobody can bring them back.
    </Dialog>
  );
}
