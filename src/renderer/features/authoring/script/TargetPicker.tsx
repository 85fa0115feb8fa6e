import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { SelectField, type SelectOption } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { newStep } from './new-parts.ts';
import { useScript } from './script-context.ts';
import css from './script.module.css';
import type { Way } from '#shared/domain/scripts/edit.ts';

const NEW = '+new';
const NOWHERE = '+nowhere';

/** Steps as options, numbered as in the outline. */
function useTargets(): SelectOption[] {
  const { script, cueOf } = useScript();
  return script.steps.map((step, at) => ({ value: step.id, label: `${at + 1}. ${cueOf(step.id)}` }));
}

/** Where a way leads; it can also lead to a step that is written next. */
export function TargetPicker({ label, hideLabel = false, id, way, to, nowhere }: { label: string; hideLabel?: boolean; id: string; way: Way; to: string | undefined; nowhere?: string }): ReactNode {
  const t = useT();
  const { script, edit, select } = useScript();
  const targets = useTargets();
  const missing = to !== undefined && !script.steps.some((step) => step.id === to);
  const options = [
    ...(nowhere === undefined ? [] : [{ value: NOWHERE, label: nowhere }]),
    { value: NEW, label: t('edit.connect.new') },
    ...(missing ? [{ value: to, label: t('edit.outline.gone', { id: to }) }] : []),
    ...targets.filter((target) => target.value !== id || to === id),
  ];
  const pick = (next: string): void => {
    if (next === NOWHERE) edit({ type: 'disconnect', id, way });
    else if (next !== NEW) edit({ type: 'connect', id, way, to: next });
    else {
      const step = newStep(script);
      edit({ type: 'add-step', step, after: id, from: { id, way } });
      select({ step: step.id });
    }
  };
  return <SelectField label={label} hideLabel={hideLabel} value={to ?? NOWHERE} onValueChange={pick} options={options} searchable nothingFound={t('edit.nothing-found')} error={missing ? t('edit.connect.missing') : undefined} />;
}

/** Picks a step by typing, for the outline. */
export function TargetDialog({ title, onClose, onPick }: { title: string; onClose: () => void; onPick: (to: string) => void }): ReactNode {
  const t = useT();
  const targets = useTargets();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = targets.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('edit.close')} size="sm">
      <TextField
        label={t('edit.connect.search')}
        value={text}
        autoFocus
        onValueChange={(next) => {
          setText(next);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            setActive((at) => Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
          }
          const target = found[active];
          if (event.key === 'Enter' && target !== undefined) {
            event.preventDefault();
            onPick(target.value);
          }
        }}
      />
      <ul className={css['targets']} aria-label={t('edit.connect.steps')}>
        {found.slice(Math.max(0, active - 6), Math.max(0, active - 6) + 14).map((target) => (
          <li key={target.value}>
            <button type="button" className={css['target']} data-active={target === found[active] || undefined} aria-current={target === found[active] || undefined} onClick={() => onPick(target.value)}>
              {target.label}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
