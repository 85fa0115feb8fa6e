import { useState } from 'react';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { parsePaused, type HandOverOptions } from '#shared/domain/scripts/pause.ts';

/** A hand-over file holds one walk; anything larger is not one (bytes). */
const LARGEST = 5_000_000;

export type HandOver = {
  save(options: HandOverOptions): void;
  /** Asks for a file and opens its walk in this call. */
  takeOver(): void;
  problem: string | undefined;
};

/** A walk as a file for a colleague, out and in. What is read is checked before anything opens. */
export function useHandOver(): HandOver {
  const { client, scripts } = useDesk();
  const t = useT();
  const announce = useAnnounce();
  const [problem, setProblem] = useState<string>();

  const open = (text: string): string | undefined => {
    const read = parsePaused(text);
    if (!read.ok) return t(read.problem === 'too-new' ? 'script.take-over-new' : 'script.take-over-bad');
    const state = scripts.getState();
    if (state.kind !== 'open' || state.state.core !== null) return t('script.take-over-open');
    if (state.library.get(read.paused.script) === undefined) return t('script.take-over-gone', { script: read.paused.title });
    return scripts.actions.resume(read.paused) ? undefined : t('script.take-over-bad');
  };

  return {
    problem,
    save: (options) => {
      const walk = scripts.actions.handOver(options);
      if (walk === undefined) return;
      const day = new Intl.DateTimeFormat('sv-SE').format(walk.pausedAt);
      const name = `hand-over ${walk.script} ${day}.json`;
      void client.call('app.save-file', { name, text: JSON.stringify(walk, undefined, 2) }).then(({ saved }) => (saved ? announce(t('script.hand-over-saved')) : undefined), () => undefined);
    },
    takeOver: () => {
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = '.json,application/json';
      input.addEventListener('change', () => {
        const file = input.files?.[0];
        if (file === undefined) return;
        if (file.size > LARGEST) {
          setProblem(t('script.take-over-bad'));
          return;
        }
        void file.text().then((text) => setProblem(open(text)), () => setProblem(t('script.take-over-bad')));
      });
      input.click();
    },
  };
}
