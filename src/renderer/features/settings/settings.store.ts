import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import { settingsSchema, type Settings, type SettingsPatch } from '#shared/domain/settings.ts';

export type SettingsStore = StoreApi<Settings> & { actions: { load(): Promise<void>; update(patch: SettingsPatch): Promise<void> } };

/** The desk's settings; starts with the defaults so that the first paint needs no waiting. */
export function createSettingsStore(client: Client): SettingsStore {
  const store = createStore<Settings>(() => settingsSchema.parse({}));
  client.on('settings.changed', (next) => store.setState(next, true));
  return Object.assign(store, {
    actions: {
      load: async () => store.setState(await client.call('settings.get', {}), true),
      update: async (patch: SettingsPatch) => store.setState(await client.call('settings.update', patch), true),
    },
  });
}
