import { IconHome, IconStack2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { Mark } from '#shared/ipc/local.ts';
import { markKey, type MarksStore } from './marks.store.ts';

/** Beside a record: that this desk changed it for itself, or which of two knowledge bases it is from. Nothing otherwise. */
export function OriginMark({ store, kind, id }: { store: MarksStore; kind: KnowledgeKind; id: string }): ReactNode {
  const t = useT();
  const mark = useStore(store, ({ marks }) => marks.get(markKey(kind, id)));
  if (mark === undefined) return null;
  return <Chip tone={mark.local ? 'warn' : 'plain'} icon={mark.local ? <IconHome aria-hidden /> : <IconStack2 aria-hidden />}>{markText(mark, t)}</Chip>;
}

/** The same in words, for lists of lines. */
export function markText({ local, base, others }: Mark, t: T): string {
  return local ? t('mark.local') : t('mark.base', { base: base ?? '', others: others.join(', ') });
}
