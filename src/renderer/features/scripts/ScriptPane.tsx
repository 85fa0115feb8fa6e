import type { ReactNode } from 'react';
import { languageName } from '#renderer/messages/language-name.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import type { FieldValue } from '#shared/domain/scripts/events.ts';
import type { Filled } from '#shared/domain/scripts/slots.ts';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import { FieldInput } from './FieldInput.tsx';
import css from './ScriptPane.module.css';
import type { Operation, Refusal } from './scripts.store.ts';
import { useFit } from './use-fit.ts';

export type ScriptPaneProps = {
  view: ScriptView;
  refusal: Refusal | undefined;
  perform: (operation: Operation) => void;
  /** Does what was refused without the required fields. */
  carryOn: () => void;
  /** Opens an article by id; its title comes from the knowledge. */
  article: { title: string; open: () => void } | undefined;
  /** BCP 47 tag of the line's text when it is not the agent's language. */
  otherLanguage?: string | undefined;
};

/** The step to say now, what it captures, and the ways on. Large enough to read while talking. */
export function ScriptPane({ view, refusal, perform, carryOn, article, otherLanguage }: ScriptPaneProps): ReactNode {
  const t = useT();
  const finished = view.status === 'finished';
  const root = useFit(`${view.script.id}/${view.step.id}/${view.say?.text ?? ''}/${refusal === undefined}`);
  const next = (): void => {
    if (view.canNext && view.answers.length === 0) perform({ type: 'next' });
  };
  return (
    <div ref={root} className={css['root']} data-script-step={view.step.id} data-script={view.script.id}>
      <div className={css['where']}>
        {view.openScripts.map((title) => (
          <span key={title}>{t('script.in', { script: title })}</span>
        ))}
        {finished ? null : <span>{t('script.progress', { left: view.progress.left - 1 })}</span>}
        {view.step.stage === undefined ? null : <span>{view.step.stage.replace(':', ' · ')}</span>}
      </div>
      {finished ? <Finished view={view} /> : <CurrentStep view={view} otherLanguage={otherLanguage} />}
      {view.fields.length === 0 || finished ? null : (
        <div className={css['fields']} data-script-fields>
          {view.fields.map((field) => (
            <FieldInput key={`${view.script.id}/${view.step.id}/${field.id}`} field={field} onChange={(value: FieldValue | null) => perform({ type: 'setField', field: field.id, value })} onEnter={next} />
          ))}
        </div>
      )}
      {refusal === undefined ? null : (
        <div role="alert" className={css['refusal']}>
          <span>{t(refusal.reason.key, refusal.reason.params)}</span>
          {refusal.forced === undefined ? null : (
            <Button size="sm" hotkey="alt+g" onClick={carryOn}>
              {t('script.carry-on')}
            </Button>
          )}
        </div>
      )}
      {view.answers.length === 0 || finished ? null : (
        <NumberedChoices
          key={`${view.script.id}/${view.step.id}`}
          label={t('script.answers')}
          choices={view.answers.map((answer) => ({ id: answer.id, label: answer.label }))}
          onPick={(id) => perform({ type: 'answer', answer: id })}
        />
      )}
      <Moves view={view} perform={perform} />
      {article === undefined || finished ? null : (
        <button type="button" className={css['link']} onClick={article.open}>
          {t('script.article', { title: article.title })}
        </button>
      )}
    </div>
  );
}

function CurrentStep({ view, otherLanguage }: { view: ScriptView; otherLanguage: string | undefined }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const verbatim = view.step.line === 'verbatim';
  return (
    <>
      <div className={css['head']}>
        <h3 className={css['cue']}>{view.cue}</h3>
        {view.step.mustSay === undefined ? null : (
          <Chip tone={view.step.mustSay === 'said' ? 'ok' : 'warn'}>
            {t('script.must-say')} · {t(`script.must-say.${view.step.mustSay}`)}
          </Chip>
        )}
      </div>
      {view.say === undefined ? null : (
        <div>
          <div className={css['kind']} data-line={view.step.line}>
            {t(verbatim ? 'script.verbatim' : 'script.talking-point')}
            {otherLanguage === undefined ? null : <span> · {t('script.other-language', { language: languageName(otherLanguage, language) })}</span>}
          </div>
          <p className={css['say']} data-line={view.step.line} lang={otherLanguage}>
            <Words filled={view.say} />
          </p>
        </div>
      )}
      {view.doThis === undefined ? null : (
        <p className={css['do']}>
          <b>{t('script.do')}</b> <span>{view.doThis}</span>
        </p>
      )}
    </>
  );
}

/** Words with their filled slots marked, and gaps named instead of left empty. */
export function Words({ filled }: { filled: Filled }): ReactNode {
  const t = useT();
  return filled.segments.map((segment, index) => {
    const key = `${index}-${segment.kind}`;
    switch (segment.kind) {
      case 'text':
        return <span key={key}>{segment.text}</span>;
      case 'slot':
        return (
          <span key={key} className={css['slot']}>
            {segment.text}
          </span>
        );
      case 'gap':
        return (
          <span key={key} className={css['gap']} title={t('script.gap', { label: segment.label })}>
            {segment.label}
          </span>
        );
    }
  });
}

function Finished({ view }: { view: ScriptView }): ReactNode {
  const t = useT();
  const owed = view.mustSay.filter((item) => item.state === 'owed').map((item) => item.label);
  return (
    <>
      <h3 className={css['cue']}>{t('script.done')}</h3>
      {owed.length === 0 ? null : <p className={css['owed']}>{t('script.owed-now', { lines: owed.join(', ') })}</p>}
      <p className={css['empty']}>{t('script.done-text')}</p>
    </>
  );
}

function Moves({ view, perform }: { view: ScriptView; perform: (operation: Operation) => void }): ReactNode {
  const t = useT();
  const innermost = view.openScripts.at(-1);
  if (view.status === 'paused') {
    return (
      <div className={css['moves']}>
        <p className={css['empty']}>{t('script.paused')}</p>
        <Button variant="primary" hotkey="alt+enter" onClick={() => perform({ type: 'resume' })}>
          {t('script.resume')}
        </Button>
      </div>
    );
  }
  return (
    <div className={css['moves']}>
      {view.canNext ? (
        <Button variant="primary" hotkey="alt+enter" onClick={() => perform({ type: 'next' })}>
          {view.nextEnds ? (innermost === undefined ? t('script.finish') : t('script.return', { script: innermost })) : t('script.next')}
        </Button>
      ) : null}
      <Button hotkey="alt+arrowleft" disabled={!view.canBack} onClick={() => perform({ type: 'back' })}>
        {t('script.back')}
      </Button>
      {view.canSkip ? (
        <Button variant="quiet" hotkey="alt+d" onClick={() => perform({ type: 'skip' })}>
          {t('script.skip')}
        </Button>
      ) : null}
    </div>
  );
}
