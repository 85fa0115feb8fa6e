import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Card } from '#renderer/ui/Card.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { HardCallKind } from '#shared/domain/wellbeing/rules.ts';

const KINDS = ['draining', 'abusive', 'threat', 'distressing'] as const satisfies readonly HardCallKind[];

/** What was hard, in the agent's own judgement. Alt with a digit, so that digits in a note stay digits. */
export function HardCallPicker({ onPick, onClose }: { onPick: (kind: HardCallKind) => void; onClose: () => void }): ReactNode {
  const t = useT();
  useHotkeys(
    [
      ...KINDS.map((kind, index) => ({ id: `hard-${kind}`, keys: `alt+${index + 1}`, label: t(`hard.kind.${kind}`), group: t('breaks.title'), run: () => onPick(kind) })),
      { id: 'hard-close', keys: 'escape', label: t('common.close'), group: t('breaks.title'), whileTyping: true, run: onClose },
    ],
    { scope: 'hard-call' },
  );
  return (
    <Card title={t('hard.title')} meta={t('hard.lead')} toolbar={<IconButton label={t('common.close')} icon={<IconX />} onClick={onClose} />}>
      <NumberedChoices label={t('hard.title')} choices={KINDS.map((kind) => ({ id: kind, label: t(`hard.kind.${kind}`), detail: t(`hard.detail.${kind}`) }))} onPick={(_id, index) => onPick(KINDS[index] ?? 'draining')} />
    </Card>
  );
}
