import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Petrol, from paper tint to ink; index 7 is the accent of the light theme, 3 that of the dark one. */
const petrol: MantineColorsTuple = [
  '#eef6f5', '#d8e9e8', '#a9d3d2', '#6cc1c1', '#3f9ea1', '#217e84', '#146a71', '#0d5a61', '#08464c', '#052f33',
];

/**
 * Mantine's half of the theme. Colours a component shows come from the CSS tokens (tokens.css through
 * mantine-bridge.css); this object sets type, spacing and defaults so that no Mantine look shines through.
 */
export const mantineTheme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 3 },
  fontFamily: 'var(--cs-font)',
  fontFamilyMonospace: 'var(--cs-mono)',
  headings: { fontFamily: 'var(--cs-font)', fontWeight: 'var(--cs-semibold)' },
  fontSizes: { xs: 'var(--cs-caption)', sm: 'var(--cs-ui)', md: 'var(--cs-body)', lg: 'var(--cs-lead)', xl: 'var(--cs-title)' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.3' },
  spacing: { xs: 'var(--cs-s1)', sm: 'var(--cs-s2)', md: 'var(--cs-s3)', lg: 'var(--cs-s4)', xl: 'var(--cs-s6)' },
  radius: { xs: 'var(--cs-r1)', sm: 'var(--cs-r1)', md: 'var(--cs-r2)', lg: 'var(--cs-r3)', xl: 'var(--cs-r3)' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'default',
});
