import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { createScriptsStore, ScriptPane, type Operation } from '#renderer/features/scripts/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import type { Client } from '#renderer/ipc/client.ts';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { scriptSchema } from '#shared/domain/scripts/schema.ts';
import { viewOf } from '#shared/domain/scripts/view.ts';

/** A try-out is kept nowhere. */
const nowhere: Client = { call: () => Promise.resolve({} as never), on: () => () => undefined };

/** A script draft as the agent will see it, with the very engine of a call. */
export function TryOut({ record }: { record: Unfinished }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { settings, knowledge } = useDesk();
  const { wording, agentName, company } = useStore(settings);
  const state = useStore(knowledge);
  const [round, setRound] = useState(0);
  const script = useMemo(() => scriptSchema.safeParse(record).data, [record]);
  const store = useMemo(() => createScriptsStore(nowhere), []);
  const walk = useStore(store);
  useEffect(() => {
    if (script === undefined) return;
    const others = state.kind === 'ready' ? state.all.script.filter(({ id }) => id !== script.id) : [];
    store.actions.detach();
    store.actions.attach('try-out', [script, ...others], [], language);
    store.actions.open(script.id, {});
  }, [script, state, language, round, store]);
  const slots = { today: new Intl.DateTimeFormat('sv-SE').format(Date.now()), ...(agentName === '' ? {} : { agent: { name: agentName } }), ...(company === '' ? {} : { company }) };
  const view = walk.kind === 'open' && walk.state.core !== null ? viewOf(walk.state, walk.library, { language, wording, slots }) : null;
  if (script === undefined || view === null || walk.kind !== 'open') return <Banner tone="info" title={t('try-out.unfinished')} />;
  const perform = (operation: Operation): void => void store.actions.do(operation);
  return (
    <Pane title={t('try-out.title')} toolbar={<Button size="sm" onClick={() => setRound(round + 1)}>{t('try-out.again')}</Button>}>
      <ScriptPane view={view} refusal={walk.refusal} perform={perform} carryOn={() => void store.actions.carryOn()} article={undefined} />
    </Pane>
  );
}
