import { IconShieldCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner, type BannerTone } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { FactTable } from '#renderer/ui/FactTable.tsx';
import { MenuButton } from '#renderer/ui/MenuButton.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { Table } from '#renderer/ui/Table.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { VisuallyHidden } from '#renderer/ui/VisuallyHidden.tsx';
import { KEY_ROLES, shortKeyId, type HeldKey, type PublicKey } from '#shared/domain/packs/keys.ts';
import { refusalText } from '#shared/domain/packs/refusal-text.ts';
import type { TrustOutcome, TrustView } from '#shared/ipc/keys.ts';
import type { KeysState, KeysStore } from './keys.store.ts';
import css from './keys.module.css';
import { keyOutcomeText, trustOutcomeText } from './outcome-text.ts';

type Told = { tone: BannerTone; text: string };

/** The knowledge base this desk writes for, and who may do what in it. */
export function TrustPane({ store, state }: { store: KeysStore; state: Extract<KeysState, { kind: 'ready' }> }): ReactNode {
  const t = useT();
  const [told, setTold] = useState<Told | undefined>(undefined);
  const tell = (outcome: TrustOutcome): void => {
    const tone = outcome.outcome === 'done' ? 'ok' : outcome.outcome === 'cancelled' || outcome.outcome === 'needs-owners' ? 'info' : 'warn';
    setTold({ tone, text: trustOutcomeText(t, outcome) });
  };
  return (
    <Pane title={t('trust.title')} aside={state.base?.title}>
      <div className={css['stack']}>
        {state.refusal === null ? null : <Banner tone="warn" live="status" title={refusalText(t, state.refusal)} />}
        {told === undefined ? null : <Banner tone={told.tone} live="status" title={told.text} dismiss={{ label: t('common.close'), onDismiss: () => setTold(undefined) }} />}
        {state.base === null ? <Begin store={store} keys={state.keys} brokers={state.brokers} tell={tell} /> : <People key={JSON.stringify([state.base.people, state.base.required, state.base.ownersNeeded])} store={store} base={state.base} keys={state.keys} tell={tell} />}
      </div>
    </Pane>
  );
}

/** The fingerprint on paper, for every desk. */
function SheetMenu({ store }: { store: KeysStore }): ReactNode {
  const t = useT();
  const toast = useToast();
  const make = (as: 'print' | 'pdf'): void =>
    void store.actions.trustSheet(as).then((outcome) => {
      if (outcome === 'cancelled') return;
      const text = keyOutcomeText(t, outcome);
      toast(text === undefined ? { tone: 'ok', title: t(as === 'print' ? 'keyring.done.printed' : 'keyring.done.saved') } : { tone: 'warn', title: text });
    });
  return (
    <MenuButton
      button={<Button size="sm">{t('trust.sheet')}</Button>}
      entries={[
        { id: 'print', label: t('trust.sheet.print'), onSelect: () => make('print') },
        { id: 'pdf', label: t('trust.sheet.pdf'), onSelect: () => make('pdf') },
      ]}
    />
  );
}

/** The id of a knowledge base from its name; one whose letters no id can have gets a plain one. */
const slug = (title: string): string =>
  (title.trim() === '' ? '' : latin(title) || 'knowledge');

const latin = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);

type BeginProps = { store: KeysStore; keys: readonly HeldKey[]; brokers: readonly { id: string; name: string }[]; tell: (outcome: TrustOutcome) => void };

function Begin({ store, keys, brokers, tell }: BeginProps): ReactNode {
  const t = useT();
  const [title, setTitle] = useState('');
  const [fingerprint, setFingerprint] = useState('');
  const signer = keys.find(({ unlocked }) => unlocked);
  const begin = (channel?: string): void => (signer === undefined ? undefined : void store.actions.begin(slug(title), title.trim(), signer.id, channel).then(tell));
  return (
    <>
      <EmptyState icon={<IconShieldCheck />} title={t('trust.none')}>
        {t('trust.none.text')}
      </EmptyState>
      <section className={css['form']} aria-label={t('trust.create')}>
        <h3 className={css['heading']}>{t('trust.create')}</h3>
        <TextField label={t('trust.create.title')} value={title} onValueChange={setTitle} hint={signer === undefined ? t(keys.length === 0 ? 'trust.create.needs-key' : 'trust.outcome.locked') : `${t('trust.create.key')}: ${signer.name}`} />
        <div className={css['tools']}>
          <Button variant="primary" disabled={signer === undefined || slug(title) === ''} onClick={() => begin()}>
            {t('trust.choose')}
          </Button>
          {brokers.map(({ id, name }) => (
            <Button key={id} disabled={signer === undefined || slug(title) === ''} onClick={() => begin(id)}>
              {t('trust.broker.begin', { name })}
            </Button>
          ))}
        </div>
      </section>
      <section className={css['form']} aria-label={t('trust.join')}>
        <h3 className={css['heading']}>{t('trust.join')}</h3>
        <TextField label={t('trust.fingerprint.enter')} value={fingerprint} onValueChange={setFingerprint} code placeholder="0000-0000-0000-0000-0000" />
        <div className={css['tools']}>
          <Button disabled={fingerprint.trim() === ''} onClick={() => void store.actions.join(fingerprint).then(tell)}>
            {t('trust.choose-folder')}
          </Button>
          {brokers.map(({ id, name }) => (
            <Button key={id} disabled={fingerprint.trim() === ''} onClick={() => void store.actions.join(fingerprint, id).then(tell)}>
              {t('trust.broker.join', { name })}
            </Button>
          ))}
        </div>
      </section>
    </>
  );
}

