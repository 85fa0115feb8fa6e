import type { Reading } from '#shared/domain/transfer/reading.ts';
import { openBytes, pieces } from './bytes.ts';
import { csvRows } from './csv.ts';
import { jsonRows, ndjsonRows } from './json.ts';
import { decoded, lines } from './lines.ts';
import { UnreadableFileError } from '../errors.ts';
import { type RowBatches } from './rows.ts';
import { xlsxRows } from './xlsx.ts';

/** Opens a file as rows, in the way `inspectFile` found. Memory does not grow with the file. */
export function openRows(file: string, reading: Reading, onBytes?: (total: number) => void): RowBatches {
  const text = (): AsyncGenerator<string> => decoded(pieces(file, reading.gzip, onBytes), reading.encoding);
  switch (reading.format) {
    case 'csv':
      return csvRows(lines(text(), reading.newline), reading);
    case 'ndjson':
      return ndjsonRows(lines(text(), reading.newline), reading.columns);
    case 'json':
      return jsonRows(text(), reading.columns);
    case 'xlsx':
      if (reading.sheet === undefined) throw new UnreadableFileError('no-sheet');
      return xlsxRows(openBytes(file, reading.gzip, onBytes), reading.sheet);
  }
}
