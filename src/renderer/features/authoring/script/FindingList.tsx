import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import type { Finding } from '#shared/domain/authoring/findings.ts';
import { findingText } from '../editing.ts';
import { useScript } from './script-context.ts';
import css from './script.module.css';

/** Everything to put right, errors first; each leads to its place. */
export function FindingList({ onJump }: { onJump: (finding: Finding) => void }): ReactNode {
  const t = useT();
  const { findings, cueOf } = useScript();
  if (findings.length === 0) return <EmptyState icon={<IconCircleCheck />} title={t('edit.findings.none')} />;
  const sorted = findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  return (
    <ul className={css['jumps']} aria-label={t('edit.findings')}>
      {sorted.map((finding, at) => (
        <li key={at}>
          <button type="button" className={css['jump']} data-severity={finding.severity} onClick={() => onJump(finding)}>
            {finding.severity === 'error' ? <IconAlertOctagon aria-label={t('edit.findings.error')} /> : <IconAlertTriangle aria-label={t('edit.findings.warning')} />}
            <span>{findingText(finding, t, cueOf)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
