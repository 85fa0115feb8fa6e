import { diffWordsWithSpace } from 'diff';
import { useMemo, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { VisuallyHidden } from '#renderer/ui/VisuallyHidden.tsx';
import css from './drafts.module.css';

/** Longer texts are compared by sight, side by side: a word-by-word comparison of them takes too long and shows too little. */
const LONGEST = 20_000;

/** Two texts in one: what was taken out is struck through, what was put in is underlined; both are named for those who listen. */
export function WordDiff({ before, after }: { before: string; after: string }): ReactNode {
  const t = useT();
  const parts = useMemo(() => (before.length + after.length > LONGEST ? [{ value: before, removed: true, added: false }, { value: after, removed: false, added: true }] : diffWordsWithSpace(before, after)), [before, after]);
  return (
    <span className={css['words']}>
      {parts.map((part, at) => {
        if (!part.added && !part.removed) return <span key={at}>{part.value}</span>;
        const Mark = part.added ? 'ins' : 'del';
        return (
          <Mark key={at} className={css[part.added ? 'put' : 'gone']}>
            <VisuallyHidden>{t(part.added ? 'change.put-in' : 'change.taken-out')}</VisuallyHidden>
            {part.value}
          </Mark>
        );
      })}
    </span>
  );
}
