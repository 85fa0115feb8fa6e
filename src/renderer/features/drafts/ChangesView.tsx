import { IconArrowRight, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Markdown } from '#renderer/ui/Markdown.tsx';
import { changesBetween, type Change } from '#shared/domain/authoring/changes.ts';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import type { Json } from '#shared/domain/authoring/merge.ts';
import { scriptChanges, type EdgeChange, type StepChange } from '#shared/domain/authoring/script-changes.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import { scriptSchema, type Script } from '#shared/domain/scripts/schema.ts';
import css from './drafts.module.css';
import { WordDiff } from './WordDiff.tsx';
import { placeText, valueText, type Words } from './words.ts';

export type ChangesViewProps = { kind: KnowledgeKind; before: Unfinished | null; after: Unfinished | null; /** The address of a picture in a text. */ image?: (id: string) => string | undefined };

/** What a draft changes, as a person reads it: a script by its steps and ways, everything else by its fields. */
export function ChangesView({ kind, before, after, image }: ChangesViewProps): ReactNode {
  const t = useT();
  if (after === null) return <p className={css['lead']}>{t('change.retire')}</p>;
  const scripts = kind === 'script' ? asScripts(before, after) : undefined;
  if (before === null) return scripts?.after === undefined ? <NewRecord record={after} image={image} /> : <ScriptChangesView before={undefined} after={scripts.after} />;
  if (scripts?.before !== undefined && scripts.after !== undefined) return <ScriptChangesView before={scripts.before} after={scripts.after} />;
  return <FieldChanges changes={changesBetween(before as Json, after as Json)} before={before} after={after} />;
}

function asScripts(before: Unfinished | null, after: Unfinished): { before: Script | undefined; after: Script | undefined } {
  return { before: before === null ? undefined : scriptSchema.safeParse(before).data, after: scriptSchema.safeParse(after).data };
}

function NewRecord({ record, image }: { record: Unfinished; image: ChangesViewProps['image'] }): ReactNode {
  const t = useT();
  const words = { t, language: useLanguage() };
  return (
    <>
      <p className={css['lead']}>{t('change.new')}</p>
      <table className={css['table']} aria-label={t('change.new')}>
        <tbody>
          {Object.entries(record).filter(([, value]) => value !== '').map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{placeText([name], [record as Json], words)}</th>
              {name === 'body' && typeof value === 'string' ? (
                <td className={css['reading']}><Markdown text={value} onLink={() => undefined} headingLevel={4} {...(image === undefined ? {} : { image })} /></td>
              ) : (
                <td className={css['value']}>{valueText([name], value, record as Json, words)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Field by field: what it was, what it becomes. Words are compared word by word. */
export function FieldChanges({ changes, before, after }: { changes: readonly Change[]; before: Unfinished; after: Unfinished }): ReactNode {
  const t = useT();
  const words = { t, language: useLanguage() };
  if (changes.length === 0) return <EmptyState title={t('change.none')} />;
  return (
    <table className={css['table']} aria-label={t('change.title')}>
      <thead>
        <tr>
          <th scope="col">{t('change.field')}</th>
          <th scope="col">{t('change.before')}</th>
          <th scope="col">{t('change.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <FieldChange key={change.path.join('/')} change={change} before={before} after={after} words={words} />
        ))}
      </tbody>
    </table>
  );
}

/** Texts of this many letters are compared in one cell, so that the words stand beside their own change. */
const LONG = 60;

function FieldChange({ change, before, after, words }: { change: Change; before: Unfinished; after: Unfinished; words: Words }): ReactNode {
  const place = placeText(change.path, [after as Json, before as Json], words);
  if (typeof change.before === 'string' && typeof change.after === 'string' && Math.max(change.before.length, change.after.length) > LONG) {
    return (
      <tr>
        <th scope="row">{place}</th>
        <td colSpan={2}>
          <WordDiff before={change.before} after={change.after} />
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">{place}</th>
      <td className={css['old']} data-none={change.before === undefined || undefined}>
        <span className={css['value']}>{valueText(change.path, change.before, before as Json, words)}</span>
      </td>
      <td className={css['new']} data-none={change.after === undefined || undefined}>
        <span className={css['value']}>{valueText(change.path, change.after, after as Json, words)}</span>
      </td>
    </tr>
  );
}

function ScriptChangesView({ before, after }: { before: Script | undefined; after: Script }): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { steps, rest } = useMemo(() => scriptChanges(before, after, language), [before, after, language]);
  const count = (what: StepChange['what']): number => steps.filter((step) => step.what === what).length;
  if (steps.length === 0 && rest.length === 0) return <EmptyState title={t('change.none')} />;
  return (
    <div className={css['script']}>
      <p className={css['lead']}>{t('change.steps', { added: count('added'), changed: count('changed'), removed: count('removed') })}</p>
      {rest.length === 0 ? null : <FieldChanges changes={rest} before={(before ?? {}) as Unfinished} after={after as unknown as Unfinished} />}
      <ol className={css['steps']}>
        {steps.map((step) => (
          <StepView key={step.id} step={step} before={before} after={after} />
        ))}
      </ol>
    </div>
  );
}

const MARKS = { added: <IconPlus aria-hidden />, removed: <IconMinus aria-hidden />, changed: <IconPencil aria-hidden /> } as const;

function StepView({ step, before, after }: { step: StepChange; before: Script | undefined; after: Script }): ReactNode {
  const t = useT();
  const was = before?.steps.find(({ id }) => id === step.id);
  const is = after.steps.find(({ id }) => id === step.id);
  const whole = is ?? was;
  const words = { t, language: useLanguage() };
  return (
    <li className={css['step']} data-what={step.what}>
      <h4>
        {MARKS[step.what]}
        <span>{t(`change.step.${step.what}`, { cue: step.cue })}</span>
      </h4>
      {step.what === 'changed' || whole?.say === undefined ? null : <p className={css['value']}>{valueText(['say'], whole.say as Json, whole as Json, words)}</p>}
      {step.fields.length === 0 ? null : <FieldChanges changes={step.fields} before={(was ?? {}) as Unfinished} after={(is ?? {}) as Unfinished} />}
      {step.edges.length === 0 ? null : (
        <ul className={css['edges']}>
          {step.edges.map((edge, at) => (
            <li key={at} data-what={edge.what}>
              <EdgeView edge={edge} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function EdgeView({ edge }: { edge: EdgeChange }): ReactNode {
  const t = useT();
  const label = edge.label.after ?? edge.label.before ?? '';
  const name = edge.kind === 'answer' ? t('change.answer', { label }) : t(edge.kind === 'branch' ? 'change.branch' : 'change.next');
  const end = t('change.nowhere');
  return (
    <>
      {MARKS[edge.what]}
      <span>
        {edge.what === 'changed' && edge.label.before !== edge.label.after ? <WordDiff before={edge.label.before ?? ''} after={edge.label.after ?? ''} /> : name}
        {': '}
        {edge.what === 'added' ? t('change.way.added', { to: edge.to.after ?? end }) : edge.what === 'removed' ? t('change.way.removed', { to: edge.to.before ?? end }) : null}
        {edge.what !== 'changed' ? null : edge.to.before === edge.to.after ? t('change.way.same', { to: edge.to.after ?? end }) : (
          <>
            <span className={css['gone']}>{edge.to.before ?? end}</span> <IconArrowRight aria-label={t('change.becomes')} className="flip-rtl" /> <span className={css['put']}>{edge.to.after ?? end}</span>
          </>
        )}
      </span>
    </>
  );
}
