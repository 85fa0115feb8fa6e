import { IconArrowLeft, IconCheck, IconRefresh, IconPlayerSkipForward } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { frameworkView } from '#shared/domain/prompts/framework.ts';
import type { Offer, Picked } from '#shared/domain/prompts/pick.ts';
import { SITUATIONS, type Framework, type Situation } from '#shared/domain/prompts/schema.ts';
import css from './PromptPane.module.css';
import type { PromptsState, PromptsStore } from './prompts.store.ts';
import { SITUATION_KEYS, situationByKey } from './situation-keys.ts';

export type PromptPaneProps = {
  state: Extract<PromptsState, { kind: 'open' }>;
  actions: PromptsStore['actions'];
  picked: Picked;
  frameworks: readonly Framework[];
  /** The moment the script's step suggests. */
  suggested: Situation | undefined;
  rootRef?: Ref<HTMLDivElement>;
};

/** Words for the moment: two keys bring three things to say, with the caller's own item, name and date in them. */
export function PromptPane({ state, actions, picked, frameworks, suggested, rootRef }: PromptPaneProps): ReactNode {
  const t = useT();
  const offersRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After naming the moment the digits must reach the offers without another key.
    if (state.situation !== undefined && offersRef.current?.closest('[data-prompts]')?.contains(document.activeElement) === true) offersRef.current.querySelector('button')?.focus();
  }, [state.situation, state.turn]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    if (event.key === 'Escape' && state.situation !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      actions.choose(undefined);
      return;
    }
    const situation = situationByKey(event.key);
    if (situation === undefined || /^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    actions.choose(situation);
  };

  return (
    <div ref={rootRef} className={css['root']} data-prompts tabIndex={-1} onKeyDown={onKeyDown} role="group" aria-label={t('prompts.title')}>
      {state.situation === undefined ? (
        <Situations suggested={suggested} onChoose={actions.choose} />
      ) : (
        <div ref={offersRef} className={css['offers']}>
          <div className={css['chosen']}>
            <IconButton label={t('prompts.situations')} icon={<IconArrowLeft />} onClick={() => actions.choose(undefined)} />
            <h3 className={css['situation']}>{t(`situation.${state.situation}`)}</h3>
            <IconButton label={t('prompts.another')} icon={<IconRefresh />} hotkey="alt+w" onClick={() => actions.others(picked.offers)} />
          </div>
          <Offers picked={picked} onUse={actions.used} />
        </div>
      )}
      <FrameworkMap state={state} frameworks={frameworks} actions={actions} />
      {state.usage.said.length === 0 ? null : (
        <section className={css['used']} aria-label={t('prompts.used')}>
          <h3 className={css['label']}>{t('prompts.used')}</h3>
          <ul className={css['said']}>
            {state.usage.said.map((one) => (
              <li key={`${one.prompt}-${one.at}`}>{one.text}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
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

function Offers({ picked, onUse }: { picked: Picked; onUse: (offer: Offer) => void }): ReactNode {
  const t = useT();
  if (picked.offers.length === 0) return <p className={css['none']}>{t('prompts.none')}</p>;
  return (
    <NumberedChoices
      label={t('prompts.use')}
      choices={picked.offers.map((offer) => ({ id: `${offer.prompt.id}#${offer.phrase.wording}`, label: <span className={css['words']}>{offer.text}</span>, detail: offer.prompt.title }))}
      onPick={(_id, index) => {
        const offer = picked.offers[index];
        if (offer !== undefined) onUse(offer);
      }}
    />
  );
}

/** A way to lead the talk as a map: one line at a time, each stage may be passed over. */
function FrameworkMap({ state, frameworks, actions }: Pick<PromptPaneProps, 'state' | 'frameworks' | 'actions'>): ReactNode {
  const t = useT();
  const open = frameworks.find((framework) => framework.id === state.usage.framework);
  if (open === undefined) {
    return (
      <div>
        <h3 className={css['label']}>{t('prompts.frameworks')}</h3>
        <div className={css['frameworks']}>
          {frameworks.map((framework) => (
            <button key={framework.id} type="button" className={css['moment']} title={framework.use} onClick={() => actions.openFramework(framework.id)}>
              {framework.title}
            </button>
          ))}
        </div>
      </div>
    );
  }
  const view = frameworkView(open, state.usage);
  const { current } = view;
  return (
    <section className={css['map']} aria-label={view.title}>
      <h3 className={css['label']}>{view.title}</h3>
      <ol className={css['stages']}>
        {view.stages.map((stage) => (
          <li key={stage.id} data-state={stage.state} aria-current={stage.state === 'current' ? 'step' : undefined}>
            {stage.title}
          </li>
        ))}
      </ol>
      {current === null ? null : (
        <>
          <p className={css['cue']}>{current.cue}</p>
          <div className={css['stageMoves']}>
            <Button size="sm" icon={<IconCheck />} onClick={() => actions.stage(view.id, current.id, true)}>
              {t('common.done')}
            </Button>
            <Button size="sm" variant="quiet" icon={<IconPlayerSkipForward />} onClick={() => actions.stage(view.id, current.id, false)}>
              {t('prompts.skip-stage')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
