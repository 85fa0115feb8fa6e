import { useEffect, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import type { BreakIdea } from '#shared/domain/desk-lists.ts';
import { breathAt, breathPhases } from './ideas.ts';
import css from './wellbeing.module.css';

/** A breathing guide: a circle that grows and shrinks with words and seconds, or the words and a row of steps alone. */
export function Breathing({ idea, startedAt }: { idea: BreakIdea; startedAt: number }): ReactNode {
  const t = useT();
  const phases = breathPhases(idea);
  const [elapsed, setElapsed] = useState(0);
  const [still, setStill] = useState(wantsStillness);
  useEffect(() => {
    const tick = (): void => setElapsed(Date.now() - startedAt);
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [startedAt]);
  const { index, leftSeconds } = breathAt(phases, elapsed);
  const phase = phases[index];
  if (phase === undefined) return null;
  return (
    <div className={css['breathing']}>
      {still ? (
        <ol className={css['steps']} aria-hidden>
          {phases.map((one, place) => (
            <li key={`${one.name}-${place}`} data-now={place === index || undefined}>
              {t(`breaks.breath.${one.name}`)} {Math.round(one.seconds)}
            </li>
          ))}
        </ol>
      ) : (
        <span className={css['lungs']} aria-hidden>
          <span className={css['air']} style={{ transform: `scale(${0.4 + 0.6 * phase.fill})`, transitionDuration: `${phase.seconds}s` }} />
        </span>
      )}
      <p className={css['breath']}>
        {t(`breaks.breath.${phase.name}`)} <span className={css['count']}>{leftSeconds}</span>
      </p>
      <Button size="sm" variant="quiet" pressed={still} onClick={() => setStill(!still)}>
        {t('breaks.breath.still')}
      </Button>
    </div>
  );
}

/** The theme puts the agent's wish, or the system's, on the root element. */
function wantsStillness(): boolean {
  return document.documentElement.dataset['motion'] === 'reduced';
}
