import { Handle, Position, type NodeProps } from '@xyflow/react';
import { IconAlertOctagon, IconAlertTriangle, IconFlag, IconForms, IconPlayerPlay, IconQuote, IconRoute } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import css from './graph.module.css';

export type StepData = {
  readonly cue: string;
  readonly line: 'verbatim' | 'talking-point' | undefined;
  readonly mustSay: boolean;
  readonly captures: number;
  readonly subScript: boolean;
  readonly entry: boolean;
  readonly exit: boolean;
  readonly errors: number;
  readonly warnings: number;
};

/** A step in the graph: its cue, how its words are meant, and what is wrong with it. */
export const StepNode = memo(function StepNode({ data, selected }: NodeProps & { data: StepData }): ReactNode {
  const t = useT();
  return (
    <div className={css['node']} data-selected={selected || undefined} data-line={data.line} data-wrong={data.errors > 0 || undefined}>
      <Handle type="target" position={Position.Top} className={css['handle'] ?? ''} />
      <p className={css['cue']} title={data.cue}>{data.cue === '' ? <i>{t('edit.step.no-cue')}</i> : data.cue}</p>
      <p className={css['marks']}>
        {data.entry ? <Mark icon={<IconPlayerPlay />} label={t('edit.step.entry')} text={t('edit.step.entry-short')} /> : null}
        {data.line === 'verbatim' ? <Mark icon={<IconQuote />} label={t('edit.line.verbatim')} text={t('edit.line.verbatim-short')} /> : null}
        {data.mustSay ? <Mark icon={<IconFlag />} label={t('edit.step.must-say')} text={t('edit.step.must-say-short')} /> : null}
        {data.captures > 0 ? <Mark icon={<IconForms />} label={t('edit.step.captures', { count: data.captures })} text={String(data.captures)} /> : null}
        {data.subScript ? <Mark icon={<IconRoute />} label={t('edit.step.sub-script')} text="" /> : null}
        {data.exit ? <span className={css['mark']}>{t('edit.step.exit')}</span> : null}
        {data.errors > 0 ? <Mark tone="error" icon={<IconAlertOctagon />} label={t('edit.step.errors', { count: data.errors })} text={String(data.errors)} /> : null}
        {data.warnings > 0 ? <Mark tone="warn" icon={<IconAlertTriangle />} label={t('edit.step.warnings', { count: data.warnings })} text={String(data.warnings)} /> : null}
      </p>
      <Handle type="source" position={Position.Bottom} className={css['handle'] ?? ''} />
    </div>
  );
});

function Mark({ icon, label, text, tone }: { icon: ReactNode; label: string; text: string; tone?: string }): ReactNode {
  return (
    <span className={css['mark']} data-tone={tone} title={label}>
      {icon}
      {text}
    </span>
  );
}
