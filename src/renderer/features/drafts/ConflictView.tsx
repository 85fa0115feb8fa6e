import { useMemo, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Banner } from '#renderer/ui/Banner.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { mergeThree, pathKey, type Choice, type Conflict, type Json } from '#shared/domain/authoring/merge.ts';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import css from './drafts.module.css';
import { placeText, valueText, type Words } from './words.ts';

export type ConflictViewProps = {
  base: Unfinished | null;
  live: Unfinished | null;
  mine: Unfinished;
  busy: boolean;
  onResolve: (merged: Unfinished) => void;
};

/**
 * Somebody else published this record since the draft was started. What only one of the two changed is taken;
 * what both changed is asked for, field by field. Nothing is chosen beforehand.
 */
export function ConflictView({ base, live, mine, busy, onResolve }: ConflictViewProps): ReactNode {
  const t = useT();
  const words = { t, language: useLanguage() };
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const merge = useMemo(() => mergeThree((base ?? {}) as Json, (live ?? {}) as Json, mine as Json, choices), [base, live, mine, choices]);
  const open = merge.conflicts.filter(({ path }) => !choices.has(pathKey(path))).length;
  return (
    <section className={css['conflict']} aria-label={t('conflict.title')}>
      <Banner tone="warn" live="status" title={t(live === null ? 'conflict.retired' : 'conflict.title')}>
        {t('conflict.lead')}
      </Banner>
      {merge.theirs.length === 0 ? null : (
        <div>
          <h4>{t('conflict.taken')}</h4>
          <ul className={css['edges']}>
            {merge.theirs.map((path) => (
              <li key={pathKey(path)}>{placeText(path, [live as Json, base as Json], words)}</li>
            ))}
          </ul>
        </div>
      )}
      {merge.conflicts.map((conflict) => (
        <ConflictChoice
          key={pathKey(conflict.path)} conflict={conflict} sides={{ base, live, mine }} words={words} choice={choices.get(pathKey(conflict.path))}
          onChoose={(choice) => setChoices(new Map([...choices, [pathKey(conflict.path), choice]]))}
        />
      ))}
      <div className={css['actions']}>
        {open === 0 ? null : <output>{t('conflict.open', { count: open })}</output>}
        <Button variant="primary" busy={busy} disabled={open > 0} onClick={() => onResolve((merge.merged ?? {}) as Unfinished)}>
          {t('conflict.done')}
        </Button>
      </div>
    </section>
  );
}

function ConflictChoice({ conflict, sides, words, choice, onChoose }: { conflict: Conflict; sides: { base: Unfinished | null; live: Unfinished | null; mine: Unfinished }; words: Words; choice: Choice | undefined; onChoose: (choice: Choice) => void }): ReactNode {
  const { t } = words;
  const place = placeText(conflict.path, [sides.mine as Json, sides.live as Json, sides.base as Json], words);
  const name = `conflict ${pathKey(conflict.path)}`;
  return (
    <fieldset className={css['choice']}>
      <legend>{place}</legend>
      <p className={css['was']}>{t('conflict.was', { value: valueText(conflict.path, conflict.base, sides.base as Json, words) })}</p>
      {(['theirs', 'mine'] as const).map((side) => (
        <label key={side} data-chosen={choice === side || undefined}>
          <input type="radio" name={name} checked={choice === side} onChange={() => onChoose(side)} />
          <span>
            {t(`conflict.${side}`)}
            <span className={css['value']}>{valueText(conflict.path, conflict[side], (side === 'theirs' ? sides.live : sides.mine) as Json, words)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
