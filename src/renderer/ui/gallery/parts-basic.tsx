import { IconCheck, IconCopy, IconDots, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Banner } from '../Banner.tsx';
import { Button } from '../Button.tsx';
import { CheckField } from '../CheckField.tsx';
import { Chip } from '../Chip.tsx';
import { ClockFace } from '../ClockFace.tsx';
import { IconButton } from '../IconButton.tsx';
import { KeyHint } from '../KeyHint.tsx';
import { MenuButton } from '../MenuButton.tsx';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { NumberField } from '../NumberField.tsx';
import { SavedIndicator } from '../SavedIndicator.tsx';
import { SegmentedField } from '../SegmentedField.tsx';
import { SelectField } from '../SelectField.tsx';
import { StateBadge, StatusDot } from '../StateBadge.tsx';
import { SwitchField } from '../SwitchField.tsx';
import { Table } from '../Table.tsx';
import { TextField } from '../TextField.tsx';
import css from './gallery.module.css';

export function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={css['section']}>
      <h2 className={css['sectionTitle']}>{title}</h2>
      {children}
    </section>
  );
}

const saveLabels = { saving: 'Saving…', saved: (time: string) => `Saved ${time}`, unsaved: 'Not saved: the disk is full' };
const states = ['idle', 'ringing', 'talking', 'on-hold', 'wrap-up'] as const;
const noon = Date.UTC(2026, 0, 1, 12);

export function StateParts(): ReactNode {
  return (
    <>
      <Section title="Call states">
        <div className={css['row']}>
          {states.map((state) => (
            <StateBadge key={state} state={state} label={state.replace('-', ' ')} />
          ))}
        </div>
        <div className={css['row']}>
          {states.map((state) => (
            <StateBadge key={state} state={state} label={state} size="sm" />
          ))}
        </div>
        <div className={css['row']}>
          {([...states, 'danger'] as const).map((state) => (
            <span key={state} className={css['row']}>
              <StatusDot state={state} label={state} /> {state}
            </span>
          ))}
        </div>
        <div className={css['row']}>
          <ClockFace startedAt={null} label="Idle for" size="sm" />
          <ClockFace startedAt={noon} endedAt={noon + 754_000} label="Talked for" />
          <ClockFace startedAt={noon} endedAt={noon + 3_754_000} label="Talked for" size="lg" over />
          <SavedIndicator state={{ kind: 'saving' }} labels={saveLabels} />
          <SavedIndicator state={{ kind: 'saved', at: noon }} labels={saveLabels} />
          <SavedIndicator state={{ kind: 'unsaved' }} labels={saveLabels} />
        </div>
      </Section>
      <Section title="Buttons">
        <div className={css['row']}>
          <Button variant="primary" hotkey="mod+enter" icon={<IconCheck />}>
            Finish wrap-up
          </Button>
          <Button hotkey="alt+h">Hold</Button>
          <Button variant="quiet">Skip</Button>
          <Button variant="danger">Erase</Button>
          <Button pressed>Full wording</Button>
          <Button disabled>Disabled</Button>
          <Button busy>Working</Button>
        </div>
        <div className={css['row']}>
          <Button size="sm">Small</Button>
          <Button size="md">Medium</Button>
          <Button size="lg" variant="primary">
            Large
          </Button>
          <IconButton label="Copy" icon={<IconCopy />} hotkey="alt+c" />
          <IconButton label="Pinned" icon={<IconCheck />} pressed />
          <IconButton label="Erase" icon={<IconTrash />} tone="danger" />
          <MenuButton button={<IconButton label="More" icon={<IconDots />} />} entries={[{ id: 'a', label: 'Copy', onSelect: () => undefined }]} />
          <KeyHint keys="mod+shift+f" />
          <KeyHint keys="f1" />
        </div>
      </Section>
      <Section title="Chips and banners">
        <div className={css['row']}>
          {(['plain', 'accent', 'info', 'ok', 'warn', 'danger'] as const).map((tone) => (
            <Chip key={tone} tone={tone}>
              {tone}
            </Chip>
          ))}
          <Chip remove={{ label: 'Remove router', onRemove: () => undefined }}>router</Chip>
        </div>
        <Banner tone="info" title="A new price list applies after this call." />
        <Banner tone="ok" title="Backup finished." />
        <Banner tone="warn" title="Nine notes wait for the disk." action={<Button size="sm">Save elsewhere</Button>}>
          They are safe in memory and in the journal.
        </Banner>
        <Banner tone="error" title="The pack was refused: its signature does not match." dismiss={{ label: 'Dismiss', onDismiss: () => undefined }}>
          Pack 13 stays in use. Ask your supervisor for a fresh copy.
        </Banner>
      </Section>
    </>
  );
}

export function FormParts(): ReactNode {
  const [text, setText] = useState('');
  const [count, setCount] = useState<number | null>(5);
  const [pick, setPick] = useState<string | null>('uk');
  const [on, setOn] = useState(true);
  const [segment, setSegment] = useState('cue');
  return (
    <>
      <Section title="Fields">
        <div className={css['fields']}>
          <TextField label="Name" hint="As the caller gave it" value={text} onValueChange={setText} required />
          <TextField label="Search" hideLabel placeholder="Search" icon={<IconSearch />} suffix={<KeyHint keys="mod+f" />} value={text} onValueChange={setText} />
          <TextField label="E-mail" value="amira@" onValueChange={() => undefined} error="The part after @ is missing." />
          <NumberField label="Break every" value={count} onValueChange={setCount} unit="min" min={1} max={120} />
          <SelectField label="Break rules" value={pick} onValueChange={setPick} options={[{ value: 'uk', label: 'United Kingdom' }, { value: 'es', label: 'Spain' }]} />
          <TextField label="Locked by policy" value="Folder" onValueChange={() => undefined} disabled />
          <SwitchField label="Soft sound" hint="Only between calls" value={on} onValueChange={setOn} />
          <SwitchField label="Off" value={false} onValueChange={() => undefined} />
          <CheckField label="Caller agreed to be recorded" value={on} onValueChange={setOn} />
          <CheckField label="Not ticked" value={false} onValueChange={() => undefined} />
          <SegmentedField label="Script shows" value={segment} onValueChange={setSegment} options={[{ value: 'cue', label: 'Cue' }, { value: 'full', label: 'Full wording' }]} />
        </div>
      </Section>
      <Section title="Numbered choices">
        <NumberedChoices
          label="Outcome"
          layout="grid"
          onPick={() => undefined}
          choices={['Solved', 'Call back promised', 'Passed on', 'Refund', 'Replacement', 'Complaint', 'Wrong number', 'Hung up', 'Other', 'Tenth'].map((label, index) => ({ id: label, label, chosen: index === 4, disabled: index === 7 }))}
        />
      </Section>
      <Section title="Table">
        <Table
          label="Calls"
          rows={[1, 2, 3, 4]}
          rowId={String}
          selectedId="2"
          onOpen={() => undefined}
          sort={{ columnId: 'when', direction: 'descending' }}
          onSort={() => undefined}
          columns={[
            { id: 'who', header: 'Caller', cell: (row) => `Caller ${row}` },
            { id: 'when', header: 'When', sortable: true, cell: (row) => `1${row}:20`, width: '6rem' },
            { id: 'length', header: 'Length', sortable: true, align: 'end', cell: (row) => `0${row}:3${row}` },
          ]}
        />
        <Button icon={<IconPlus />}>Add</Button>
      </Section>
    </>
  );
}
