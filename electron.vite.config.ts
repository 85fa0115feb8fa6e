import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
const alias = { '#shared': resolve(root, 'src/shared'), '#main': resolve(root, 'src/main'), '#renderer': resolve(root, 'src/renderer') };

/** Node 20 / Chrome 130 syntax: the oldest Electron the code runs on in tests (docs/decisions/0001). */
export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: 'node20.18',
      rollupOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          records: resolve(root, 'src/main/processes/records.ts'),
          knowledge: resolve(root, 'src/main/processes/knowledge.ts'),
          import: resolve(root, 'src/main/processes/import.ts'),
          'signatures-thread': resolve(root, 'src/main/processes/signatures-thread.ts'),
          'packs-thread': resolve(root, 'src/main/processes/packs-thread.ts'),
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      target: 'node20.18',
      rollupOptions: { input: { index: resolve(root, 'src/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    resolve: { alias },
    plugins: [react()],
    build: { target: 'chrome130', minify: true, rollupOptions: { input: { index: resolve(root, 'src/renderer/index.html') } } },
  },
});
