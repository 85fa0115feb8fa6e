import { IconAlertCircle, IconBolt, IconBook, IconMessage2Heart, IconPackage, IconPhoneCall, IconRoute, IconSpeakerphone } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useT, type T } from '#renderer/messages/messages.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { KeyHint } from '#renderer/ui/KeyHint.tsx';
import { Palette } from '#renderer/ui/Palette.tsx';
import type { PaletteGroup, PaletteItem } from '#renderer/ui/palette-rows.ts';
import type { Pin } from '#shared/domain/settings.ts';
import type { SearchHit, SearchKind } from '#shared/domain/search/schema.ts';
import { hitLine } from './hit-line.ts';
import { ownGroup, type OwnGroup, type PaletteEntry } from './own-entries.ts';
import css from './search.module.css';
import { groupHits, type SearchState, type SearchStore } from './search.store.ts';

export type SearchPaletteProps = {
  store: SearchStore;
  commands: readonly PaletteEntry[];
  /** Promises that are open, soonest first. */
  followUps: readonly PaletteEntry[];
  onOpen: (hit: SearchHit) => void;
  /** Ctrl+Enter: copy what is most likely wanted of the hit. */
  onCopy: (hit: SearchHit) => void;
  /** The same for what the window itself knows. */
  onCopyText: (text: string) => void;
  /** Facts of the hit under the cursor, beside the list. */
  preview: (hit: SearchHit | undefined) => ReactNode;
  /** Kept at the top while nothing is typed; Alt+P adds and takes away. */
  pinned: readonly Pin[];
  onPin: (hit: SearchHit) => void;
  /** Where a record comes from, where that is worth saying. */
  markOf?: ((hit: SearchHit) => string | undefined) | undefined;
  /** A hit in the desk's language; undefined for one that only repeats another in a foreign language. */
  inLanguage: (hit: SearchHit) => SearchHit | undefined;
};

const ICONS: Readonly<Record<SearchKind, ReactNode>> = {
  product: <IconPackage />, script: <IconRoute />, article: <IconBook />, prompt: <IconMessage2Heart />, announcement: <IconSpeakerphone />,
};

/** One search over everything, opened over the call; closing it puts the focus back where it was. */
export function SearchPalette({ store, commands, followUps, onOpen, onCopy, onCopyText, preview, pinned, onPin, markOf = unmarked, inLanguage }: SearchPaletteProps): ReactNode {
  const t = useT();
  const state = useStore(store);
  const { open, text, scope, answer, answeredText, recent } = state;
  const typed = text.trim() !== '';
  const [chosen, setChosen] = useState<{ id: string; first: string | null; answered: string }>();
  // Each part is made anew only when what it is made of changes: a keystroke alone leaves the hits on screen as they are.
  const own = useMemo(() => (open ? [ownGroup('follow-up', followUps, { text, scope, answer }), ownGroup('command', commands, { text, scope, answer })].filter((group) => group !== undefined) : []), [open, followUps, commands, text, scope, answer]);
  const hits = useMemo(() => shownHits(typed, { answer, recent }, pinned).flatMap((hit) => inLanguage(hit) ?? []), [typed, answer, recent, pinned, inLanguage]);
  const found = useMemo(() => hitGroups(hits, typed, pinned, t, markOf), [hits, typed, pinned, t, markOf]);
  const groups = useMemo(() => {
    const part = (first: boolean): PaletteGroup[] => own.filter((group) => group.first === first).map((group) => toGroup(group, t));
    return own.length === 0 ? found : [...part(true), ...found, ...part(false)];
  }, [found, own, t]);
  const first = groups[0]?.items[0]?.id ?? null;
  // New results put the cursor on the best one again: what Enter picks is always what is seen.
  const held = chosen !== undefined && chosen.first === first && chosen.answered === answeredText && groups.some((group) => group.items.some((item) => item.id === chosen.id));
  const active = held ? chosen.id : first;

  const pick = (item: PaletteItem, alternate: boolean): void => {
    const entry = own.flatMap((group) => group.entries.map((one) => ({ key: `${group.id}:${one.id}`, one }))).find(({ key }) => key === item.id)?.one;
    const hit = hits.find((one) => hitId(one) === item.id);
    if (hit !== undefined) {
      store.actions.picked(hit);
      (alternate ? onCopy : onOpen)(hit);
    }
    if (entry !== undefined) store.actions.used();
    store.actions.hide();
    if (alternate && entry?.copy !== undefined) onCopyText(entry.copy);
    else entry?.run();
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
      onActiveChange={(id) => setChosen({ id, first, answered: answeredText })}
      onPick={(item, how) => pick(item, how.alternate)}
      onKey={(event) => {
        const hit = hits.find((one) => hitId(one) === active);
        if (!event.altKey || event.key.toLowerCase() !== 'p' || hit === undefined) return false;
        event.preventDefault();
        onPin(hit);
        return true;
      }}
      scope={<Filters state={state} onType={store.actions.type} />}
      labels={{ title: t('palette.title'), input: t('palette.input'), placeholder: t('palette.placeholder'), results: (count) => t('palette.results', { count }) }}
      loading={state.status === 'searching' && state.answer === undefined}
      error={state.status === 'failed' ? <p className={css['hint']}><IconAlertCircle aria-hidden /> {t('palette.failed')}</p> : undefined}
      empty={<p className={css['hint']}>{state.text.trim() === '' ? t('palette.start') : `${t('palette.nothing')} ${t('palette.nothing-hint')}`}</p>}
      more={state.answer?.nearest === true ? <p className={css['hint']}>{t('palette.nearest')}</p> : state.answer?.complete === false ? <p className={css['hint']}>{t('palette.partial')}</p> : undefined}
      keys={[
        { keys: 'enter', label: t('palette.key.open') },
        { keys: 'mod+enter', label: t('palette.key.copy') },
        { keys: 'alt+p', label: t('palette.key.pin') },
        { keys: 'escape', label: t('palette.key.close') },
      ]}
      preview={preview(hits.find((hit) => hitId(hit) === active))}
    />
    </>
  );
}

