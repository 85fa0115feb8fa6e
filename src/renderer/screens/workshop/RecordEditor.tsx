import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { ProductEditor, RecordForm, ScriptEditor, type Known, type NewImage } from '#renderer/features/authoring/index.ts';
import { useLanguage } from '#renderer/messages/messages.tsx';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import type { Finding } from '#shared/domain/authoring/findings.ts';
import { keyOf, titleOf } from '#shared/domain/authoring/title.ts';
import { imageAddress } from '#shared/domain/article.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import { usePictures } from './use-pictures.ts';

type Props = { kind: KnowledgeKind; record: Unfinished; onChange: (record: Unfinished, group?: string) => void; findings: readonly Finding[]; person: string };

/** The editor of a kind: scripts as graph and outline, products with their prices, everything else as its form. */
export function RecordEditor({ kind, record, onChange, findings, person }: Props): ReactNode {
  const known = useKnown(person, typeof record['body'] === 'string' ? record['body'] : '');
  const change = (next: Readonly<Record<string, unknown>>, group?: string): void => onChange(next as Unfinished, group);
  const editor = { record, onChange: change, findings, known };
  if (kind === 'script') return <ScriptEditor {...editor} />;
  if (kind === 'product') return <ProductEditor {...editor} />;
  return <RecordForm kind={kind} {...editor} />;
}

/** What an editor may point at: the records of this desk by title, and the queues and teams they name. */
function useKnown(person: string, body: string): Known {
  const { client, knowledge } = useDesk();
  const language = useLanguage();
  const state = useStore(knowledge);
  const { picture } = usePictures(client, body);
  // A picture just added is shown before it was read back.
  const [added, setAdded] = useState<ReadonlyMap<string, string>>(new Map());
  const addImage = useCallback(
    async (image: NewImage): Promise<string> => {
      const reply = await client.call('authoring.open', { from: 'new', kind: 'image', record: { ...image } });
      if (!reply.ok) throw new Error(reply.reason);
      setAdded((known) => new Map([...known, [reply.draft.key, imageAddress(image)]]));
      return reply.draft.key;
    },
    [client],
  );
  return useMemo(() => {
    const records = state.kind === 'ready' ? state.all : undefined;
    const titles: Partial<Record<KnowledgeKind, { id: string; title: string }[]>> = {};
    const teams = new Set<string>();
    const queues = new Set<string>();
    for (const [kind, list] of Object.entries(records ?? {}) as [KnowledgeKind, readonly Unfinished[]][]) {
      titles[kind] = list.map((record) => ({ id: keyOf(kind, record), title: titleOf(kind, record, language) })).toSorted((a, b) => a.title.localeCompare(b.title, language));
      for (const { targets } of list as readonly { targets?: { teams?: string[]; queues?: string[] } }[]) {
        for (const team of targets?.teams ?? []) teams.add(team);
        for (const queue of targets?.queues ?? []) queues.add(queue);
      }
    }
    for (const script of records?.script ?? []) for (const queue of script.queues ?? []) queues.add(queue);
    return { scripts: records?.script ?? [], titles, teams: [...teams], queues: [...queues], person, now: Date.now(), image: (id) => added.get(id) ?? picture(id)?.address, addImage };
  }, [state, language, person, added, picture, addImage]);
}
