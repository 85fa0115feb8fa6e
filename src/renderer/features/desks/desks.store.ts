import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { InputOf } from '#shared/ipc/define.ts';
import type { Desks } from '#shared/ipc/delivery.ts';

export type AskedAbout = NonNullable<InputOf<AppContract, 'desks.list'>['announcement']>;
export type DesksState = { kind: 'loading' } | { kind: 'ready'; readAt: number } & Desks;
export type DesksStore = StoreApi<DesksState> & {
  actions: {
    /** Reads, and reads again as long as somebody looks. Returns what ends it. */
    watch(about?: AskedAbout): () => void;
  };
};

/** Between two readings (ms): a thousand desks that report at once must not keep the screen busy. */
const GAP_MS = 700;
/** Folders tell nobody of a new receipt, and "5 minutes ago" becomes 6 (ms). */
const EVERY_MS = 30_000;

/** What desks say of themselves, kept up to date while it is looked at. */
export function createDesksStore(client: Client, now: () => number = Date.now): DesksStore {
  const store = createStore<DesksState>(() => ({ kind: 'loading' }));
  const watch = (about?: AskedAbout): (() => void) => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let due = Number.POSITIVE_INFINITY;
    let reading = false;
    let again = false;
    const plan = (ms: number): void => {
      if (ended || now() + ms >= due) return;
      clearTimeout(timer);
      due = now() + ms;
      timer = setTimeout(() => void read(), ms);
    };
    const read = async (): Promise<void> => {
      due = Number.POSITIVE_INFINITY;
      reading = true;
      try {
        const found = await client.call('desks.list', about === undefined ? {} : { announcement: about });
        if (!ended) store.setState({ kind: 'ready', readAt: now(), ...found }, true);
      } catch {
        // A data process is starting again; the next reading has it.
      }
      reading = false;
      plan(again ? GAP_MS : EVERY_MS);
      again = false;
    };
    const hint = (): void => {
      if (reading) again = true;
      else plan(GAP_MS);
    };
    const off = [client.on('desks.changed', hint), client.on('channels.changed', hint), client.on('knowledge.changed', hint)];
    plan(0);
    return () => {
      ended = true;
      clearTimeout(timer);
      for (const end of off) end();
    };
  };
  return Object.assign(store, { actions: { watch } });
}
