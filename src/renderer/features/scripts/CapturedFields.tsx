import type { ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { FieldChip } from '#renderer/ui/FieldChip.tsx';
import { localize } from '#shared/domain/common.ts';
import { findField } from '#shared/domain/scripts/engine.ts';
import type { FieldValue } from '#shared/domain/scripts/events.ts';
import { formatFieldValue } from '#shared/domain/scripts/format.ts';
import type { ScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { ScriptState } from '#shared/domain/scripts/state.ts';
import { parseField } from '#shared/domain/scripts/validate.ts';
import css from './ScriptPane.module.css';
import type { Operation } from './scripts.store.ts';

export type CapturedFieldsProps = { state: ScriptState; library: ScriptLibrary; perform: (operation: Operation) => void };

/** What is known of the call so far, each put right in place. Sensitive values are named, not shown. */
export function CapturedFields({ state, library, perform }: CapturedFieldsProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const { core } = state;
  if (core === null) return null;
  const captured = Object.entries(core.fields).flatMap(([id, value]) => {
    const definition = findField(core, id, library);
    return definition === undefined || value === '' ? [] : [{ id, value, definition }];
  });
  if (captured.length === 0 && core.facts.length === 0) return null;
  const change = (definition: (typeof captured)[number]['definition'], id: string, typed: string): void => {
    const parsed = parseField(definition, typed, language);
    const value: FieldValue | null = parsed.kind === 'value' ? parsed.value : parsed.kind === 'empty' ? null : typed;
    perform({ type: 'setField', field: id, value });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset would draw and announce a form
    <div className={css['captured']} role="group" aria-label={t('script.captured')} data-captured>
      {captured.map(({ id, value, definition }) => {
        const label = localize(definition.label, language);
        if (definition.sensitive === true) {
          return (
            <Chip key={id}>
              {label}: {t('script.captured-hidden')}
            </Chip>
          );
        }
        return (
          <FieldChip
            key={id}
            label={label}
            value={shown(definition, value, language, t('script.yes'), t('script.no'))}
            onValueChange={(typed) => change(definition, id, typed)}
            labels={{ edit: (name) => t('script.captured-edit', { label: name }), empty: t('script.captured-empty') }}
          />
        );
      })}
      {core.facts.map((fact) => (
        <Chip key={fact.id} tone="info">
          {fact.text}
        </Chip>
      ))}
    </div>
  );
}

function shown(definition: Parameters<typeof formatFieldValue>[0], value: FieldValue, language: string, yes: string, no: string): string {
  if (typeof value === 'boolean') return value ? yes : no;
  // What cannot be put into a sentence (typed in another form) is still shown as it was typed.
  return formatFieldValue(definition, value, language) ?? String(value);
}
