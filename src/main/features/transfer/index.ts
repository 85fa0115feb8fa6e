import type * as importer from './importer.ts';

export { ImportCancelled, UnreadableFileError } from './errors.ts';
export { createFileTokens, type ChosenFile } from './file-tokens.ts';
export type { ImportHooks, ImportParts, ImportTask } from './import-catalogue.ts';
export { createRefusedRows, type RefusedRows } from './refused-rows.ts';

/** The readers and the importer, with their libraries: only the import process needs them, so they are loaded when asked for. */
export const loadImporter = (): Promise<typeof importer> => import('./importer.ts');
