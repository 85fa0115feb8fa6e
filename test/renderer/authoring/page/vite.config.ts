import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const project = resolve(import.meta.dirname, '../../../..');

/** Builds a page with one editor on local state into .cache; it never ships. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  resolve: { alias: { '#renderer': resolve(project, 'src/renderer'), '#shared': resolve(project, 'src/shared') } },
  plugins: [react()],
  build: { target: 'chrome130', outDir: resolve(project, '.cache/editors'), emptyOutDir: true },
  cacheDir: resolve(project, '.cache/vite-editors'),
});
