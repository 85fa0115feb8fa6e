import Fuse from 'fuse.js';
import { useMemo, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { localize } from '#shared/domain/common.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import css from './ScriptPane.module.css';

export type ScriptPickerProps = { scripts: readonly Script[]; queue: string | undefined; sector: string; onPick: (id: string) => void };

/**
 * Finds the script for what the caller said. Scripts of the call's queue and the desk's sector come
 * first; typed words search titles, descriptions and the words callers use.
 */
export function ScriptPicker({ scripts, queue, sector, onPick }: ScriptPickerProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [text, setText] = useState('');
  const rows = useMemo(
    () =>
      scripts
        .filter((script) => script.kind === 'call')
        .map((script) => ({
          id: script.id,
          title: localize(script.title, language),
          description: localize(script.description, language),
          examples: script.examples ?? [],
          rank: (queue !== undefined && script.queues?.includes(queue) === true ? 0 : 2) + (fitsSector(script, sector) ? 0 : 1),
        }))
        .toSorted((a, b) => a.rank - b.rank || a.title.localeCompare(b.title, language)),
    [scripts, language, queue, sector],
  );
  const fuse = useMemo(
    () => new Fuse(rows, { keys: [{ name: 'title', weight: 3 }, { name: 'examples', weight: 2 }, { name: 'description', weight: 1 }], threshold: 0.4, ignoreLocation: true, minMatchCharLength: 2 }),
    [rows],
  );
  const shown = text.trim() === '' ? rows : fuse.search(text.trim(), { limit: 30 }).map((hit) => hit.item);
  return (
    <div className={css['root']} data-script-picker>
      <TextField
        label={t('script.pick-search')}
        value={text}
        onValueChange={setText}
        onKeyDown={(event) => {
          const first = shown[0];
          if (event.key === 'Enter' && first !== undefined) onPick(first.id);
        }}
      />
      {shown.length === 0 ? <p className={css['empty']}>{t('script.pick-none')}</p> : null}
      <NumberedChoices label={t('script.pick')} choices={shown.map((row) => ({ id: row.id, label: row.title, detail: row.description }))} onPick={onPick} />
    </div>
  );
}

function fitsSector(script: Script, sector: string): boolean {
  return script.sectors === undefined || script.sectors.length === 0 || script.sectors.some((one) => one === sector);
}
