import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { useCopy } from '#renderer/screens/live-call/index.ts';
import type { Side } from '#renderer/screens/live-call/index.ts';
import { canDial } from '#renderer/features/telephony/index.ts';
import { priceText } from '#renderer/features/search/index.ts';
import { useHotkeys } from '#renderer/ui/use-hotkeys.tsx';
import type { HotkeyBinding } from '#renderer/ui/hotkey-registry.ts';
import { useLanguage } from '#renderer/messages/messages.tsx';
import type { ScreenName } from '#shared/domain/settings.ts';

type Options = { screens: readonly ScreenName[]; show: (screen: ScreenName) => void; start: () => void; transfer: () => void; dial: (number: string) => void; showHelp: () => void; side: Side };

/** Keys that work on every screen. */
export function useWindowKeys({ screens, show, start, transfer, dial, showHelp, side }: Options): void {
  const t = useT();
  const language = useLanguage();
  const copy = useCopy();
  const { calls, search } = useDesk();
  const state = useStore(calls);
  const call = state.kind === 'live' ? state.call : undefined;
  const live = t('keys.group.call');
  const move = t('keys.group.move');
  const product = side.current?.kind === 'product' ? side.current.product : undefined;
  // As of the moment the key is pressed: a card may lie open when its next price takes over.
  const price = (): string | undefined => (product === undefined ? undefined : priceText(product, t, language));
  const bindings: HotkeyBinding[] = [
    { id: 'palette', keys: 'mod+k', label: t('palette.title'), group: move, run: () => search.actions.show() },
    { id: 'help', keys: 'f1', label: t('keys.title'), group: move, run: showHelp },
    ...screens.map((screen, index) => ({ id: `screen-${screen}`, keys: `mod+${index + 1}`, label: t(`screen.${screen}`), group: move, run: () => show(screen) })),
    { id: 'start', keys: 'f9', label: t('call.start'), group: live, enabled: call === undefined, run: start },
    { id: 'answer', keys: 'f9', label: t('call.answer'), group: live, enabled: call?.state === 'ringing', run: () => void calls.actions.event({ type: 'answer' }) },
    { id: 'dial', keys: 'f3', label: t('telephony.dial.key'), group: live, enabled: canDial(call?.number), run: () => call?.number !== undefined && dial(call.number) },
    { id: 'hold', keys: 'f8', label: t('call.hold'), group: live, enabled: call?.state === 'talking', run: () => void calls.actions.event({ type: 'hold' }) },
    { id: 'resume', keys: 'f8', label: t('call.resume'), group: live, enabled: call?.state === 'on-hold', run: () => void calls.actions.event({ type: 'resume' }) },
    { id: 'transfer', keys: 'f5', label: t('call.transfer'), group: live, enabled: call?.state === 'talking' || call?.state === 'on-hold', run: transfer },
    { id: 'hang-up', keys: 'f10', label: t('call.hang-up'), group: live, enabled: call?.state === 'talking' || call?.state === 'on-hold', run: () => void calls.actions.event({ type: 'hang-up', by: 'agent' }) },
    {
      id: 'waiting',
      keys: 'f7',
      label: t('keys.waiting'),
      group: live,
      enabled: state.kind === 'live' && state.waiting.length > 0,
      run: () => {
        const next = state.kind === 'live' ? state.waiting[0] : undefined;
        if (next !== undefined) void calls.actions.show(next.id);
      },
    },
    { id: 'copy-price', keys: 'alt+c', label: t('product.copy-price'), group: live, enabled: price() !== undefined, run: () => copy(`${product?.name ?? ''}: ${price() ?? ''}`) },
    { id: 'compare', keys: 'alt+v', label: t('product.compare'), group: live, enabled: product !== undefined, run: () => product !== undefined && side.compare(product) },
    { id: 'close-card', keys: 'escape', label: t('side.close'), group: live, whileTyping: true, enabled: side.current !== undefined, run: side.close },
  ];
  useHotkeys(bindings, { scope: 'window' });
}
