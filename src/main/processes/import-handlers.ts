import { wordsIn } from '#main/lib/words.ts';
import { createFileTokens } from '#main/features/transfer/index.ts';
import { problemText } from '#shared/domain/transfer/problem-text.ts';
import type { AppContract, RouteName } from '#shared/ipc/contract.ts';
import type { Handlers, OutputOf } from '#shared/ipc/define.ts';
import { CallsideError } from '#shared/ipc/errors.ts';
import type { ImportRunner } from './import-runner.ts';

export type ImportHandlerParts = {
  runner: ImportRunner;
  /** Asks a person for a file; undefined when they thought better of it. */
  askFile: (title: string, extensions: string[]) => Promise<string | undefined>;
  askTarget: (name: string) => Promise<string | undefined>;
  language: () => string;
};

/** The transfer routes of the main process: dialogs, tokens and reports. The work is done elsewhere. */
export function createImportHandlers({ runner, askFile, askTarget, language }: ImportHandlerParts): Pick<Handlers<AppContract, 'main'>, Extract<RouteName, `transfer.${string}`>> {
  const files = createFileTokens();
  const words = (): ReturnType<typeof wordsIn> => wordsIn(language());
  const choose = async (title: 'transfer.choose' | 'script-import.choose', extensions: string[]): Promise<OutputOf<AppContract, 'transfer.choose'>> => {
    const path = await askFile(words()(title), extensions);
    if (path === undefined) return { chosen: false };
    const { token, name, size } = files.add(path);
    return { chosen: true, token, name, size };
  };
  return {
    'transfer.choose': () => choose('transfer.choose', ['csv', 'tsv', 'txt', 'xlsx', 'ndjson', 'jsonl', 'json', 'gz']),
    'transfer.preview': async ({ token, choice }) => {
      const file = files.get(token);
      if (file === undefined) return { ok: false, reason: 'cannot-open' };
      const found = await runner.inspect(file, choice);
      if (found.ok) file.reading = found.preview.reading;
      return found;
    },
    'transfer.start': async ({ token, mapping }) => {
      const file = files.get(token);
      if (file?.reading === undefined) return { ok: false, reason: 'cannot-open' };
      if (!files.unchanged(file)) return { ok: false, reason: 'changed' };
      return runner.start(file, { kind: 'catalogue', reading: file.reading, mapping });
    },
    'transfer.choose-scripts': () => choose('script-import.choose', ['json', 'ndjson', 'jsonl', 'gz']),
    'transfer.preview-scripts': async ({ token }) => {
      const file = files.get(token);
      return file === undefined ? { ok: false, reason: 'cannot-open' } : runner.inspectScripts(file, language());
    },
    'transfer.start-scripts': async ({ token, take }) => {
      const file = files.get(token);
      if (file === undefined) return { ok: false, reason: 'cannot-open' };
      if (!files.unchanged(file)) return { ok: false, reason: 'changed' };
      return runner.start(file, { kind: 'scripts', take });
    },
    'transfer.scripts-state': () => runner.state('scripts'),
    'transfer.cancel': ({ job }) => {
      runner.cancel(job);
      return {};
    },
    'transfer.state': () => runner.state('catalogue'),
    'transfer.report': async ({ job, from, count }) => ({ rows: (await runner.refused(job)?.read(from, count)) ?? [] }),
    'transfer.export': async ({ format }) => {
      const target = await askTarget(`${words()('products.export.file')}.${format}`);
      if (target === undefined) return { saved: false, count: 0 };
      const done = await runner.export(target, format);
      if (!done.ok) throw new CallsideError('unavailable', `The products could not be saved (${done.reason}).`);
      return { saved: true, count: done.count };
    },
    'transfer.save-report': async ({ job }) => {
      const report = runner.refused(job);
      if (report === undefined) throw new CallsideError('not-found', 'There is no report of this import any more.');
      const t = words();
      const target = await askTarget(`${t('transfer.report.file')}.csv`);
      if (target === undefined) return { saved: false };
      await report.saveCsv(target, {
        header: [t('transfer.report.row'), t('transfer.report.column'), t('transfer.report.value'), t('transfer.report.problem')],
        sentence: (problem) => problemText(t, problem),
      });
      return { saved: true };
    },
  };
}
