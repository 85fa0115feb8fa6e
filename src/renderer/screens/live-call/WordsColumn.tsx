import type { ReactNode, RefObject } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { AbuseCard, BereavementCard, CareCard, PromptPane } from '#renderer/features/prompts/index.ts';
import { OriginMark } from '#renderer/features/knowledge/index.ts';
import { FlagButton } from '#renderer/features/news/index.ts';
import { HeardLine } from '#renderer/features/suggest/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { localize } from '#shared/domain/common.ts';
import { situationSchema, type Situation } from '#shared/domain/prompts/schema.ts';
import type { Picked } from '#shared/domain/prompts/pick.ts';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import type { CallView } from '#shared/ipc/calls.ts';
import type { SuggestionView } from '#shared/ipc/suggest.ts';
import { callFacts, suggestedSituation, useFramework, usePicked } from './guidance.ts';
import { SideCard, type Side } from './SideCard.tsx';

export type WordsColumnProps = {
  call: CallView;
  view: ScriptView | null;
  side: Side;
  picked: Picked;
  promptsRef: RefObject<HTMLDivElement | null>;
  frameworkRef: RefObject<HTMLElement | null>;
  heardRef: RefObject<HTMLInputElement | null>;
  backToNote: () => void;
};

/** Scripts the cards open, when the desk has them. */
const CARD_SCRIPTS = { grieving: 'bereavement', vulnerable: 'vulnerable-customer-texas' } as const;

/** What the caller said, what it sounds like, and words for the moment; or the card the agent opened. */
export function WordsColumn({ call, view, side, picked, promptsRef, frameworkRef, heardRef, backToNote }: WordsColumnProps): ReactNode {
  const t = useT();
  const { prompts, preferences, knowledge, marks, settings, suggest, scripts, news } = useDesk();
  const words = useStore(prompts);
  const heard = useStore(suggest);
  const known = useStore(knowledge);
  const { tone } = useStore(settings);
  const framework = useFramework(view);
  const usedStage = framework.here;
  const stageWords = usePicked(call, framework.id === undefined ? undefined : { framework: framework.id, ...(usedStage === undefined ? {} : { stage: usedStage }) }, 1);
  const openScript = (id: string, source: 'accepted' | 'chosen'): void => {
    scripts.actions.open(id, callFacts(call));
    suggest.actions.learn(id, source);
    backToNote();
  };
  if (side.current !== undefined) return <SideCard side={side} onScript={(id) => openScript(id, 'chosen')} />;
  if (words.kind !== 'open' || known.kind !== 'ready') return null;

  // With a script being walked or a moment named, suggestions come only when they are asked for. A script that opened by
  // itself and still stands at its first step does not silence what a transcription hears.
  const walking = view !== null && (view.trail.length > 1 || heard.said === '');
  const quiet = words.situation !== undefined || (walking && heard.heard.trim() === '');
  const pick = (item: SuggestionView): void => {
    switch (item.kind) {
      case 'script':
        openScript(item.id, 'accepted');
        return;
      case 'article':
        void side.open({ kind: 'article', key: item.id });
        backToNote();
        return;
      case 'prompt': {
        const situation = situationSchema.safeParse(item.situation);
        if (!situation.success) return;
        promptsRef.current?.focus();
        prompts.actions.choose(situation.data, picked.offers);
      }
    }
  };
  const cardScript = (situation: keyof typeof CARD_SCRIPTS): (() => void) | undefined => {
    const id = CARD_SCRIPTS[situation];
    if (view?.script.id === id || !known.records.script.some((script) => script.id === id)) return undefined;
    return () => openScript(id, 'chosen');
  };
  return (
    <Pane title={t('prompts.title')}>
      <HeardLine heard={heard.heard} said={heard.said} items={quiet ? [] : heard.items.filter((item) => item.id !== view?.script.id && known.records[item.kind].some(({ id }) => id === item.id))} onHear={suggest.actions.hear} onPick={pick} onLeave={backToNote} inputRef={heardRef} />
      <PromptPane
        state={words}
        actions={prompts.actions}
        preferences={preferences.actions}
        picked={picked}
        tone={words.usage.tone ?? tone}
        frameworks={known.records.framework}
        framework={{ ...framework, words: stageWords }}
        suggested={suggestedSituation(view)}
        flag={(offer) => <><OriginMark store={marks} kind="prompt" id={offer.prompt.id} /><FlagButton about={{ kind: 'prompt', key: offer.prompt.id, title: offer.prompt.title }} actions={news.actions} /></>}
        card={<Card situation={words.situation} call={call} cardScript={cardScript} />}
        rootRef={promptsRef}
        frameworkRef={frameworkRef}
      />
    </Pane>
  );
}

function Card({ situation, call, cardScript }: { situation: Situation | undefined; call: CallView; cardScript: (situation: keyof typeof CARD_SCRIPTS) => (() => void) | undefined }): ReactNode {
  const { client, ladder, calls } = useDesk();
  const t = useT();
  const announce = useAnnounce();
  const language = useLanguage();
  const abuse = useStore(ladder);
  switch (situation) {
    case 'abusive': {
      if (abuse.kind !== 'open') return null;
      const save = ({ caller, withWords }: { caller: boolean; withWords: boolean }): void => {
        const who = call.name ?? call.number;
        const record = ladder.actions.file({ withWords, ...(caller && who !== undefined ? { caller: who } : {}) });
        if (record === undefined) return;
        const day = new Intl.DateTimeFormat('sv-SE').format(record.startedAt);
        void client.call('app.save-file', { name: `incident ${day}.json`, text: JSON.stringify(record, undefined, 2) }).catch(() => undefined);
      };
      const end = (): void => {
        const last = abuse.abuse.log.filter((event) => event.type === 'warned').length;
        const category = abuse.policy.categories.find((one) => one.id === abuse.category);
        announce(t('abuse.recorded', { category: category === undefined ? '' : localize(category.label, language), warnings: last }));
        if (call.state === 'talking' || call.state === 'on-hold') void calls.actions.event({ type: 'hang-up', by: 'agent' });
      };
      return <AbuseCard state={abuse} actions={ladder.actions} onEndCall={end} onExport={save} />;
    }
    case 'grieving':
      return <BereavementCard onScript={cardScript('grieving')} />;
    case 'vulnerable':
      return (
        <CareCard
          callId={call.id}
          actions={{
            load: () => client.call('guidance.care', { callId: call.id }),
            consent: (given) => client.call('guidance.consent', { callId: call.id, given }),
            note: (text) => client.call('guidance.sensitive-note', { callId: call.id, text }),
          }}
          onScript={cardScript('vulnerable')}
        />
      );
    default:
      return null;
  }
}