type PeopleProps = { store: KeysStore; base: TrustView; keys: readonly HeldKey[]; tell: (outcome: TrustOutcome) => void };

function People({ store, base, keys, tell }: PeopleProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [people, setPeople] = useState<readonly PublicKey[]>(base.people);
  const [required, setRequired] = useState(base.required);
  const [ownersNeeded, setOwnersNeeded] = useState(base.ownersNeeded);
  const [busy, setBusy] = useState(false);
  const reset = (): void => {
    setPeople(base.people);
    setRequired(base.required);
    setOwnersNeeded(base.ownersNeeded);
  };
  const day = (at: number): string => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
  const changed = JSON.stringify([people, required, ownersNeeded]) !== JSON.stringify([base.people, base.required, base.ownersNeeded]);
  const run = async (work: Promise<TrustOutcome>): Promise<void> => {
    setBusy(true);
    tell(await work.finally(() => setBusy(false)));
  };
  const add = async (): Promise<void> => {
    const { card, outcome } = await store.actions.readCard();
    if (card !== null) setPeople((now) => [...now.filter(({ id }) => id !== card.id), card]);
    else if (outcome === 'not-a-file') tell({ outcome: 'not-a-file' });
  };
  const setRole = (id: string, role: PublicKey['roles'][number], on: boolean): void =>
    setPeople((now) => now.map((one) => (one.id === id ? { ...one, roles: on ? [...one.roles, role] : one.roles.filter((have) => have !== role) } : one)));
  const mine = new Set(keys.map(({ id }) => id));
  return (
    <>
      <FactTable
        facts={[
          { id: 'fingerprint', label: t('trust.fingerprint'), value: base.fingerprint, kind: 'code', note: t('trust.fingerprint.hint'), action: <SheetMenu store={store} /> },
          { id: 'folder', label: t('trust.folder'), value: base.folder, kind: 'code' },
          { id: 'release', label: t('trust.release'), value: base.release === 0 ? t('trust.release.none') : String(base.release) },
          { id: 'expires', label: t('trust.expires'), value: day(base.expires), note: t('trust.expires.hint'), action: <Button size="sm" onClick={() => void run(store.actions.confirm())}>{t('trust.confirm')}</Button> },
        ]}
      />
      <Table
        label={t('trust.people')}
        rows={people}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'name',
            header: t('trust.people'),
            width: '16rem',
            cell: (one) => (
              <>
                {one.name}
                {mine.has(one.id) ? <span className={css['faint']}> · {t('trust.you')}</span> : null}
                {base.people.some(({ id }) => id === one.id) ? null : <span className={css['faint']}> · {t('trust.pending')}</span>}
              </>
            ),
          },
          { id: 'key', header: t('keyring.key'), width: '13rem', cell: (one) => <span className={css['code']}>{shortKeyId(one.id)}</span> },
          ...KEY_ROLES.map((role) => ({
            id: role,
            header: t(`keyring.role.${role}`),
            width: '6rem',
            cell: (one: PublicKey) => <CheckField label={<VisuallyHidden>{`${one.name}: ${t(`keyring.role.${role}`)}`}</VisuallyHidden>} value={one.roles.includes(role)} onValueChange={(on) => setRole(one.id, role, on)} />,
          })),
          { id: 'withdraw', header: '', width: '9rem', align: 'end', cell: (one) => <Button size="sm" variant="quiet" onClick={() => setPeople((now) => now.filter(({ id }) => id !== one.id))}>{t('trust.withdraw', { name: one.name.split(/[\s,]/)[0] ?? one.name })}</Button> },
        ]}
      />
      <div className={css['tools']}>
        <Button onClick={() => void add()}>{t('trust.add-person')}</Button>
        <Button onClick={() => void run(store.actions.agree())}>{t('trust.agree')}</Button>
      </div>
      <div className={css['row']}>
        <SegmentedField label={t('trust.required')} value={String(required)} onValueChange={(value) => setRequired(value === '2' ? 2 : 1)} options={[{ value: '1', label: t('trust.required.1') }, { value: '2', label: t('trust.required.2') }]} />
        <div className={css['short']}>
          <NumberField label={t('trust.owners-needed')} value={ownersNeeded} min={1} max={Math.max(1, people.filter(({ roles }) => roles.includes('owner')).length)} onValueChange={(value) => (value === null ? undefined : setOwnersNeeded(value))} />
        </div>
      </div>
      {changed ? (
        <div className={css['tools']}>
          <Button variant="primary" busy={busy} onClick={() => void run(store.actions.change({ people, required, ownersNeeded }))}>
            {t('trust.save')}
          </Button>
          <Button onClick={reset}>{t('trust.undo')}</Button>
        </div>
      ) : null}
      {base.revoked.length === 0 ? null : (
        <p className={css['faint']}>
          {t('trust.withdrawn')}: {base.revoked.map(({ name, at }) => t('trust.withdrawn.on', { name, date: day(at) })).join('; ')}
        </p>
      )}
    </>
  );
}
