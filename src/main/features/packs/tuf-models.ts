import { createRequire } from 'node:module';
import type * as models from '@tufjs/models';

type Models = typeof models;
const load = createRequire(import.meta.url);
let loaded: Models | undefined;

/** The library of metadata, loaded when the first metadata is read: it takes a tenth of a second, which no start of the app should pay. */
export function tufModels(): Models {
  return (loaded ??= load('@tufjs/models') as Models);
}
