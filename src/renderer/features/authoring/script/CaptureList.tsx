import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { localize } from '#shared/domain/common.ts';
import { EDIT_LIMITS, freeFieldId } from '#shared/domain/scripts/edit.ts';
import type { Step } from '#shared/domain/scripts/schema.ts';
import { useScript } from './script-context.ts';
import css from './script.module.css';

const NEW = '+new';

/** What the agent writes down at this step. */
export function CaptureList({ step }: { step: Step }): ReactNode {
  const t = useT();
  const { script, edit, language } = useScript();
  const capture = step.capture ?? [];
  const fields = script.fields ?? [];
  const labelOf = (id: string): string => {
    const field = fields.find((one) => one.id === id);
    return field === undefined ? id : localize(field.label, language, script.language) || id;
  };
  const put = (next: Step['capture']): void => edit({ type: 'step', id: step.id, patch: { capture: next === undefined || next.length === 0 ? null : next } });
  const add = (id: string): void => {
    if (id !== NEW) return put([...capture, { field: id }]);
    const fresh = freeFieldId(script);
    edit({ type: 'add-field', field: { id: fresh, label: t('edit.field.new'), type: 'text' } });
    edit({ type: 'step', id: step.id, patch: { capture: [...capture, { field: fresh }] } });
  };
  return (
    <section className={css['ways']} aria-label={t('edit.capture')}>
      <h3>{t('edit.capture')}</h3>
      {capture.length === 0 ? null : (
        <ul>
          {capture.map((one, at) => (
            <li key={one.field} className={css['capture']}>
              <span>{labelOf(one.field)}</span>
              <CheckField label={t('edit.capture.required')} value={one.required === true} onValueChange={(required) => put(capture.with(at, required ? { field: one.field, required } : { field: one.field }))} />
              <IconButton label={t('edit.capture.remove', { field: labelOf(one.field) })} icon={<IconTrash />} onClick={() => put(capture.toSpliced(at, 1))} />
            </li>
          ))}
        </ul>
      )}
      {capture.length >= EDIT_LIMITS.capture ? null : (
        <SelectField label={t('edit.capture.add')} value={null} placeholder={t('edit.capture.pick')} onValueChange={add} searchable options={[...fields.filter(({ id }) => !capture.some((one) => one.field === id)).map(({ id }) => ({ value: id, label: labelOf(id) })), { value: NEW, label: t('edit.capture.new') }]} />
      )}
    </section>
  );
}
