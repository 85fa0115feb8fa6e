import { render as plainRender } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import { LiveRegionProvider } from '#renderer/ui/LiveRegion.tsx';
import { ThemeProvider } from '#renderer/ui/theme/ThemeProvider.tsx';
import { ToastProvider } from '#renderer/ui/Toasts.tsx';
import { HotkeyProvider } from '#renderer/ui/use-hotkeys.tsx';

/** What jsdom lacks and Mantine asks for. */
export function prepareDom(): void {
  window.matchMedia ??= (query: string) =>
    ({ matches: false, media: query, onchange: null, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false });
  window.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  Object.defineProperty(Element.prototype, 'scrollTo', { configurable: true, value: () => undefined });
  // The virtual list draws rows for the height it measures; jsdom measures none.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 400 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 600 });
}

/** Renders inside everything a screen has around it. */
export function render(node: ReactElement): ReturnType<typeof plainRender> {
  const Around = ({ children }: { children: ReactNode }): ReactNode => (
    <ThemeProvider theme="light">
      <LiveRegionProvider>
        <HotkeyProvider>
          <ToastProvider labels={{ region: 'Messages', dismiss: 'Dismiss' }}>{children}</ToastProvider>
        </HotkeyProvider>
      </LiveRegionProvider>
    </ThemeProvider>
  );
  return plainRender(node, { wrapper: Around });
}
