import { IconCheck, IconPlayerSkipForward, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { frameworkView, type FrameworkView } from '#shared/domain/prompts/framework.ts';
import type { Framework } from '#shared/domain/prompts/schema.ts';
import type { PromptUsage } from '#shared/domain/prompts/usage.ts';
import css from './PromptPane.module.css';

export type FrameworkMapProps = {
  frameworks: readonly Framework[];
  usage: PromptUsage;
  /** The way to lead that is open: picked by the agent, or the script's own. */
  openId: string | undefined;
  /** Stage of the step on screen, when it belongs to the open one. */
  here: string | undefined;
  onOpen: (id: string | undefined) => void;
  onStage: (framework: string, stage: string, done: boolean) => void;
  onReopen: (framework: string, stage: string) => void;
  rootRef?: Ref<HTMLElement>;
};

/** A way to lead the talk as a map: one line at a time, each stage may be passed over, nothing is demanded. */
export function FrameworkMap({ frameworks, usage, openId, here, onOpen, onStage, onReopen, rootRef }: FrameworkMapProps): ReactNode {
  const t = useT();
  const open = frameworks.find((framework) => framework.id === openId);
  if (open === undefined) return <FrameworkList frameworks={frameworks} onOpen={onOpen} rootRef={rootRef} />;
  const view = frameworkView(open, usage);
  const current = stageOnScreen(view, here);
  return (
    <section ref={rootRef} tabIndex={-1} className={css['map']} aria-label={view.title} data-framework={view.id}>
      <div className={css['chosen']}>
        <h3 className={css['label']} title={view.use}>
          {view.title}
        </h3>
        <IconButton label={t('prompts.framework-close')} icon={<IconX />} onClick={() => onOpen(undefined)} />
      </div>
      <ol className={css['stages']}>
        {view.stages.map((stage) => (
          <li key={stage.id} data-state={stage.id === current?.id ? 'current' : stage.state} aria-current={stage.id === current?.id ? 'step' : undefined}>
            {stage.state === 'done' || stage.state === 'skipped' ? (
              <button type="button" title={t('prompts.stage-back')} onClick={() => onReopen(view.id, stage.id)}>
                {stage.state === 'done' ? <IconCheck aria-hidden /> : null}
                {stage.title}
              </button>
            ) : (
              stage.title
            )}
          </li>
        ))}
      </ol>
      {current === undefined ? (
        <p className={css['none']}>{t('prompts.framework-done')}</p>
      ) : (
        <>
          <p className={css['cue']}>{current.cue}</p>
          <div className={css['stageMoves']}>
            <Button size="sm" icon={<IconCheck />} hotkey="alt+y" onClick={() => onStage(view.id, current.id, true)}>
              {t('common.done')}
            </Button>
            <Button size="sm" variant="quiet" icon={<IconPlayerSkipForward />} hotkey="alt+x" onClick={() => onStage(view.id, current.id, false)}>
              {t('prompts.skip-stage')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/**
 * The stage whose one line is shown: that of the script's step, while it is still open; else the first open one
 * behind what was done last, so that a map does not lead back to what the talk has left behind.
 */
export function stageOnScreen(view: FrameworkView, here: string | undefined): FrameworkView['stages'][number] | undefined {
  const step = view.stages.find((stage) => stage.id === here);
  if (step !== undefined && step.state !== 'done' && step.state !== 'skipped') return step;
  const last = view.stages.findLastIndex((stage) => stage.state === 'done' || stage.state === 'skipped');
  return view.stages.find((stage, index) => index > last && stage.state !== 'done' && stage.state !== 'skipped') ?? view.current ?? undefined;
}

function FrameworkList({ frameworks, onOpen, rootRef }: Pick<FrameworkMapProps, 'frameworks' | 'onOpen'> & { rootRef: Ref<HTMLElement> | undefined }): ReactNode {
  const t = useT();
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(event.currentTarget.parentElement?.querySelectorAll('button') ?? [])];
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[(buttons.findIndex((button) => button === document.activeElement) + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <section ref={rootRef} tabIndex={-1} aria-label={t('prompts.frameworks')}>
      <h3 className={css['label']}>{t('prompts.frameworks')}</h3>
      <div className={css['frameworks']}>
        {frameworks.map((framework, index) => (
          <button key={framework.id} type="button" className={css['moment']} title={`${framework.title}. ${framework.use}`} tabIndex={index === 0 ? 0 : -1} onKeyDown={onKeyDown} onClick={() => onOpen(framework.id)}>
            {framework.title.split(':')[0]}
          </button>
        ))}
      </div>
    </section>
  );
}
