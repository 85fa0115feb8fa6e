import { useState, type ReactNode } from 'react';
import { LiveRegionProvider } from '../LiveRegion.tsx';
import { ToastProvider } from '../Toasts.tsx';
import { HotkeyProvider } from '../use-hotkeys.tsx';
import { ThemeProvider, type ThemeChoice } from '../theme/ThemeProvider.tsx';
import { PartsPage } from './PartsPage.tsx';
import { ShellPage } from './ShellPage.tsx';

export interface GalleryProps {
  page: string;
  theme: ThemeChoice;
  textScale: number;
  dir: 'ltr' | 'rtl';
  reducedMotion: boolean;
}

/** Every part of ui/ on a few pages, for looking and for automatic checks. Not part of the product. */
export function Gallery({ page, theme, textScale, dir, reducedMotion }: GalleryProps): ReactNode {
  const [shown] = useState(page);
  return (
    <ThemeProvider theme={theme} textScale={textScale} dir={dir} reducedMotion={reducedMotion} language={dir === 'rtl' ? 'ar' : 'en'}>
      <LiveRegionProvider>
        <HotkeyProvider>
          <ToastProvider labels={{ region: 'Messages', dismiss: 'Dismiss' }}>{shown === 'parts' ? <PartsPage /> : <ShellPage overlay={shown} />}</ToastProvider>
        </HotkeyProvider>
      </LiveRegionProvider>
    </ThemeProvider>
  );
}
