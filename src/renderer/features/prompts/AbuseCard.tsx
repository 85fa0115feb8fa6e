import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLanguage, useT, type T } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { nextLadderStep, recoveryFor, warningsGiven, type LadderStep } from '#shared/domain/abuse/ladder.ts';
import type { AbuseCategory } from '#shared/domain/abuse/policy.ts';
import { localize } from '#shared/domain/common.ts';
import type { ExportOptions, LadderState, LadderStore } from './abuse.store.ts';
import css from './PromptPane.module.css';

type Open = Extract<LadderState, { kind: 'open' }>;
export type AbuseCardProps = {
  state: Open;
  actions: LadderStore['actions'];
  /** Hangs up, after the end was marked and recorded. */
  onEndCall: () => void;
  onExport: (options: { caller: boolean; withWords: boolean }) => void;
};
export type { ExportOptions };

/** Where the limit is: what is happening, how many warnings were given, the words for the next step, and the end. */
export function AbuseCard({ state, actions, onEndCall, onExport }: AbuseCardProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const root = useRef<HTMLDivElement>(null);
  const { log } = state.abuse;
  useEffect(() => {
    // Each step of the ladder is one key: focus goes to the next thing to do, unless it was taken elsewhere.
    const at = document.activeElement;
    if (at === document.body || root.current?.closest('[data-prompts]')?.contains(at) === true) root.current?.querySelector<HTMLElement>('[data-card-first], fieldset button')?.focus();
  }, [state.category, log.length]);

  const rung = state.policy.categories.find((one) => one.id === state.category);
  const choose = (id: string): void => {
    const last = log.at(-1);
    if (last?.type !== 'incident' || last.category !== id) actions.mark({ type: 'incident', category: id });
    actions.choose(id);
  };
  return (
    <div ref={root} className={css['card']} data-ladder role="group" aria-label={t('abuse.title')}>
      {rung === undefined ? (
        <>
          <h4 className={css['cardTitle']}>{t('abuse.category')}</h4>
          <NumberedChoices label={t('abuse.category')} choices={state.policy.categories.map((one) => ({ id: one.id, label: localize(one.label, language), detail: countText(one, state, t) }))} onPick={choose} />
        </>
      ) : (
        <Rung state={state} rung={rung} actions={actions} onEndCall={onEndCall} />
      )}
      {log.length === 0 ? null : <Afterwards state={state} actions={actions} onExport={onExport} />}
    </div>
  );
}

function countText(rung: AbuseCategory, state: Open, t: T): string {
  if (rung.listenOnly === true) return t('abuse.listen-only');
  return rung.warnings === 0 ? t('abuse.at-once') : t('abuse.warnings', { given: warningsGiven(state.abuse, rung.id), of: rung.warnings });
}

function Rung({ state, rung, actions, onEndCall }: { state: Open; rung: AbuseCategory } & Pick<AbuseCardProps, 'actions' | 'onEndCall'>): ReactNode {
  const t = useT();
  const language = useLanguage();
  const last = state.abuse.log.findLast((event) => event.type !== 'supervisorJoined' && event.category === rung.id);
  const step = nextLadderStep(state.abuse, state.policy, rung.id);
  const calm = last?.type === 'warned';
  return (
    <>
      <h4 className={css['cardTitle']}>
        {localize(rung.label, language)} · {countText(rung, state, t)}
      </h4>
      {calm ? (
        <div className={css['stageMoves']}>
          <Button size="sm" data-card-first onClick={() => actions.mark({ type: 'incident', category: rung.id })}>
            {t('abuse.happened-again')}
          </Button>
        </div>
      ) : step === undefined ? null : (
        <Step step={step} rung={rung} actions={actions} onEndCall={onEndCall} />
      )}
    </>
  );
}

function Step({ step, rung, actions, onEndCall }: { step: LadderStep; rung: AbuseCategory } & Pick<AbuseCardProps, 'actions' | 'onEndCall'>): ReactNode {
  const t = useT();
  const language = useLanguage();
  const words = step.words.text === undefined ? t(step.words.key) : localize(step.words.text, language);
  switch (step.kind) {
    case 'listen':
      return <p>{words}</p>;
    case 'warn':
      return (
        <>
          <p className={css['strong']}>{step.final ? t('abuse.next.warn-final') : t('abuse.next.warn', { number: step.number, of: step.of })}</p>
          <p className={css['ladderWords']}>{words}</p>
          <div className={css['stageMoves']}>
            <Button size="sm" variant="primary" data-card-first onClick={() => actions.mark({ type: 'warned', category: rung.id })}>
              {t('abuse.warned')}
            </Button>
            {step.supervisorMayJoin ? (
              <Button size="sm" variant="quiet" onClick={() => actions.mark({ type: 'supervisorJoined' })}>
                {t('abuse.supervisor')}
              </Button>
            ) : null}
          </div>
        </>
      );
    case 'end':
      return (
        <>
          <p className={css['strong']}>{t('abuse.next.end')}</p>
          <p className={css['ladderWords']}>{words}</p>
          <p className={css['quietText']}>{t('abuse.next.end-free')}</p>
          <div className={css['stageMoves']}>
            <Button
              size="sm"
              variant="danger"
              data-card-first
              onClick={() => {
                actions.mark({ type: 'ended', category: rung.id });
                void actions.record();
                onEndCall();
              }}
            >
              {t('abuse.end-call')}
            </Button>
          </div>
        </>
      );
  }
}

function Afterwards({ state, actions, onExport }: { state: Open } & Pick<AbuseCardProps, 'actions' | 'onExport'>): ReactNode {
  const t = useT();
  const [exporting, setExporting] = useState(false);
  const [caller, setCaller] = useState(false);
  const [withWords, setWithWords] = useState(false);
  const [words, setWords] = useState('');
  const category = state.category ?? state.abuse.log.findLast((event) => event.type !== 'supervisorJoined')?.category;
  return (
    <>
      <div className={css['stageMoves']}>
        {state.category === undefined ? null : (
          <Button size="sm" variant="quiet" onClick={() => actions.choose(undefined)}>
            {t('abuse.back')}
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={() => actions.mark({ type: 'takeBack' })}>
          {t('abuse.take-back')}
        </Button>
        {recoveryFor(state.abuse, state.policy) === undefined ? null : (
          <>
            <Button size="sm" variant="quiet" pressed={state.recorded === 'yes'} onClick={() => void actions.record()}>
              {t('abuse.record')}
            </Button>
            <Button size="sm" variant="quiet" aria-expanded={exporting} onClick={() => setExporting((on) => !on)}>
              {t('abuse.export')}
            </Button>
          </>
        )}
      </div>
      {exporting && category !== undefined ? (
        <form
          className={css['own']}
          onSubmit={(event) => {
            event.preventDefault();
            if (words.trim() !== '') actions.mark({ type: 'incident', category, words: words.trim() });
            onExport({ caller, withWords });
            setExporting(false);
          }}
        >
          <TextField label={t('abuse.words')} value={words} onValueChange={setWords} maxLength={1_000} />
          <CheckField label={t('abuse.export-caller')} value={caller} onValueChange={setCaller} />
          <CheckField label={t('abuse.export-words')} value={withWords} onValueChange={setWithWords} />
          <Button size="sm" type="submit">
            {t('abuse.export')}
          </Button>
        </form>
      ) : null}
    </>
  );
}
