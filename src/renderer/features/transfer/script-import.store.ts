import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Failure, ImportResult } from '#shared/domain/transfer/job.ts';
import type { RefusedRow } from '#shared/domain/transfer/problems.ts';
import type { ScriptPreview } from '#shared/domain/transfer/script-file.ts';
import type { Job } from '#shared/ipc/events.ts';
import type { ImportState } from '#shared/ipc/transfer.ts';
import { createRunActions, REFUSED_PAGE, type ChosenFile, type RunActions } from './import-run.ts';

export type ScriptImportState =
  | { kind: 'loading' }
  | { kind: 'empty' }
  | { kind: 'looking'; name: string }
  | { kind: 'unreadable'; name: string; reason: Failure }
  | { kind: 'preview'; file: ChosenFile; preview: ScriptPreview; take: ReadonlySet<string>; starting: boolean; failure: Failure | undefined }
  | { kind: 'running'; job: string; name: string; done: number; total: number | undefined; cancelling: boolean }
  | { kind: 'ended'; job: string; name: string; result: ImportResult; from: number; refused: readonly RefusedRow[] };

export type ScriptImportStore = StoreApi<ScriptImportState> & {
  actions: {
    /** Takes up an import that is under way or has ended while another screen was in front. */
    load(): Promise<void>;
    choose(): Promise<void>;
    take(id: string, on: boolean): void;
    takeOnly(which: 'all' | 'new' | 'none'): void;
    start(): Promise<void>;
  } & RunActions;
};

/** The import of call scripts, from the choice of a file to its report. */
export function createScriptImportStore(client: Client): ScriptImportStore {
  const store = createStore<ScriptImportState>(() => ({ kind: 'loading' }));

  const show = async (known: ImportState): Promise<void> => {
    switch (known.state) {
      case 'none':
        store.setState({ kind: 'empty' }, true);
        return;
      case 'running':
        store.setState({ kind: 'running', job: known.job, name: known.name, done: 0, total: undefined, cancelling: false }, true);
        return;
      case 'ended': {
        const { job, name, result } = known;
        const { rows } = await client.call('transfer.report', { job, from: 0, count: REFUSED_PAGE });
        store.setState({ kind: 'ended', job, name, result, from: 0, refused: rows }, true);
      }
    }
  };

  client.on('job.changed', (job: Job) => {
    const state = store.getState();
    if (state.kind !== 'running' || job.kind !== 'import' || job.id !== state.job) return;
    if (job.state === 'running') store.setState({ ...state, done: job.done, total: job.total }, true);
    else void client.call('transfer.scripts-state', {}).then(show);
  });

  const previewing = (change: (state: Extract<ScriptImportState, { kind: 'preview' }>) => ReadonlySet<string>): void => {
    const state = store.getState();
    if (state.kind === 'preview') store.setState({ ...state, failure: undefined, take: change(state) }, true);
  };

  return Object.assign(store, {
    actions: {
      load: async () => {
        if (store.getState().kind === 'loading') await show(await client.call('transfer.scripts-state', {}));
      },
      choose: async () => {
        const choice = await client.call('transfer.choose-scripts', {});
        if (!choice.chosen) return;
        const { token, name, size } = choice;
        store.setState({ kind: 'looking', name }, true);
        const found = await client.call('transfer.preview-scripts', { token });
        if (!found.ok) {
          store.setState({ kind: 'unreadable', name, reason: found.reason }, true);
          return;
        }
        const take = new Set(found.preview.scripts.map(({ id }) => id));
        store.setState({ kind: 'preview', file: { token, name, size }, preview: found.preview, take, starting: false, failure: undefined }, true);
      },
      take: (id: string, on: boolean) =>
        previewing(({ take }) => {
          const next = new Set(take);
          if (on) next.add(id);
          else next.delete(id);
          return next;
        }),
      takeOnly: (which: 'all' | 'new' | 'none') =>
        previewing(({ preview }) => new Set(preview.scripts.filter(({ here }) => which === 'all' || (which === 'new' && here === 'new')).map(({ id }) => id))),
      start: async () => {
        const state = store.getState();
        if (state.kind !== 'preview' || state.starting || state.take.size === 0) return;
        store.setState({ ...state, starting: true, failure: undefined }, true);
        const started = await client.call('transfer.start-scripts', { token: state.file.token, take: [...state.take] }).catch(() => ({ ok: false as const, reason: 'stopped' as const }));
        if (!started.ok) {
          store.setState({ ...state, starting: false, failure: started.reason }, true);
          return;
        }
        store.setState({ kind: 'running', job: started.job, name: state.file.name, done: 0, total: state.take.size, cancelling: false }, true);
        // A short import may have ended before this window knew its name.
        const known = await client.call('transfer.scripts-state', {});
        if (known.state === 'ended' && known.job === started.job) await show(known);
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
