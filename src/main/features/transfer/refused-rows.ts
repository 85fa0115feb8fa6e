import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Problem, RefusedRow } from '#shared/domain/transfer/problems.ts';

/** The refused rows of one import, as the import process wrote them. */
export type RefusedRows = {
  /** Rows `from` (from 0) to `from + count`, read from the file: it may be long. */
  read(from: number, count: number): Promise<RefusedRow[]>;
  /** Saves all of them as CSV that any spreadsheet opens, by temp-and-rename. */
  saveCsv(target: string, words: { header: readonly string[]; sentence: (problem: Problem) => string }): Promise<void>;
  remove(): void;
};

export function createRefusedRows(file: string): RefusedRows {
  async function* all(): AsyncGenerator<RefusedRow> {
    if (!existsSync(file)) return;
    const input = createReadStream(file, 'utf8');
    try {
      for await (const line of createInterface({ input, crlfDelay: Infinity })) if (line !== '') yield JSON.parse(line) as RefusedRow;
    } finally {
      input.destroy();
    }
  }

  return {
    async read(from, count) {
      const out: RefusedRow[] = [];
      let at = 0;
      for await (const row of all()) {
        if (at >= from + count) break;
        if (at++ >= from) out.push(row);
      }
      return out;
    },
    async saveCsv(target, { header, sentence }) {
      const temp = `${target}.tmp-${process.pid}`;
      try {
        await pipeline(async function* () {
          // With the mark, Excel takes the file for UTF-8.
          yield `\ufeff${header.map(csvCell).join(',')}\r\n`;
          for await (const { row, problems } of all()) {
            yield problems.map((one) => `${[String(row), one.column, one.value, sentence(one)].map(csvCell).join(',')}\r\n`).join('');
          }
        }, createWriteStream(temp, { mode: 0o600 }));
        renameSync(temp, target);
      } catch (cause) {
        rmSync(temp, { force: true });
        throw cause;
      }
    },
    remove: () => rmSync(file, { force: true }),
  };
}

/** Quoted where needed; a text a spreadsheet would run as a formula gets an apostrophe, since it came from a strange file. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
