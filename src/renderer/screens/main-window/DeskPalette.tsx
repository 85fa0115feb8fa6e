import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { markKey, markText } from '#renderer/features/knowledge/index.ts';
import { ProductFacts, priceText, SearchPalette, type PaletteEntry } from '#renderer/features/search/index.ts';
import type { StartCall } from '#renderer/features/calls/index.ts';
import { useLanguage, useT } from '#renderer/messages/messages.tsx';
import { callFacts, useCopy, type Side } from '#renderer/screens/live-call/index.ts';
import { localize } from '#shared/domain/common.ts';
import { promptsIn } from '#shared/domain/prompts/pick.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import type { SearchHit } from '#shared/domain/search/schema.ts';
import type { ScreenName } from '#shared/domain/settings.ts';

const MOST_PINNED = 20;
/** Where a narrow place may break a word; nobody types it. */
const SOFT_HYPHEN = '\u00AD';

type DeskPaletteProps = { side: Side; start: (call: StartCall, script?: string) => void; show: (screen: ScreenName) => void; screens: readonly ScreenName[] };

/** The palette wired to the desk: what opening, copying and running mean here. */
export function DeskPalette({ side, start, show, screens }: DeskPaletteProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const copy = useCopy();
  const desk = useDesk();
  const { calls, scripts, prompts, search, client, settings, followUps } = desk;
  const inLanguage = useHitsInLanguage();
  const promises = useStore(followUps);
  const { pinned } = useStore(settings);
  const state = useStore(calls);
  const call = state.kind === 'live' ? state.call : undefined;

  const open = (hit: SearchHit): void => {
    switch (hit.kind) {
      case 'script':
        if (call === undefined) start({ direction: 'in' }, hit.key);
        else scripts.actions.open(hit.key, callFacts(call));
        return;
      case 'prompt':
        void read(hit).then((line) => line?.kind === 'prompt' && prompts.actions.choose(line.record.situation));
        return;
      default:
        show('live-call');
        void side.open({ kind: hit.kind, key: hit.key });
    }
  };
  const read = async (hit: SearchHit): Promise<PackLine | undefined> => (await client.call('knowledge.get', { refs: [{ kind: hit.kind, key: hit.key }] }))[0];
  const copyHit = (hit: SearchHit): void => {
    void read(hit).then((line) => {
      if (line === undefined) return;
      if (line.kind === 'product') copy(`${line.record.name}: ${priceText(line.record, t, language) ?? t('product.no-price')}`);
      else if (line.kind === 'article') copy(line.record.summary);
      else if (line.kind === 'prompt') copy(line.record.wordings[0]?.bare ?? line.record.wordings[0]?.text ?? '');
      else copy(hit.title);
    });
  };
  const { marks } = useStore(desk.marks);
  const markOf = useCallback((hit: SearchHit) => {
    const mark = marks.get(markKey(hit.kind, hit.key));
    return mark === undefined ? undefined : markText(mark, t);
  }, [marks, t]);
  const togglePin = ({ kind, key, title }: SearchHit): void => {
    const without = pinned.filter((pin) => pin.kind !== kind || pin.key !== key);
    void settings.actions.update({ pinned: without.length < pinned.length ? without : [{ kind, key, title }, ...without].slice(0, MOST_PINNED) });
  };
  const due = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const promised: PaletteEntry[] = (promises.kind === 'ready' ? promises.open : []).map((one) => {
    const who = [one.name, one.number].filter((part) => part !== undefined).join(' ');
    return {
      id: one.id,
      title: one.text,
      detail: [due.format(one.dueAt), who].filter((part) => part !== '').join(' · '),
      copy: [one.text, who, due.format(one.dueAt)].filter((part) => part !== '').join('\n'),
      run: () => {
        show('follow-ups');
        requestAnimationFrame(() => focusPromise(one.id));
      },
    };
  });
  const commands: PaletteEntry[] = [
    ...screens.map((screen, index) => ({ id: `screen-${screen}`, keys: `mod+${index + 1}`, title: t('command.go', { screen: t(`screen.${screen}`) }).replaceAll(SOFT_HYPHEN, ''), run: () => show(screen) })),
    ...(call === undefined ? [{ id: 'start', title: t('call.start'), keys: 'f9', run: () => start({ direction: 'in' as const }) }] : []),
    ...(call?.state === 'talking' ? [{ id: 'hold', title: t('call.hold'), keys: 'f8', run: () => void calls.actions.event({ type: 'hold' }) }] : []),
    ...(call?.state === 'on-hold' ? [{ id: 'resume', title: t('call.resume'), keys: 'f8', run: () => void calls.actions.event({ type: 'resume' }) }] : []),
    ...(call?.state === 'talking' || call?.state === 'on-hold' ? [{ id: 'hang-up', title: t('call.hang-up'), keys: 'f10', run: () => void calls.actions.event({ type: 'hang-up', by: 'agent' }) }] : []),
  ];
  return <SearchPalette store={search} commands={commands} followUps={promised} onCopyText={copy} onOpen={open} onCopy={copyHit} pinned={pinned} onPin={togglePin} markOf={markOf} inLanguage={inLanguage} preview={(hit) => (hit?.kind === 'product' ? <ProductPreview sku={hit.key} /> : undefined)} />;
}

/** Scripts by their title in the desk's language; words to say in another language only where the desk's has none. */
function useHitsInLanguage(): (hit: SearchHit) => SearchHit | undefined {
  const language = useLanguage();
  const known = useStore(useDesk().knowledge);
  return useMemo(() => {
    const { script: scripts, prompt: prompts } = known.kind === 'ready' ? known.records : NO_RECORDS;
    const titles = new Map(scripts.map((script) => [script.id, localize(script.title, language)]));
    const foreign = new Set(prompts.map(({ id }) => id));
    for (const { id } of promptsIn(prompts, language)) foreign.delete(id);
    return (hit: SearchHit): SearchHit | undefined => {
      if (hit.kind === 'prompt') return foreign.has(hit.key) ? undefined : hit;
      const title = hit.kind === 'script' ? titles.get(hit.key) : undefined;
      return title === undefined ? hit : { ...hit, title };
    };
  }, [known, language]);
}

const NO_RECORDS = { script: [], prompt: [] } as const;

/** Frames the list of promises may take to be drawn. */
const MOST_FRAMES = 30;

/** To the last thing to do about a promise, which is to keep it: one more Enter calls. */
function focusPromise(id: string, frames = 0): void {
  const button = [...document.querySelectorAll<HTMLElement>(`[data-follow-up="${CSS.escape(id)}"] button`)].at(-1);
  if (button !== undefined) button.focus();
  else if (frames < MOST_FRAMES) requestAnimationFrame(() => focusPromise(id, frames + 1));
}

/** The cursor rests on a row this long before its facts are read, ms: whoever types on needs the next rows, not these facts. */
const REST_MS = 40;

/** Facts of the product under the cursor, read as the cursor moves; the last one stays until the next is there. */
function ProductPreview({ sku }: { sku: string }): ReactNode {
  const { knowledge } = useDesk();
  const [line, setLine] = useState<Awaited<ReturnType<typeof knowledge.actions.get<'product'>>>>();
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => void knowledge.actions.get('product', sku).then((product) => current && setLine(product), () => undefined), REST_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [knowledge, sku]);
  return line === undefined ? null : <ProductFacts product={line} />;
}
