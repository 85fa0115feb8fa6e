import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { createContext, useContext, useLayoutEffect, useMemo, type ReactNode } from 'react';
import './mantine-styles.ts';
import './fonts.ts';
import './tokens.css';
import './scale.css';
import './mantine-bridge.css';
import './base.css';
import { mantineTheme } from './theme.ts';

/** What the user picks. `system` follows the operating system's colour scheme and contrast preference. */
export type ThemeChoice = 'light' | 'dark' | 'contrast' | 'contrast-light' | 'system';
/** What is painted. */
export type ThemeName = Exclude<ThemeChoice, 'system'>;

export interface ThemeProviderProps {
  theme: ThemeChoice;
  /** Text size in percent, 100 to 200; values outside are clamped. */
  textScale?: number;
  /** `true`/`false` overrides the operating system's setting; undefined follows it. */
  reducedMotion?: boolean | undefined;
  dir?: 'ltr' | 'rtl';
  /** BCP 47 tag of the user interface language; sets `lang`, so that screen readers pick the right voice. */
  language?: string;
  children: ReactNode;
}

export interface ThemeState {
  theme: ThemeName;
  /** True when nothing may move, by own setting or by the system's. */
  reducedMotion: boolean;
  dir: 'ltr' | 'rtl';
  language: string;
}

const ThemeContext = createContext<ThemeState>({ theme: 'light', reducedMotion: false, dir: 'ltr', language: 'en' });

/** The painted theme, for components that must decide in script (charts, drawn graphs). */
export function useThemeState(): ThemeState {
  return useContext(ThemeContext);
}

/** Pure: which theme is painted for a choice and the system's two preferences. */
export function resolveTheme(choice: ThemeChoice, systemDark: boolean, systemContrast: boolean): ThemeName {
  if (choice !== 'system') return choice;
  if (systemContrast) return systemDark ? 'contrast' : 'contrast-light';
  return systemDark ? 'dark' : 'light';
}

/** Paints the theme on `<html>` and gives Mantine, direction and motion to everything inside. */
export function ThemeProvider(props: ThemeProviderProps): ReactNode {
  const { theme: choice, textScale = 100, reducedMotion, dir = 'ltr', language = 'en', children } = props;
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false });
  const systemContrast = useMediaQuery('(prefers-contrast: more)', false, { getInitialValueInEffect: false });
  const systemStill = useMediaQuery('(prefers-reduced-motion: reduce)', false, { getInitialValueInEffect: false });
  const theme = resolveTheme(choice, systemDark, systemContrast);
  const still = reducedMotion ?? systemStill;

  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = theme;
    root.dataset['motion'] = still ? 'reduced' : 'full';
    root.lang = language;
    root.style.setProperty('--cs-text-scale', String(Math.min(200, Math.max(100, textScale)) / 100));
  }, [theme, still, language, textScale]);

  const state = useMemo(() => ({ theme, reducedMotion: still, dir, language }), [theme, still, dir, language]);
  const scheme = theme === 'dark' || theme === 'contrast' ? 'dark' : 'light';
  return (
    <ThemeContext value={state}>
      <DirectionProvider initialDirection={dir} detectDirection={false}>
        <MantineProvider theme={mantineTheme} forceColorScheme={scheme}>
          <DirectionSync dir={dir} />
          {children}
        </MantineProvider>
      </DirectionProvider>
    </ThemeContext>
  );
}

/** Mantine keeps the direction as state of its own; this follows our prop without remounting the app. */
function DirectionSync({ dir }: { dir: 'ltr' | 'rtl' }): null {
  const { setDirection } = useDirection();
  useLayoutEffect(() => setDirection(dir), [dir, setDirection]);
  return null;
}
