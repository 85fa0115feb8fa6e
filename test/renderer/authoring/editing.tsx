import { useState, type ReactElement } from 'react';
import type { EditorProps, Known, Unfinished } from '#renderer/features/authoring/index.ts';
import { ProductEditor, RecordForm, ScriptEditor } from '#renderer/features/authoring/index.ts';
import { findingsOf } from '#shared/domain/authoring/findings.ts';
import type { Unfinished as Json } from '#shared/domain/authoring/draft.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';

export const NOW = Date.UTC(2026, 4, 20, 10);

export const known: Known = { scripts: [], titles: { article: [{ id: 'returns', title: 'Returns' }] }, teams: [], queues: [], person: 'Ada Okafor', now: NOW };

/** An editor on local state, as the workshop holds it; `latest` tells the record, `groups` what was told to belong together. */
export function editorOn(kind: KnowledgeKind, start: Unfinished, more: Partial<Known> = {}): { element: ReactElement; latest: () => Record<string, unknown>; groups: (string | undefined)[] } {
  let now = start;
  const groups: (string | undefined)[] = [];
  function Held(): ReactElement {
    const [record, setRecord] = useState(start);
    const onChange: EditorProps['onChange'] = (next, group) => {
      now = next;
      groups.push(group);
      setRecord(next);
    };
    const editor = { record, onChange, findings: findingsOf(kind, record as Json), known: { ...known, ...more } };
    if (kind === 'script') return <ScriptEditor {...editor} />;
    return kind === 'product' ? <ProductEditor {...editor} /> : <RecordForm kind={kind} {...editor} />;
  }
  return { element: <Held />, latest: () => now as Record<string, unknown>, groups };
}
