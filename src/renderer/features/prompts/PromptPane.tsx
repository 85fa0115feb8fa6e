import { IconArrowLeft, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import type { Offer, Picked } from '#shared/domain/prompts/pick.ts';
import { SITUATIONS, type Framework, type Situation } from '#shared/domain/prompts/schema.ts';
import { FrameworkMap } from './FrameworkMap.tsx';
import { OfferList } from './OfferList.tsx';
import { OwnWords } from './OwnWords.tsx';
import type { PreferencesStore } from './preferences.store.ts';
import css from './PromptPane.module.css';
import type { PromptsState, PromptsStore } from './prompts.store.ts';
import { SITUATION_KEYS, situationByKey } from './situation-keys.ts';

export type PromptPaneProps = {
  state: Extract<PromptsState, { kind: 'open' }>;
  actions: PromptsStore['actions'];
  preferences: PreferencesStore['actions'];
  picked: Picked;
  tone: 'plain' | 'formal';
  frameworks: readonly Framework[];
  /** The way to lead beside the script, and the stage of the step on screen. */
  framework: { id: string | undefined; here: string | undefined; words: Picked };
  /** The moment the script's step suggests. */
  suggested: Situation | undefined;
  /** What a moment asks for beside words: limits, care, bereavement. */
  card: ReactNode;
  /** A flag beside offered words. */
  flag?: ((offer: Offer) => ReactNode) | undefined;
  rootRef?: Ref<HTMLDivElement>;
  frameworkRef?: Ref<HTMLElement>;
};

/** Words for the moment: two keys bring three things to say, with the caller's own item, name and date in them. */
export function PromptPane({ state, actions, preferences, picked, tone, frameworks, framework, suggested, card, flag, rootRef, frameworkRef }: PromptPaneProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const offersRef = useRef<HTMLDivElement>(null);
  const { situation } = state;
  useEffect(() => {
    // After naming the moment the digits must reach the offers without another key.
    if (situation !== undefined && offersRef.current?.closest('[data-prompts]')?.contains(document.activeElement) === true) focusFirst(offersRef.current);
  }, [situation, state.turn]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    if (event.key === 'Escape' && situation !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      actions.choose(undefined, picked.offers);
      return;
    }
    const named = situationByKey(event.key);
    // While offers are on screen digits pick among them.
    if (named === undefined || event.shiftKey || (situation !== undefined && /^[0-9]$/.test(event.key))) return;
    event.preventDefault();
    actions.choose(named, picked.offers);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- letters and Escape for the buttons inside
    <div ref={rootRef} className={css['root']} data-prompts tabIndex={-1} onKeyDown={onKeyDown} role="group" aria-label={t('prompts.title')}>
      {situation === undefined ? (
        <Situations suggested={suggested} onChoose={actions.choose} />
      ) : (
        <div ref={offersRef} className={css['offers']}>
          <div className={css['chosen']}>
            <IconButton label={t('prompts.situations')} icon={<IconArrowLeft />} hotkey="f6" onClick={() => actions.choose(undefined, picked.offers)} />
            <h3 className={css['situation']}>{t(`situation.${situation}`)}</h3>
            <Button size="sm" variant="quiet" pressed={tone === 'formal'} hotkey="alt+q" onClick={() => actions.setTone(tone === 'formal' ? 'plain' : 'formal')}>
              {t('prompts.tone.formal')}
            </Button>
            <IconButton label={t('prompts.another')} icon={<IconRefresh />} hotkey="alt+w" onClick={() => actions.others(picked.offers)} />
          </div>
          {card}
          {picked.otherLanguage ? <p className={css['none']}>{t('prompts.other-language')}</p> : null}
          {picked.offers.length === 0 ? <p className={css['none']}>{t('prompts.none')}</p> : <OfferList offers={picked.offers} onUse={actions.used} onFavourite={preferences.toggleFavourite} flag={flag} />}
          <OwnWords onSave={(text) => preferences.addOwn({ situation, text, tone, language })} />
        </div>
      )}
      <FrameworkMap
        frameworks={frameworks}
        usage={state.usage}
        openId={framework.id}
        here={framework.here}
        onOpen={(id) => actions.openFramework(id ?? '')}
        onStage={actions.stage}
        onReopen={actions.reopenStage}
        {...(frameworkRef === undefined ? {} : { rootRef: frameworkRef })}
      />
      {situation !== undefined || framework.words.offers.length === 0 ? null : <OfferList offers={framework.words.offers} onUse={actions.used} onFavourite={preferences.toggleFavourite} flag={flag} />}
      <Used state={state} />
    </div>
  );
}

function focusFirst(root: HTMLElement): void {
  const first = root.querySelector<HTMLElement>('[data-ladder] [data-card-first], [data-ladder] fieldset button') ?? root.querySelector<HTMLElement>('[data-offer]') ?? root.querySelector('button');
  first?.focus();
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');
}

function Situations({ suggested, onChoose }: { suggested: Situation | undefined; onChoose: (situation: Situation) => void }): ReactNode {
  const t = useT();
  return (
    <div>
      <h3 className={css['label']}>{t('prompts.situations')}</h3>
      <div className={css['situations']}>
        {SITUATIONS.map((situation) => (
          <button key={situation} type="button" className={css['moment']} data-suggested={situation === suggested || undefined} aria-keyshortcuts={SITUATION_KEYS[situation]} onClick={() => onChoose(situation)}>
            <kbd aria-hidden>{SITUATION_KEYS[situation].toUpperCase()}</kbd>
            {t(`situation.${situation}`)}
          </button>
        ))}
      </div>
    </div>
  );
}

function Used({ state }: Pick<PromptPaneProps, 'state'>): ReactNode {
  const t = useT();
  if (state.usage.said.length === 0) return null;
  return (
    <section className={css['used']} aria-label={t('prompts.used')}>
      <h3 className={css['label']}>{t('prompts.used')}</h3>
      <ul className={css['said']}>
        {state.usage.said.map((one) => (
          <li key={`${one.prompt}-${one.at}`}>{one.text}</li>
        ))}
      </ul>
    </section>
  );
}
