import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { inLanguage } from '#shared/domain/in-language.ts';
import { frameworkSchema, type Framework } from '#shared/domain/prompts/schema.ts';

const ROOT = fileURLToPath(new URL('../../../resources/starter-pack/', import.meta.url));

/** One YAML file of the starter pack: its name without `.yaml`, and what it says. */
export interface PackFile {
  readonly name: string;
  readonly data: unknown;
}

/** Reads every YAML file of one starter-pack folder, sorted by name. Throws on bad YAML or a repeated key. */
export function readPackFolder(folder: 'scripts' | 'practice'): PackFile[] {
  const directory = `${ROOT}${folder}/`;
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.yaml'.length), data: parse(readFileSync(directory + file, 'utf8')) as unknown }));
}

/** The framework maps of the pack. Throws when one is not valid. */
export function readFrameworks(): Framework[] {
  return z.array(frameworkSchema).parse(parse(readFileSync(`${ROOT}frameworks.yaml`, 'utf8'))).map((framework) => inLanguage('framework', framework, 'en'));
}
