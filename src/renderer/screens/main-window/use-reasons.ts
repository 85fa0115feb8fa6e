import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';

/** The not-ready reasons of this desk in its language, in their order. */
export function useReasons(): readonly { id: string; label: string }[] {
  const known = useStore(useDesk().knowledge);
  return useMemo(() => (known.kind === 'ready' ? known.records['not-ready-reason'].map(({ id, label }) => ({ id, label })) : []), [known]);
}
