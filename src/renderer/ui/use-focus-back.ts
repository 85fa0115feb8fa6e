import { useLayoutEffect, useState } from 'react';

/**
 * Gives focus back, when the component leaves, to what held it when the component came; caret and selection of a text
 * field survive that. Focus that meanwhile went elsewhere on purpose is left there.
 */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(
    () => () => {
      queueMicrotask(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
