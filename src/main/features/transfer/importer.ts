export { importCatalogue } from './import-catalogue.ts';
export { inspectFile } from './inspect.ts';
