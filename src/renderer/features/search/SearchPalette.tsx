import { IconAlertCircle, IconBolt, IconBook, IconMessage2Heart, IconPackage, IconRoute, IconSpeakerphone } from '@tabler/icons-react';
import Fuse from 'fuse.js';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { Palette } from '#renderer/ui/Palette.tsx';
import type { PaletteGroup, PaletteItem } from '#renderer/ui/palette-rows.ts';
import type { SearchHit, SearchKind } from '#shared/domain/search/schema.ts';
import css from './search.module.css';
import { groupHits, type SearchState, type SearchStore } from './search.store.ts';

/** Something the palette can do besides finding knowledge. */
export type PaletteCommand = { id: string; title: string; keys?: string; run: () => void };

export type SearchPaletteProps = {
  store: SearchStore;
  commands: readonly PaletteCommand[];
  onOpen: (hit: SearchHit) => void;
  /** Ctrl+Enter: copy what is most likely wanted of the hit. */
  onCopy: (hit: SearchHit) => void;
  /** Facts of the hit under the cursor, beside the list. */
  preview: (hit: SearchHit | undefined) => ReactNode;
};

const ICONS: Readonly<Record<SearchKind, ReactNode>> = {
  product: <IconPackage />, script: <IconRoute />, article: <IconBook />, prompt: <IconMessage2Heart />, announcement: <IconSpeakerphone />,
};

/** One search over everything, opened over the call; closing it puts the focus back where it was. */
export function SearchPalette({ store, commands, onOpen, onCopy, preview }: SearchPaletteProps): ReactNode {
  const t = useT();
  const state = useStore(store);
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = useMemo(() => commandGroup(commands, state, t), [commands, state, t]);
  const hits = shownHits(state);
  const groups = useMemo(() => [...hitGroups(hits, state, t), ...found], [hits, state, found, t]);
  const first = groups[0]?.items[0]?.id ?? null;
  const known = groups.some((group) => group.items.some((item) => item.id === activeId));
  const active = known ? activeId : first;

  // New results put the cursor on the best one again: what Enter picks is always what is seen.
  useEffect(() => setActiveId(first), [first, state.answeredText]);

  const pick = (item: PaletteItem, alternate: boolean): void => {
    const command = commands.find((one) => `command:${one.id}` === item.id);
    const hit = hits.find((one) => hitId(one) === item.id);
    if (hit !== undefined) {
      store.actions.picked(hit);
      (alternate ? onCopy : onOpen)(hit);
    }
    store.actions.hide();
    command?.run();
  };

  return (
    <>
    {/* Which text the rows on screen answer: what a measurement and a screen reader's status wait for. */}
    <span hidden data-answered={state.answeredText} />
    <Palette
      open={state.open}
      onClose={store.actions.hide}
      query={state.text}
      onQueryChange={store.actions.type}
      groups={groups}
      activeId={active}
      onActiveChange={setActiveId}
      onPick={(item, how) => pick(item, how.alternate)}
      labels={{ title: t('palette.title'), input: t('palette.input'), placeholder: t('palette.placeholder'), results: (count) => t('palette.results', { count }) }}
      loading={state.status === 'searching' && state.answer === undefined}
      error={state.status === 'failed' ? <p className={css['hint']}><IconAlertCircle aria-hidden /> {t('palette.failed')}</p> : undefined}
      empty={<p className={css['hint']}>{state.text.trim() === '' ? t('palette.start') : `${t('palette.nothing')} ${t('palette.nothing-hint')}`}</p>}
      more={state.answer?.nearest === true ? <p className={css['hint']}>{t('palette.nearest')}</p> : state.answer?.complete === false ? <p className={css['hint']}>{t('palette.partial')}</p> : undefined}
      keys={[
        { keys: 'enter', label: t('palette.key.open') },
        { keys: 'mod+enter', label: t('palette.key.copy') },
        { keys: 'escape', label: t('palette.key.close') },
      ]}
      preview={preview(hits.find((hit) => hitId(hit) === active))}
    />
    </>
  );
}

function hitId(hit: SearchHit): string {
  return `${hit.kind}:${hit.key}`;
}

function shownHits(state: SearchState): readonly SearchHit[] {
  return state.text.trim() === '' ? state.recent : (state.answer?.hits ?? []);
}

function hitGroups(hits: readonly SearchHit[], state: SearchState, t: T): PaletteGroup[] {
  if (state.text.trim() === '') return hits.length === 0 ? [] : [{ id: 'recent', label: t('palette.group.recent'), items: hits.map((hit) => hitItem(hit, t)) }];
  return groupHits(hits).map(({ kind, hits: list }) => ({ id: kind, label: t(`palette.group.${kind}`), items: list.map((hit) => hitItem(hit, t)) }));
}

function hitItem(hit: SearchHit, t: T): PaletteItem {
  const title = hit.matches.filter((match) => match.field === 'title' && match.text === hit.title);
  const ranges = mergeRanges(title.flatMap((match) => match.ranges));
  const other = hit.matches.find((match) => match.field !== 'title' || match.reason === 'code');
  const why = [...new Set(hit.matches.map((match) => match.reason))].filter((reason) => reason !== 'exact' && reason !== 'prefix');
  const code = other?.field === 'code' ? other.text : undefined;
  const detail = [code, hit.subtitle, why.map((reason) => t(`reason.${reason}`)).join(', ')].filter((part) => part !== undefined && part !== '').join(' · ');
  return { id: hitId(hit), title: hit.title, titleRanges: ranges, icon: ICONS[hit.kind], ...(detail === '' ? {} : { detail }) };
}

/** Ranges of several matches can touch or overlap; the highlighter wants them ascending and apart. */
function mergeRanges(ranges: readonly (readonly [number, number])[]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function commandGroup(commands: readonly PaletteCommand[], state: SearchState, t: T): PaletteGroup[] {
  const words = state.scope === 'command' ? state.text.trimStart().slice(1).trim() : state.text.trim();
  if (!state.open || (state.scope !== undefined && state.scope !== 'command')) return [];
  const shown =
    words === ''
      ? state.scope === 'command' ? commands : []
      : new Fuse(commands, { keys: ['title'], threshold: 0.3, ignoreLocation: true }).search(words, { limit: 6 }).map((hit) => hit.item);
  if (shown.length === 0) return [];
  return [{ id: 'command', label: t('palette.group.command'), items: shown.map((one) => ({ id: `command:${one.id}`, title: one.title, icon: <IconBolt /> })) }];
}
