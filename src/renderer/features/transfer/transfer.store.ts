import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Failure, ImportResult } from '#shared/domain/transfer/job.ts';
import { currencyOfCountry } from '#shared/domain/transfer/money.ts';
import type { RefusedRow } from '#shared/domain/transfer/problems.ts';
import type { Preview, ReadingChoice } from '#shared/domain/transfer/reading.ts';
import type { Mapping, Target } from '#shared/domain/transfer/targets.ts';
import type { Job } from '#shared/ipc/events.ts';
import type { ImportState } from '#shared/ipc/transfer.ts';
import { createRunActions, REFUSED_PAGE, type ChosenFile, type RunActions } from './import-run.ts';
import { usable } from './preview-rows.ts';

export type TransferState =
  | { kind: 'loading' }
  | { kind: 'empty' }
  | { kind: 'looking'; name: string }
  | { kind: 'unreadable'; name: string; reason: Failure }
  | { kind: 'mapping'; file: ChosenFile; preview: Preview; mapping: Mapping; choice: ReadingChoice; starting: boolean; failure: Failure | undefined }
  | { kind: 'running'; job: string; name: string; rows: number; total: number | undefined; phase: string; cancelling: boolean }
  | { kind: 'ended'; job: string; name: string; result: ImportResult; from: number; refused: readonly RefusedRow[] };

export type TransferStore = StoreApi<TransferState> & {
  actions: {
    /** Takes up an import that is under way or has ended while another screen was in front. */
    load(): Promise<void>;
    choose(): Promise<void>;
    /** Reads the file again in another way. */
    reread(choice: ReadingChoice): Promise<void>;
    map(column: string, target: Target): void;
    change(patch: Partial<Mapping>): void;
    start(): Promise<void>;
  } & RunActions;
};

/** @param country of the desk, ISO 3166-1 alpha-2: its currency is suggested where the file names none */
export function createTransferStore(client: Client, country: () => string): TransferStore {
  const store = createStore<TransferState>(() => ({ kind: 'loading' }));

  const show = async (known: ImportState): Promise<void> => {
    switch (known.state) {
      case 'none':
        store.setState({ kind: 'empty' }, true);
        return;
      case 'running':
        store.setState({ kind: 'running', job: known.job, name: known.name, rows: 0, total: undefined, phase: 'reading', cancelling: false }, true);
        return;
      case 'ended': {
        const { job, name, result } = known;
        const { rows } = await client.call('transfer.report', { job, from: 0, count: REFUSED_PAGE });
        store.setState({ kind: 'ended', job, name, result, from: 0, refused: rows }, true);
      }
    }
  };

  const look = async (file: ChosenFile, choice: ReadingChoice): Promise<void> => {
    const found = await client.call('transfer.preview', { token: file.token, choice });
    if (!found.ok) {
      store.setState({ kind: 'unreadable', name: file.name, reason: found.reason }, true);
      return;
    }
    const { preview } = found;
    const currency = preview.mapping.currency ?? currencyOfCountry(country());
    store.setState({ kind: 'mapping', file, preview, choice, starting: false, failure: undefined, mapping: { ...preview.mapping, ...(currency === undefined ? {} : { currency }) } }, true);
  };

  const onJob = (job: Job): void => {
    const state = store.getState();
    if (state.kind !== 'running' || job.kind !== 'import' || job.id !== state.job) return;
    if (job.state === 'running') store.setState({ ...state, rows: job.done, total: job.total, phase: job.message ?? 'reading' }, true);
    else void client.call('transfer.state', {}).then(show);
  };
  client.on('job.changed', onJob);

  const editing = (change: (state: Extract<TransferState, { kind: 'mapping' }>) => Partial<Mapping>): void => {
    const state = store.getState();
    if (state.kind === 'mapping') store.setState({ ...state, failure: undefined, mapping: { ...state.mapping, ...change(state) } }, true);
  };

  return Object.assign(store, {
    actions: {
      load: async () => {
        if (store.getState().kind === 'loading') await show(await client.call('transfer.state', {}));
      },
      choose: async () => {
        const choice = await client.call('transfer.choose', {});
        if (!choice.chosen) return;
        const { token, name, size } = choice;
        store.setState({ kind: 'looking', name }, true);
        await look({ token, name, size }, {});
      },
      reread: async (choice: ReadingChoice) => {
        const state = store.getState();
        if (state.kind === 'mapping') await look(state.file, { ...state.choice, ...choice });
      },
      map: (column: string, target: Target) => editing(({ mapping }) => ({ columns: mapping.columns.map((one) => (one.column === column ? { column, target } : one)) })),
      change: (patch: Partial<Mapping>) => editing(() => patch),
      start: async () => {
        const state = store.getState();
        if (state.kind !== 'mapping' || state.starting) return;
        store.setState({ ...state, starting: true, failure: undefined }, true);
        const { file, mapping } = state;
        const started = await client.call('transfer.start', { token: file.token, mapping: usable(mapping) }).catch(() => ({ ok: false as const, reason: 'stopped' as const }));
        if (started.ok) {
          store.setState({ kind: 'running', job: started.job, name: file.name, rows: 0, total: undefined, phase: 'reading', cancelling: false }, true);
          // A short import may have ended before this window knew its name.
          const known = await client.call('transfer.state', {});
          if (known.state === 'ended' && known.job === started.job) await show(known);
        } else store.setState({ ...state, starting: false, failure: started.reason }, true);
      },
      ...createRunActions(client, {
        running: () => {
          const state = store.getState();
          return state.kind === 'running' ? { job: state.job, stop: () => store.setState({ ...state, cancelling: true }, true) } : undefined;
        },
        ended: () => {
          const state = store.getState();
          return state.kind === 'ended' ? { job: state.job, show: (from, refused) => store.setState({ ...state, from, refused }, true) } : undefined;
        },
      }),
    },
  });
}
