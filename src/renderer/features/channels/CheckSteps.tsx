import { IconAlertTriangle, IconCheck, IconInfoCircle, IconMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { VisuallyHidden } from '#renderer/ui/VisuallyHidden.tsx';
import type { CheckedStep } from '#shared/domain/channel-check.ts';
import css from './Channels.module.css';

const ICONS = { ok: IconCheck, note: IconInfoCircle, failed: IconAlertTriangle, skipped: IconMinus } as const;

/** What works on the way to a server and back: one sentence for each step. */
export function CheckSteps({ steps }: { steps: readonly CheckedStep[] }): ReactNode {
  const t = useT();
  const works = steps.every(({ state }) => state === 'ok' || state === 'note');
  return (
    <div role="status" aria-label={t('servers.steps')}>
      <p className={css['verdict']} data-works={works}>{t(works ? 'servers.all-works' : 'servers.some-fail')}</p>
      <ol className={css['steps']}>
        {steps.map(({ step, state, why, detail = '' }) => {
          const Icon = ICONS[state];
          return (
            <li key={step} data-state={state}>
              <Icon aria-hidden />
              <span>
                <VisuallyHidden>{t(`servers.state.${state}`)}: </VisuallyHidden>
                {why !== undefined ? t(`servers.why.${why}`, { detail }) : t(state === 'skipped' ? `servers.skipped.${step}` : `servers.step.${step}`)}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
