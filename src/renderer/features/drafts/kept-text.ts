import { useState } from 'react';

/** Words that were typed and not sent yet, by what they are about: kept until Callside is closed. */
const kept = new Map<string, string>();

/** A text that is still there when its page or dialog is opened again. Emptied, it is forgotten. */
export function useKeptText(about: string): [text: string, set: (text: string) => void] {
  const [text, setText] = useState(() => kept.get(about) ?? '');
  return [
    text,
    (next) => {
      if (next === '') kept.delete(about);
      else kept.set(about, next);
      setText(next);
    },
  ];
}
