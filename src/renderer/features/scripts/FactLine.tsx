import { useState, type ReactNode, type Ref } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { KeyHint } from '#renderer/ui/KeyHint.tsx';
import type { Operation } from './scripts.store.ts';

export type FactLineProps = { perform: (operation: Operation) => boolean; inputRef: Ref<HTMLInputElement>; onDone: () => void };

/** Something the caller said that the script did not ask: Enter keeps it and goes back to where the agent was. */
export function FactLine({ perform, inputRef, onDone }: FactLineProps): ReactNode {
  const t = useT();
  const announce = useAnnounce();
  const [text, setText] = useState('');
  return (
    <TextField
      label={t('script.fact-label')}
      hideLabel
      placeholder={t('script.fact-label')}
      value={text}
      onValueChange={setText}
      maxLength={1_000}
      inputRef={inputRef}
      suffix={<KeyHint keys="alt+f" decorative />}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onDone();
        }
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.altKey) return;
        event.preventDefault();
        const fact = text.trim();
        if (fact === '') return;
        if (!perform({ type: 'noteFact', id: crypto.randomUUID(), text: fact })) return;
        announce(t('script.fact-remark', { text: fact }));
        setText('');
        onDone();
      }}
    />
  );
}
