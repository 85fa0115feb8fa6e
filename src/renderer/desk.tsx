import { createContext, useContext, type ReactNode } from 'react';
import { createCallsStore, type CallsStore } from './features/calls/index.ts';
import { createChannelsStore, type ChannelsStore } from './features/channels/index.ts';
import { createFollowUpsStore, type FollowUpsStore } from './features/follow-ups/index.ts';
import { createKeysStore, type KeysStore } from './features/keys/index.ts';
import { createKnowledgeStore, createMarksStore, type KnowledgeStore, type MarksStore } from './features/knowledge/index.ts';
import { createNewsStore, type NewsStore } from './features/news/index.ts';
import { createLadderStore, createPreferencesStore, createPromptsStore, type LadderStore, type PreferencesStore, type PromptsStore } from './features/prompts/index.ts';
import { createScriptsStore, type ScriptsStore } from './features/scripts/index.ts';
import { createSearchStore, type SearchStore } from './features/search/index.ts';
import { createSuggestStore, type SuggestStore } from './features/suggest/index.ts';
import { createPolicyStore, createSettingsStore, type PolicyStore, type SettingsStore } from './features/settings/index.ts';
import { createScriptImportStore, createTransferStore, type ScriptImportStore, type TransferStore } from './features/transfer/index.ts';
import { createBreaksStore, type BreaksStore } from './features/wellbeing/index.ts';
import type { Client } from './ipc/client.ts';
import { DEFAULT_ABUSE_POLICY } from '#shared/domain/abuse/policy.ts';
import type { Audience } from '#shared/domain/audience.ts';

/** Every store of one window. Built once; screens take from it what they compose. */
export type Desk = {
  client: Client;
  settings: SettingsStore;
  policy: PolicyStore;
  keys: KeysStore;
  knowledge: KnowledgeStore;
  /** Where records come from, where that is worth saying. */
  marks: MarksStore;
  calls: CallsStore;
  scripts: ScriptsStore;
  prompts: PromptsStore;
  preferences: PreferencesStore;
  ladder: LadderStore;
  suggest: SuggestStore;
  search: SearchStore;
  transfer: TransferStore;
  scriptImport: ScriptImportStore;
  followUps: FollowUpsStore;
  breaks: BreaksStore;
  channels: ChannelsStore;
  news: NewsStore;
};

export function createDesk(client: Client): Desk {
  const calls = createCallsStore(client);
  const settings = createSettingsStore(client);
  const policy = createPolicyStore(client);
  /** What this desk belongs to; while there is a call, its queue too. */
  const audience = (): Audience => {
    const state = calls.getState();
    const { teams, queues } = settings.getState().desk;
    return { teams, queues: state.kind === 'live' && state.call.queue !== undefined ? [...queues, state.call.queue] : queues };
  };
  const knowledge = createKnowledgeStore(client, audience, Date.now, () => settings.getState().language);
  const place = (): string => JSON.stringify([audience(), settings.getState().language]);
  let belongs = place();
  const look = (): void => {
    const now = place();
    if (now === belongs) return;
    belongs = now;
    knowledge.actions.look();
  };
  settings.subscribe(look);
  calls.subscribe(look);
  return {
    client,
    settings,
    policy,
    keys: createKeysStore(client),
    knowledge,
    marks: createMarksStore(client),
    calls,
    scripts: createScriptsStore(client),
    prompts: createPromptsStore(client),
    preferences: createPreferencesStore(client),
    ladder: createLadderStore(client, () => policy.getState().abuse ?? DEFAULT_ABUSE_POLICY),
    suggest: createSuggestStore(client),
    followUps: createFollowUpsStore(client),
    breaks: createBreaksStore(client),
    channels: createChannelsStore(client),
    news: createNewsStore(client),
    scriptImport: createScriptImportStore(client),
    transfer: createTransferStore(client, () => settings.getState().country),
    search: createSearchStore(client, { audience, logsMisses: () => settings.getState().missLog }),
  };
}

const DeskContext = createContext<Desk | undefined>(undefined);

export function DeskProvider({ desk, children }: { desk: Desk; children: ReactNode }): ReactNode {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('useDesk outside of DeskProvider');
  return desk;
}
