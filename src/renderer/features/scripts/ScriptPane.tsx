import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import type { FieldValue } from '#shared/domain/scripts/events.ts';
import type { ScriptMessage } from '#shared/domain/scripts/messages.ts';
import type { Filled } from '#shared/domain/scripts/slots.ts';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import { FieldInput } from './FieldInput.tsx';
import css from './ScriptPane.module.css';
import type { Operation } from './scripts.store.ts';

export type ScriptPaneProps = {
  view: ScriptView;
  refusal: ScriptMessage | undefined;
  perform: (operation: Operation) => void;
  /** Opens an article by id; its title comes from the knowledge. */
  article: { title: string; open: () => void } | undefined;
};

/** The step to say now, what it captures, and the ways on. Large enough to read while talking. */
export function ScriptPane({ view, refusal, perform, article }: ScriptPaneProps): ReactNode {
  const t = useT();
  const finished = view.status === 'finished';
  return (
    <div className={css['root']}>
      <div className={css['where']}>
        {view.openScripts.map((title) => (
          <span key={title}>{t('script.in', { script: title })}</span>
        ))}
        {finished ? null : <span>{t('script.progress', { left: view.progress.left })}</span>}
      </div>
      {finished ? <Finished /> : <CurrentStep view={view} />}
      {view.fields.length === 0 || finished ? null : (
        <div className={css['fields']}>
          {view.fields.map((field) => (
            <FieldInput key={field.id} field={field} onChange={(value: FieldValue | null) => perform({ type: 'setField', field: field.id, value })} />
          ))}
        </div>
      )}
      {refusal === undefined ? null : (
        <p role="alert" className={css['refusal']}>
          {t(refusal.key, refusal.params)}
        </p>
      )}
      {view.answers.length === 0 || finished ? null : (
        <NumberedChoices
          label={t('script.answers')}
          choices={view.answers.map((answer) => ({ id: answer.id, label: answer.label }))}
          onPick={(id) => perform({ type: 'answer', answer: id })}
        />
      )}
      {article === undefined ? null : (
        <div>
          <Button variant="quiet" size="sm" onClick={article.open}>
            {t('script.article', { title: article.title })}
          </Button>
        </div>
      )}
      <Moves view={view} perform={perform} />
    </div>
  );
}

function CurrentStep({ view }: { view: ScriptView }): ReactNode {
  const t = useT();
  const verbatim = view.step.line === 'verbatim';
  return (
    <>
      <div className={css['where']}>
        <h3 className={css['cue']}>{view.cue}</h3>
        {verbatim ? <Chip tone="accent">{t('script.verbatim')}</Chip> : null}
        {view.step.mustSay === undefined ? null : (
          <Chip tone={view.step.mustSay === 'said' ? 'ok' : 'warn'}>
            {t('script.must-say')} · {t(`script.must-say.${view.step.mustSay}`)}
          </Chip>
        )}
      </div>
      {view.say === undefined ? null : (
        <p className={css['say']} data-line={view.step.line}>
          <Words filled={view.say} />
        </p>
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

function Finished(): ReactNode {
  const t = useT();
  return (
    <>
      <h3 className={css['cue']}>{t('script.done')}</h3>
      <p className={css['empty']}>{t('script.done-text')}</p>
    </>
  );
}

function Moves({ view, perform }: { view: ScriptView; perform: (operation: Operation) => void }): ReactNode {
  const t = useT();
  if (view.status === 'paused') {
    return (
      <div className={css['moves']}>
        <Button variant="primary" onClick={() => perform({ type: 'resume' })}>
          {t('script.resume')}
        </Button>
      </div>
    );
  }
  return (
    <div className={css['moves']}>
      {view.canNext ? (
        <Button variant="primary" hotkey="alt+enter" onClick={() => perform({ type: 'next' })}>
          {view.nextEnds ? t('script.finish') : t('script.next')}
        </Button>
      ) : null}
      <Button hotkey="alt+arrowleft" disabled={!view.canBack} onClick={() => perform({ type: 'back' })}>
        {t('script.back')}
      </Button>
      <Button hotkey="alt+d" disabled={!view.canSkip} onClick={() => perform({ type: 'skip' })}>
        {t('script.skip')}
      </Button>
    </div>
  );
}

/** Every step of the open script; picking one jumps there and keeps what was passed over as owed. */
export function Outline({ view, perform }: { view: ScriptView; perform: (operation: Operation) => void }): ReactNode {
  return (
    <ol className={css['list']}>
      {view.outline.map((item) => (
        <li key={`${item.script}/${item.step}`}>
          <button
            type="button"
            className={css['outlineItem']}
            data-state={item.state}
            aria-current={item.state === 'current' ? 'step' : undefined}
            onClick={() => perform({ type: 'jump', step: item.step })}
          >
            {item.cue}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Where the call has been; picking a stop goes back to it. */
export function TrailList({ view, perform }: { view: ScriptView; perform: (operation: Operation) => void }): ReactNode {
  const language = useLanguage();
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return (
    <ol className={css['list']}>
      {view.trail.map((item) => (
        <li key={item.index}>
          <button
            type="button"
            className={css['outlineItem']}
            aria-current={item.index === view.trail.length - 1 ? 'step' : undefined}
            title={clock.format(item.at)}
            onClick={() => perform({ type: 'jump', script: item.script, step: item.step })}
          >
            {item.cue}
            {item.answer === undefined ? null : ` · ${item.answer}`}
          </button>
        </li>
      ))}
    </ol>
  );
}
