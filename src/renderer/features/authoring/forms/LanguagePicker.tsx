import { IconLanguage } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { languagesOf } from '#shared/domain/authoring/local-text.ts';
import type { LocalText } from '#shared/domain/common.ts';
import css from './forms.module.css';

/** Languages a text can be written in here; others are taken over from records that have them. */
const OFFERED = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'no', 'fi', 'cs', 'hu', 'ro', 'el', 'tr', 'uk', 'ar', 'he', 'hi', 'zh', 'ja', 'ko'] as const;

/** Which language the words are edited in. One that has words anywhere is offered; more can be added. */
export function LanguagePicker({ value, onValueChange, base, texts }: { value: string; onValueChange: (language: string) => void; base: string; texts: readonly unknown[] }): ReactNode {
  const t = useT();
  const shown = useLanguage();
  const [adding, setAdding] = useState(false);
  const names = new Intl.DisplayNames(shown, { type: 'language' });
  const name = (tag: string): string => names.of(tag) ?? tag;
  const used = [...new Set([base, ...texts.flatMap((text) => languagesOf(text as LocalText | undefined)), value])];
  return (
    <div className={css['languages']}>
      {used.length < 2 ? null : <SegmentedField label={t('edit.language.words')} hideLabel value={value} onValueChange={onValueChange} options={used.map((tag) => ({ value: tag, label: name(tag) }))} />}
      {adding ? (
        <SelectField
          label={t('edit.language.add')}
          hideLabel
          value={null}
          searchable
          placeholder={t('edit.language.add')}
          onValueChange={(tag) => {
            setAdding(false);
            onValueChange(tag);
          }}
          options={OFFERED.filter((tag) => !used.includes(tag)).map((tag) => ({ value: tag, label: name(tag) }))}
        />
      ) : (
        <Button size="sm" variant="quiet" icon={<IconLanguage />} onClick={() => setAdding(true)}>
          {t('edit.language.add')}
        </Button>
      )}
    </div>
  );
}
