import { existsSync, readFileSync, renameSync } from 'node:fs';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';
import { settingsSchema, type Settings, type SettingsPatch } from '#shared/domain/settings.ts';

export type SettingsService = {
  get(): Settings;
  /** Applies a patch and writes the file before it returns. */
  update(patch: SettingsPatch): Settings;
  /** What the organisation sets changed: tells everybody what is in force now. */
  overlayChanged(): void;
};

/**
 * Settings in one JSON file, written by temp-and-rename. A file that cannot be read is put aside
 * under another name, never deleted, and the desk starts with defaults. `overlay` puts on top what the
 * organisation sets: everybody reads the result, the file keeps the agent's own.
 */
export function createSettingsService(file: string, onChange: (settings: Settings) => void, warn: (message: string) => void, overlay: (own: Settings) => Settings = (own) => own): SettingsService {
  let own = load(file, warn);
  let current = overlay(own);
  const announce = (): Settings => {
    current = overlay(own);
    onChange(current);
    return current;
  };
  return {
    get: () => current,
    update: (patch) => {
      const { breaks, ...rest } = patch;
      const merged = { ...own, ...dropUndefined(rest), breaks: { ...own.breaks, ...dropUndefined(breaks ?? {}) } };
      own = settingsSchema.parse(merged);
      writeFileAtomic(file, `${JSON.stringify(own, null, 2)}\n`);
      return announce();
    },
    overlayChanged: () => void announce(),
  };
}

function load(file: string, warn: (message: string) => void): Settings {
  if (!existsSync(file)) return settingsSchema.parse({});
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    renameSync(file, `${file}.unreadable-${Date.now()}`);
    warn('The settings file could not be read. It was put aside and the desk starts with the usual settings.');
    return settingsSchema.parse({});
  }
}

function dropUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Partial<T>;
}
