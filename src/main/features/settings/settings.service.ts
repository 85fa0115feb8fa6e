import { existsSync, readFileSync, renameSync } from 'node:fs';
import { writeFileAtomic } from '#main/lib/atomic-file.ts';
import { settingsSchema, type Settings, type SettingsPatch } from '#shared/domain/settings.ts';

export type SettingsService = {
  get(): Settings;
  /** Applies a patch and writes the file before it returns. */
  update(patch: SettingsPatch): Settings;
};

/**
 * Settings in one JSON file, written by temp-and-rename. A file that cannot be read is put aside
 * under another name, never deleted, and the desk starts with defaults.
 */
export function createSettingsService(file: string, onChange: (settings: Settings) => void, warn: (message: string) => void): SettingsService {
  let current = load(file, warn);
  return {
    get: () => current,
    update: (patch) => {
      const { breaks, ...rest } = patch;
      const merged = { ...current, ...dropUndefined(rest), breaks: { ...current.breaks, ...dropUndefined(breaks ?? {}) } };
      current = settingsSchema.parse(merged);
      writeFileAtomic(file, `${JSON.stringify(current, null, 2)}\n`);
      onChange(current);
      return current;
    },
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
