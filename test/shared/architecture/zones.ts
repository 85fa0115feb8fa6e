import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The table of `docs/ARCHITECTURE.md`, as data: who may import what. Paths are relative to `src`. */
type Zone = {
  /** Files this rule is about. */
  from: RegExp;
  /** Our own files they may import; `$1` is the first group of `from` (the feature's name). */
  own: readonly string[];
  /** Packages and Node modules they may import. */
  packages: readonly RegExp[];
};

const NODE = /^node:/;
const ANY_PACKAGE = /^[^.#]/;
const SHARED_PACKAGES = [/^zod$/, /^json-logic-engine$/, /^chrono-node(\/|$)/, /^intl-messageformat$/, /^libphonenumber-js(\/|$)/, /^double-metaphone$/, /^ts-fsrs$/];

/** First match counts: the special rule stands before the general one. */
export const ZONES: readonly Zone[] = [
  { from: /^shared\//, own: ['shared/'], packages: SHARED_PACKAGES },
  { from: /^preload\//, own: ['shared/'], packages: [/^electron$/] },
  { from: /^main\/lib\//, own: ['main/lib/', 'shared/'], packages: [NODE, /^zod$/] },
  { from: /^main\/db\//, own: ['main/db/', 'main/lib/', 'shared/'], packages: [NODE, /^better-sqlite3$/, /^zod$/] },
  { from: /^main\/(?:electron|ipc)\//, own: ['main/electron/', 'main/ipc/', 'main/lib/', 'shared/'], packages: [NODE, /^electron$/, /^zod$/] },
  { from: /^main\/features\/([^/]+)\//, own: ['main/features/$1/', 'main/features/*/index.ts', 'main/lib/', 'main/db/', 'shared/'], packages: [/^(?!electron|react)[^.#]/] },
  { from: /^main\//, own: ['main/', 'shared/'], packages: [ANY_PACKAGE] },
  { from: /^renderer\/ui\//, own: ['renderer/ui/'], packages: [/^(?!electron|node:)[^.#]/] },
  { from: /^renderer\/(?:ipc|messages)\//, own: ['renderer/ipc/', 'renderer/messages/', 'shared/'], packages: [/^react(\/|$)/, /^zustand(\/|$)/] },
  {
    from: /^renderer\/features\/([^/]+)\//,
    own: ['renderer/features/$1/', 'renderer/ui/', 'renderer/ipc/', 'renderer/messages/', 'shared/'],
    packages: [/^(?!electron|node:)[^.#]/],
  },
  {
    from: /^renderer\/screens\/([^/]+)\//,
    own: ['renderer/screens/$1/', 'renderer/screens/*/index.ts', 'renderer/features/*/index.ts', 'renderer/ui/', 'renderer/ipc/', 'renderer/messages/', 'renderer/desk.tsx', 'shared/'],
    packages: [/^(?!electron|node:)[^.#]/],
  },
  { from: /^renderer\//, own: ['renderer/screens/*/index.ts', 'renderer/screens/main-window/', 'renderer/screens/strip/', 'renderer/features/*/index.ts', 'renderer/ui/', 'renderer/ipc/', 'renderer/messages/', 'renderer/', 'shared/'], packages: [/^(?!electron|node:)[^.#]/] },
];

/**
 * Features a feature may use through their public face, because they lie below it: everything that changes
 * what a desk knows may use knowledge and search; nothing may use what lies beside or above it.
 */
export const LOWER_FEATURES: Readonly<Record<string, readonly string[]>> = {
  packs: ['knowledge', 'search'],
  transfer: ['knowledge', 'search'],
  authoring: ['knowledge', 'packs'],
  channels: ['knowledge', 'search', 'packs'],
};

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)\s*import\s+'([^']+)'/g;

/** What is wrong with the imports of one file; `path` relative to `src`, `root` the folder of `src`. */
export function violations(path: string, text: string, root: string): string[] {
  const zone = ZONES.find((one) => one.from.test(path));
  if (zone === undefined) return [`${path}: no zone names this folder; add it to docs/ARCHITECTURE.md with a decision record`];
  const feature = zone.from.exec(path)?.[1] ?? '';
  return importsOf(text).flatMap((wanted) => {
    const own = toOwnPath(wanted, path, root);
    const allowed = own === undefined ? zone.packages.some((pattern) => pattern.test(wanted)) : mayImport(own, zone, feature, path);
    return allowed || /\.(?:css|svg|png|mp3)$/.test(wanted) ? [] : [`${path}: must not import ${wanted}`];
  });
}

function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** The imported file relative to `src`, or undefined for a package. */
function toOwnPath(wanted: string, path: string, root: string): string | undefined {
  if (wanted.startsWith('#')) return wanted.slice(1);
  if (!wanted.startsWith('.')) return undefined;
  return relative(root, resolve(root, dirname(path), wanted)).replaceAll('\\', '/');
}

function mayImport(own: string, zone: Zone, feature: string, path: string): boolean {
  return zone.own.some((pattern) => {
    const wanted = pattern.replace('$1', feature);
    if (!wanted.includes('*')) return own.startsWith(wanted);
    const face = new RegExp(`^${wanted.replace('*', '([^/]+)').replace('.', '\\.')}$`).exec(own);
    if (face === null) return false;
    return !path.startsWith('main/features/') || (LOWER_FEATURES[feature] ?? []).includes(face[1] ?? '');
  });
}

/** Every source file below `root`, relative to it, with forward slashes. */
export function sourceFiles(root: string): { path: string; text: string }[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
}
