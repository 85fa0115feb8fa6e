import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import type { StartCall } from '#renderer/features/calls/index.ts';
import { UrgentNews } from '#renderer/features/news/index.ts';
import { ScriptPicker } from '#renderer/features/scripts/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { promptsIn } from '#shared/domain/prompts/pick.ts';
import type { FollowUp } from '#shared/domain/follow-ups/schema.ts';
import { useScriptMarks } from './use-script-marks.ts';
import css from './IdleDesk.module.css';
import { DayFigures, LastCalls, OpenPromises, useLastCalls } from './IdleGlance.tsx';

export type IdleDeskProps = { start: (call: StartCall, script?: string) => void; startFollowUp: (followUp: FollowUp) => void; onNews: () => void };

/** Between calls: start one or pick its script; beside it the day so far, what is promised and who called last. */
export function IdleDesk({ start, startFollowUp, onNews }: IdleDeskProps): ReactNode {
  const t = useT();
  const { knowledge, news, settings } = useDesk();
  const newsState = useStore(news);
  const markOf = useScriptMarks();
  const known = useStore(knowledge);
  const { sector } = useStore(settings);
  const lines = useLastCalls();
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const begin = (direction: 'in' | 'out', script?: string): void => {
    const who = { ...(number.trim() === '' ? {} : { number: number.trim() }), ...(name.trim() === '' ? {} : { name: name.trim() }) };
    start({ direction, ...who }, script);
  };
  return (
    <div className={css['root']}>
      <Pane title={t('idle.title')}>
        <form
          className={css['form']}
          onSubmit={(event) => {
            event.preventDefault();
            begin('in');
          }}
        >
          {/* Said on a new desk; who has handled a call knows. */}
          {lines?.length === 0 ? <p className={css['quiet']}>{t('idle.lead')}</p> : null}
          <div className={css['who']}>
            <TextField label={t('call.number')} type="tel" value={number} onValueChange={setNumber} />
            <TextField label={t('call.name')} value={name} onValueChange={setName} />
          </div>
          <div className={css['buttons']}>
            <Button type="submit" variant="primary" hotkey="f9">
              {t('idle.incoming')}
            </Button>
            <Button onClick={() => begin('out')}>{t('idle.outgoing')}</Button>
          </div>
        </form>
        {known.kind === 'ready' ? <UrgentNews announcements={known.records.announcement} state={newsState} onRead={onNews} /> : null}
        <DayFigures />
        <OpenPromises start={startFollowUp} />
        {lines === undefined || lines.length === 0 ? null : <LastCalls lines={lines} start={start} />}
        <KnowledgeCounts />
      </Pane>
      <Pane title={t('idle.scripts')}>{known.kind === 'ready' ? <ScriptPicker markOf={markOf} scripts={known.records.script} queue={undefined} sector={sector} layout="grid" onPick={(id) => begin('in', id)} /> : <p className={css['quiet']}>{t('common.loading')}</p>}</Pane>
    </div>
  );
}

/** What this desk knows, so that an agent sees at a glance that the knowledge is there. */
function KnowledgeCounts(): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { knowledge } = useDesk();
  const known = useStore(knowledge);
  if (known.kind !== 'ready') return null;
  const { script, prompt, article } = known.records;
  // As a call offers them: words of another language only where this one has none.
  return <p className={css['counts']}>{t('idle.knows', { scripts: script.length, prompts: promptsIn(prompt, language).length, articles: article.length })}</p>;
}
