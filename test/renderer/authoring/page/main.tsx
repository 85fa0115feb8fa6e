import { useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ProductEditor, RecordForm, ScriptEditor, type EditorProps, type Unfinished } from '#renderer/features/authoring/index.ts';
import { MessagesProvider } from '#renderer/messages/messages.tsx';
import { LiveRegionProvider } from '#renderer/ui/LiveRegion.tsx';
import { ThemeProvider, type ThemeChoice } from '#renderer/ui/theme/ThemeProvider.tsx';
import { ToastProvider } from '#renderer/ui/Toasts.tsx';
import { HotkeyProvider } from '#renderer/ui/use-hotkeys.tsx';
import { findingsOf } from '#shared/domain/authoring/findings.ts';
import type { Unfinished as Json } from '#shared/domain/authoring/draft.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import { bigScript } from './big-script.ts';

const query = new URLSearchParams(location.search);
const kind = (query.get('kind') ?? 'script') as KnowledgeKind;
const steps = Number(query.get('steps') ?? '150');

const SAMPLES: Partial<Record<KnowledgeKind, Unfinished>> = {
  script: bigScript(steps) as unknown as Unfinished,
  product: { sku: 'T-100', name: 'Fibre 100', brand: 'Vandelmar', price: { amount: 2_999, currency: 'EUR', taxIncluded: true }, plannedPrices: [{ amount: 3_499, currency: 'EUR', taxIncluded: true, validFrom: Date.UTC(2099, 0, 1) }], billing: { interval: 'month', termMonths: 24, noticeDays: 30 }, category: ['Internet', 'Fibre'], facts: [{ name: 'Upload', value: '50 Mbit/s', verifiedAt: '2026-05-01', verifiedBy: 'Ada Okafor' }, { name: 'Router', value: 'included', verifiedAt: '2026-02-01' }] },
  article: { id: 'returns', kind: 'policy', title: 'Returns', summary: 'Thirty days, with the receipt.', body: '## When\n\n- within **30 days**\n- unused\n\n| Goods | Days |\n| - | - |\n| Clothes | 30 |\n| Food | none |\n' },
  prompt: { id: 'own', situation: 'angry', title: 'Own the delay', tone: 'plain', wordings: [{ text: 'I am sorry about the wait for your {{item}}.', bare: 'I am sorry about the wait.' }], triggers: ['still waiting'] },
  announcement: { id: 'n', title: 'New return label', body: 'From Monday on.', importance: 'important', acknowledge: 'once' },
};

function Page(): ReactNode {
  const [record, setRecord] = useState<Unfinished>(SAMPLES[kind] ?? {});
  const editor: EditorProps = {
    record, onChange: setRecord, findings: findingsOf(kind, record as Json),
    known: { scripts: [], titles: { article: [{ id: 'returns', title: 'Returns' }] }, teams: [], queues: [], person: 'Ada Okafor', now: Date.now(), addImage: () => Promise.resolve('image-1') },
  };
  if (kind === 'script') return <ScriptEditor {...editor} />;
  return kind === 'product' ? <ProductEditor {...editor} /> : <RecordForm kind={kind} {...editor} />;
}

const root = document.getElementById('root');
if (root === null) throw new Error('page without root');
createRoot(root).render(
  <ThemeProvider theme={(query.get('theme') ?? 'light') as ThemeChoice} textScale={Number(query.get('scale') ?? '100')} dir={query.get('dir') === 'rtl' ? 'rtl' : 'ltr'} language={query.get('language') ?? 'en'}>
    <MessagesProvider language={query.get('language') ?? 'en'}>
      <LiveRegionProvider>
        <HotkeyProvider>
          <ToastProvider labels={{ region: 'Messages', dismiss: 'Dismiss' }}>
            <main style={{ blockSize: '100vh', overflow: kind === 'script' ? 'hidden' : 'auto' }}>
              <h2 style={{ position: 'absolute', insetInlineStart: '-999rem' }}>{"Editor"}</h2>
              <Page />
            </main>
          </ToastProvider>
        </HotkeyProvider>
      </LiveRegionProvider>
    </MessagesProvider>
  </ThemeProvider>,
);
