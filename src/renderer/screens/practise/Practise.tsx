import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { CallerList, ReviewPane } from '#renderer/features/practise/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import { localize } from '#shared/domain/common.ts';
import type { PracticeCaller } from '#shared/domain/desk-lists.ts';
import { PractiseTalk } from './PractiseTalk.tsx';
import { createPractiseDesk, type PractiseDesk } from './practise-desk.ts';

/**
 * Practice with a prepared caller. A real call ends it at once: what was done is kept, and the call's
 * own screen comes to the front.
 */
export function Practise({ onCall }: { onCall: () => void }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const announce = useAnnounce();
  const { client, knowledge, calls } = useDesk();
  const [desk] = useState<PractiseDesk>(() => createPractiseDesk(client));
  const { stage, runs } = useStore(desk.store);
  const known = useStore(knowledge);
  const realCall = useStore(calls, (state) => (state.kind === 'live' && state.call.state !== 'ended' && state.call.state !== 'wrap-up' ? state.call.id : undefined));
  const tag = useRef(language);
  tag.current = language;

  useEffect(() => void desk.store.actions.load(), [desk]);
  useEffect(() => {
    // Also right after mounting: the screen is drawn anew for each call.
    if (realCall === undefined) return;
    desk.store.actions.end(true, tag.current);
    announce(t('practise.interrupted'));
    onCall();
  }, [realCall, desk, onCall, announce, t]);
  // Leaving the screen in the middle keeps what was done, as a call would.
  useEffect(() => () => desk.store.actions.end(true, tag.current), [desk]);

  const begin = (caller: PracticeCaller): void => {
    if (known.kind !== 'ready') return;
    if (realCall !== undefined) {
      // A caller on the line comes first.
      onCall();
      return;
    }
    const id = desk.store.actions.begin(caller);
    desk.scripts.actions.detach();
    desk.prompts.actions.detach();
    desk.scripts.actions.attach(id, known.all.script, [], language);
    desk.prompts.actions.attach(id, []);
    desk.scripts.actions.open(caller.script, { name: caller.name, direction: 'in' });
    const walk = desk.scripts.getState();
    if (walk.kind === 'open') desk.store.actions.moved(walk.state, walk.library, false);
  };
  useHotkeys(
    [
      { id: 'practise-again', keys: 'alt+enter', label: t('practise.again'), group: t('screen.practise'), enabled: stage.kind === 'review', run: () => stage.kind === 'review' && begin(stage.caller) },
      { id: 'practise-others', keys: 'escape', label: t('practise.others'), group: t('screen.practise'), enabled: stage.kind === 'review', run: desk.store.actions.choose },
    ],
    { scope: 'practise-review' },
  );
  if (known.kind !== 'ready') return null;
  const { script: scripts, 'practice-caller': callers } = known.records;
  switch (stage.kind) {
    case 'choosing':
      return (
        <CallerList
          callers={callers.filter((caller) => scripts.some((script) => script.id === caller.script))}
          scriptTitle={(id) => {
            const script = scripts.find((one) => one.id === id);
            return script === undefined ? id : localize(script.title, language);
          }}
          runs={runs}
          onBegin={begin}
          onOpenRun={(run) => {
            const caller = callers.find((one) => one.id === run.caller);
            if (caller !== undefined) desk.store.setState({ stage: { kind: 'review', run, caller, interrupted: false } });
          }}
          onEraseAll={() => void desk.store.actions.erase()}
        />
      );
    case 'talking':
      return <PractiseTalk desk={desk} stage={stage} prompts={known.records.prompt} frameworks={known.records.framework} />;
    case 'review':
      return (
        <ReviewPane
          run={stage.run}
          name={stage.caller.name}
          interrupted={stage.interrupted}
          onAgain={() => begin(stage.caller)}
          onOthers={desk.store.actions.choose}
          onErase={() => void desk.store.actions.erase(stage.run.id)}
        />
      );
  }
}
