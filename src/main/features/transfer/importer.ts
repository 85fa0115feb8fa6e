export { exportCatalogue } from './export-catalogue.ts';
export { importCatalogue } from './import-catalogue.ts';
export { inspectFile } from './inspect.ts';
export { importScripts, inspectScripts } from './import-scripts.ts';
