import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const project = resolve(import.meta.dirname, '../../..');

/** Builds the gallery of ui/ into .cache; it never ships. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { alias: { '#renderer': resolve(project, 'src/renderer') } },
  plugins: [react()],
  build: { target: 'chrome130', outDir: resolve(project, '.cache/gallery'), emptyOutDir: true },
  cacheDir: resolve(project, '.cache/vite-gallery'),
});
