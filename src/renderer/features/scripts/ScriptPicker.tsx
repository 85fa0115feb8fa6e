import Fuse from 'fuse.js';
import { useMemo, useState, type ReactNode } from 'react';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { NumberedChoices } from '#renderer/ui/NumberedChoices.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { localize, SECTORS } from '#shared/domain/common.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import css from './ScriptPane.module.css';

export type ScriptPickerProps = { scripts: readonly Script[]; queue: string | undefined; sector: string; onPick: (id: string) => void; /** Where a script comes from, where that is worth saying. */ markOf?: (id: string) => string | undefined; /** `grid`: as many columns as fit. */ layout?: 'rows' | 'grid' };

type Row = { id: string; title: string; description: string; examples: readonly string[]; queued: boolean; group: Group };
/** `first`: this call's queue, or made for this desk's sector; `any`: whatever the sector. */
const GROUPS = ['first', 'any', 'other'] as const;
type Group = (typeof GROUPS)[number];

/**
 * Finds the script for what the caller said. Scripts of the call's queue and the desk's sector come
 * first; typed words search titles, descriptions and the words callers use.
 */
export function ScriptPicker({ scripts, queue, sector, onPick, markOf, layout = 'rows' }: ScriptPickerProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const [text, setText] = useState('');
  const rows = useMemo(
    (): Row[] =>
      scripts
        .filter((script) => script.kind === 'call')
        .map((script) => ({
          id: script.id,
          title: localize(script.title, language),
          description: [markOf?.(script.id), localize(script.description, language)].filter((part) => part !== undefined).join(' · '),
          examples: script.examples ?? [],
          queued: isQueued(script, queue),
          group: groupOf(script, queue, sector),
        }))
        .toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || Number(b.queued) - Number(a.queued) || a.title.localeCompare(b.title, language)),
    [scripts, language, queue, sector, markOf],
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
          if (event.key === 'ArrowDown' && !event.altKey) {
            event.preventDefault();
            event.currentTarget.closest('[data-script-picker]')?.querySelector<HTMLElement>('fieldset button')?.focus();
            return;
          }
          const first = shown[0];
          if (event.key !== 'Enter' || first === undefined) return;
          // Picking moves the focus into the note at once; the key must not go on to type a line there.
          event.preventDefault();
          onPick(first.id);
        }}
      />
      {shown.length === 0 ? <p className={css['empty']}>{t('script.pick-none')}</p> : null}
      {text.trim() === '' ? (
        GROUPS.map((group) => <Choices key={group} label={t(`script.pick-${group}`)} headed rows={shown.filter((row) => row.group === group)} digits={group === 'first'} layout={layout} onPick={onPick} />)
      ) : (
        <Choices label={t('script.pick')} rows={shown} digits layout={layout} onPick={onPick} />
      )}
    </div>
  );
}

/** Digits pick in one list only, so that a digit never means two scripts. */
const BEYOND_DIGITS = 11;

function Choices({ label, headed = false, rows, digits, layout, onPick }: { label: string; headed?: boolean; rows: readonly Row[]; digits: boolean; layout: 'rows' | 'grid'; onPick: (id: string) => void }): ReactNode {
  if (rows.length === 0) return null;
  return (
    <>
      {headed ? <h3 className={css['group']}>{label}</h3> : null}
      <NumberedChoices label={label} layout={layout} firstDigit={digits ? 1 : BEYOND_DIGITS} choices={rows.map((row) => ({ id: row.id, label: row.title, detail: layout === 'grid' ? firstSentence(row.description) : row.description }))} onPick={onPick} />
    </>
  );
}

/** What a script is for; how it goes about it follows in the sentences after. */
function firstSentence(text: string): string {
  return text.split(/(?<=[.!?。])\s/u)[0] ?? text;
}

function isQueued(script: Script, queue: string | undefined): boolean {
  return queue !== undefined && script.queues?.includes(queue) === true;
}

function groupOf(script: Script, queue: string | undefined, sector: string): Group {
  if (isQueued(script, queue)) return 'first';
  const sectors: readonly string[] = script.sectors ?? [];
  if (sectors.length === 0 || sectors.length === SECTORS.length) return 'any';
  return sectors.includes(sector) ? 'first' : 'other';
}