/** What the query was understood as, each taken out with one click. */
function Filters({ state, onType }: { state: SearchState; onType: (text: string) => void }): ReactNode {
  const t = useT();
  const parsed = state.answer?.parsed;
  if (parsed === undefined || state.text.trim() === '') return null;
  const { brand, category, priceMin, priceMax } = parsed.filters;
  const chips: { id: string; label: string }[] = [
    ...(brand === undefined ? [] : [{ id: 'brand', label: t('palette.filter.brand', { value: brand }) }]),
    ...(category === undefined ? [] : [{ id: 'category', label: t('palette.filter.category', { value: category }) }]),
    ...(priceMin === undefined ? [] : [{ id: 'min', label: t('palette.filter.min', { value: priceMin }) }]),
    ...(priceMax === undefined ? [] : [{ id: 'max', label: t('palette.filter.max', { value: priceMax }) }]),
  ];
  return chips.map((chip) => (
    <Chip key={chip.id} tone="accent" remove={{ label: t('palette.filter.remove', { filter: chip.label }), onRemove: () => onType(parsed.text) }}>
      {chip.label}
    </Chip>
  ));
}

function hitId(hit: SearchHit): string {
  return `${hit.kind}:${hit.key}`;
}

/** While nothing is typed: what was pinned, then what was picked before. */
function shownHits(typed: boolean, { answer, recent }: Pick<SearchState, 'answer' | 'recent'>, pinned: readonly Pin[]): readonly SearchHit[] {
  if (typed) return answer?.hits ?? [];
  const pins: SearchHit[] = pinned.map((pin) => ({ ...pin, score: 1, matches: [] }));
  return [...pins, ...recent.filter((hit) => !isPinned(hit, pinned))];
}

function isPinned(hit: SearchHit, pinned: readonly Pin[]): boolean {
  return pinned.some((pin) => pin.kind === hit.kind && pin.key === hit.key);
}

type MarkOf = (hit: SearchHit) => string | undefined;
const unmarked: MarkOf = () => undefined;

function hitGroups(hits: readonly SearchHit[], typed: boolean, pinned: readonly Pin[], t: T, markOf: MarkOf): PaletteGroup[] {
  if (typed) return groupHits(hits).map(({ kind, hits: list }) => ({ id: kind, label: t(`palette.group.${kind}`), items: list.map((hit) => hitItem(hit, t, markOf(hit))) }));
  const part = (id: 'pinned' | 'recent', list: readonly SearchHit[]): PaletteGroup[] => (list.length === 0 ? [] : [{ id, label: t(`palette.group.${id}`), items: list.map((hit) => hitItem(hit, t, markOf(hit))) }]);
  return [...part('pinned', hits.filter((hit) => isPinned(hit, pinned))), ...part('recent', hits.filter((hit) => !isPinned(hit, pinned)))];
}

function hitItem(hit: SearchHit, t: T, mark: string | undefined): PaletteItem {
  const { ranges, detail } = hitLine(hit, t, mark);
  return { id: hitId(hit), title: hit.title, titleRanges: ranges, icon: ICONS[hit.kind], ...(detail === '' ? {} : { detail }) };
}

const OWN_ICONS: Readonly<Record<OwnGroup['id'], ReactNode>> = { 'follow-up': <IconPhoneCall />, command: <IconBolt /> };

/** A group of what the window knows as the list draws it. */
function toGroup({ id, entries }: OwnGroup, t: T): PaletteGroup {
  return {
    id,
    label: t(`palette.group.${id}`),
    items: entries.map((one) => ({ id: `${id}:${one.id}`, title: one.title, icon: OWN_ICONS[id], ...(one.detail === undefined ? {} : { detail: one.detail }), ...(one.keys === undefined ? {} : { meta: <KeyHint keys={one.keys} decorative /> }) })),
  };
}
