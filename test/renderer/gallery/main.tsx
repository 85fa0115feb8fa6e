import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Gallery } from '#renderer/ui/gallery/Gallery.tsx';
import type { ThemeChoice } from '#renderer/ui/theme/ThemeProvider.tsx';

const themes: readonly string[] = ['light', 'dark', 'contrast', 'contrast-light', 'system'];
const isTheme = (text: string): text is ThemeChoice => themes.includes(text);

const query = new URLSearchParams(location.search);
const theme = query.get('theme') ?? 'light';
const root = document.getElementById('root');
if (root === null) throw new Error('gallery page without root');
createRoot(root).render(
  <StrictMode>
    <Gallery
      page={query.get('page') ?? 'parts'}
      theme={isTheme(theme) ? theme : 'light'}
      textScale={Number(query.get('scale') ?? '100')}
      dir={query.get('dir') === 'rtl' ? 'rtl' : 'ltr'}
      reducedMotion={query.get('motion') !== 'full'}
    />
  </StrictMode>,
);
