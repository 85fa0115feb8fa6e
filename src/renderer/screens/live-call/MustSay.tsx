import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import type { Operation } from '#renderer/features/scripts/index.ts';
import { Button } from '#renderer/ui/Button.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import type { ScriptView } from '#shared/domain/scripts/view.ts';
import css from './LiveCall.module.css';

const TONES = { said: 'ok', owed: 'warn', ahead: 'plain' } as const;

/** The lines this call must hold. What was passed over stays owed until it is said or ticked. */
export function MustSay({ view, perform }: { view: ScriptView; perform: (operation: Operation) => void }): ReactNode {
  const t = useT();
  return (
    <ul className={css['items']}>
      {view.mustSay.map((item) => (
        <li key={item.item} className={css['item']}>
          <span>{item.label}</span>
          <span className={css['item']}>
            <Chip tone={TONES[item.state]}>{t(`script.must-say.${item.state}`)}</Chip>
            {item.state === 'said' ? null : (
              <Button size="sm" variant="quiet" onClick={() => perform({ type: 'markSaid', script: item.script, step: item.step })}>
                {t('script.mark-said')}
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
