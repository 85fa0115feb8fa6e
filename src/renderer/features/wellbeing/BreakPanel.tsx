import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import type { BreakIdea } from '#shared/domain/desk-lists.ts';
import type { BreaksView, IdeaUse } from '#shared/ipc/wellbeing.ts';
import { Breathing } from './Breathing.tsx';
import { breathPhases, ideaPage, rankIdeas } from './ideas.ts';
import { countdown, lengthText } from './words.ts';
import css from './wellbeing.module.css';

export type BreakPanelProps = {
  running: NonNullable<BreaksView['running']>;
  ideas: readonly BreakIdea[];
  loadUses: () => Promise<IdeaUse[]>;
  onUsed: (idea: string, finished: boolean) => void;
  onFinish: () => void;
};

/** While a break runs: how long is left, and something good to do. */
export function BreakPanel({ running, ideas, loadUses, onUsed, onFinish }: BreakPanelProps): ReactNode {
  const t = useT();
  const [uses, setUses] = useState<IdeaUse[]>();
  const [page, setPage] = useState(0);
  const [chosen, setChosen] = useState<{ idea: BreakIdea; at: number }>();
  const [begun] = useState(() => Date.now());
  useEffect(() => {
    let current = true;
    void loadUses().then((read) => current && setUses(read), () => current && setUses([]));
    return () => {
      current = false;
    };
  }, [loadUses]);
  // Finished with the break: who chose something and stayed to the end has done it.
  const last = useRef<{ chosen: typeof chosen; leftMs: number }>({ chosen: undefined, leftMs: running.leftMs });
  useEffect(() => {
    last.current = { chosen, leftMs: running.leftMs };
  });
  const used = useRef(onUsed);
  useEffect(() => {
    used.current = onUsed;
  });
  useEffect(
    () => () => {
      const { chosen: doing, leftMs } = last.current;
      if (doing !== undefined && leftMs <= 2_000) used.current(doing.idea.id, true);
    },
    [],
  );

  const ranked = uses === undefined ? [] : rankIdeas(ideas, uses, { kind: running.kind, lengthMs: running.lengthMs, now: begun });
  const offered = ideaPage(ranked, page);
  const choose = (idea: BreakIdea): void => {
    setChosen({ idea, at: Date.now() });
    onUsed(idea.id, false);
  };
  const done = (): void => {
    if (chosen !== undefined) onUsed(chosen.idea.id, true);
    setChosen(undefined);
    setPage(page + 1);
  };
  return (
    <Card
      tone="ok"
      title={t(`breaks.kind.${running.kind}`)}
      toolbar={
        <span className={css['left']} role="timer" aria-label={t('breaks.panel.left', { left: countdown(running.leftMs) })}>
          {countdown(running.leftMs)}
        </span>
      }
      footer={
        <div className={css['actions']}>
          <Button size="sm" onClick={onFinish}>
            {t('breaks.panel.finish')}
          </Button>
          <span className={css['hint']}>{t('breaks.panel.of', { length: lengthText(running.lengthMs, t) })}</span>
        </div>
      }
    >
      {chosen === undefined ? (
        <div className={css['stack']}>
          <p className={css['text']}>{t(offered.length === 0 && uses !== undefined ? 'breaks.panel.no-ideas' : 'breaks.panel.ideas')}</p>
          {offered.length === 0 ? null : (
            <NumberedChoices
              label={t('breaks.panel.ideas')}
              choices={offered.map((idea) => ({ id: idea.id, label: idea.title, detail: `${t(`breaks.idea.${idea.kind}`)} · ${lengthText(idea.seconds * 1_000, t)}` }))}
              onPick={(_id, index) => {
                const idea = offered[index];
                if (idea !== undefined) choose(idea);
              }}
            />
          )}
          {ranked.length > offered.length ? (
            <Button size="sm" variant="quiet" onClick={() => setPage(page + 1)}>
              {t('breaks.panel.others')}
            </Button>
          ) : null}
        </div>
      ) : (
        <div className={css['stack']}>
          <h4 className={css['idea']}>{chosen.idea.title}</h4>
          {chosen.idea.text.split('\n').map((line) => (
            <p key={line} className={css['text']}>
              {line}
            </p>
          ))}
          {breathPhases(chosen.idea).length === 0 ? null : <Breathing idea={chosen.idea} startedAt={chosen.at} />}
          <div className={css['actions']}>
            <Button size="sm" variant="quiet" onClick={() => setChosen(undefined)}>
              {t('breaks.panel.back')}
            </Button>
            <Button size="sm" variant="quiet" onClick={done}>
              {t('breaks.panel.done')}
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}
