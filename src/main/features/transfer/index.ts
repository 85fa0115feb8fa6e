export { importCatalogue, ImportCancelled, type ImportTask } from './import-catalogue.ts';
export { inspectFile } from './inspect.ts';
export { UnreadableFileError } from './readers/rows.ts';
export { createRefusedRows, type RefusedRows } from './refused-rows.ts';
export { createFileTokens, type ChosenFile, type FileTokens } from './file-tokens.ts';
