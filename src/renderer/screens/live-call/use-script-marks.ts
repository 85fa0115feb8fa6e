import { useCallback } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { markKey, markText } from '#renderer/features/knowledge/index.ts';
import { useT } from '#renderer/messages/messages.tsx';

/** For lists of scripts: that this desk changed one for itself, or that two knowledge bases differ about it. */
export function useScriptMarks(): (id: string) => string | undefined {
  const t = useT();
  const { marks } = useStore(useDesk().marks);
  return useCallback((id) => {
    const mark = marks.get(markKey('script', id));
    return mark === undefined ? undefined : markText(mark, t);
  }, [marks, t]);
}
