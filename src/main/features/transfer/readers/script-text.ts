import { problem, type RefusedRow } from '#shared/domain/transfer/problems.ts';
import { UnreadableFileError } from '../errors.ts';
import { pieces } from './bytes.ts';

/** Scripts are read whole: far more than any call centre has written (bytes, unpacked). */
const LARGEST = 64 * 1_048_576;

/** The content of a JSON or NDJSON file. `broken` are lines of an NDJSON file that are no JSON. */
export type ScriptContent = { content: unknown; broken: RefusedRow[] };

/**
 * Reads a file of scripts, gzipped or not. Throws UnreadableFileError for one that is empty, too large
 * or no JSON at all.
 */
export async function readScriptContent(file: string): Promise<ScriptContent> {
  const start = await head(file);
  const text = await whole(file, start[0] === 0x1f && start[1] === 0x8b);
  if (text.trim() === '') throw new UnreadableFileError('empty');
  const parsed = parse(text);
  if (parsed.ok) return { content: parsed.value, broken: [] };
  return readLines(text);
}

async function head(file: string): Promise<Buffer> {
  for await (const piece of pieces(file, false)) return piece;
  return Buffer.alloc(0);
}

async function whole(file: string, gzip: boolean): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces(file, gzip)) {
    size += piece.length;
    if (size > LARGEST) throw new UnreadableFileError('too-large');
    parts.push(piece);
  }
  // The byte order mark, which some editors write, is left out by the decoder.
  return new TextDecoder('utf-8').decode(Buffer.concat(parts));
}

/** One record a line; a line that is none is refused by its number. */
function readLines(text: string): ScriptContent {
  const broken: RefusedRow[] = [];
  const content: unknown[] = [];
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return;
    const parsed = parse(line);
    if (parsed.ok) content.push(parsed.value);
    else broken.push({ row: at + 1, problems: [problem('bad-json', '', line.trim())] });
  });
  const [first] = content;
  // Lines of a single pretty-printed object that is damaged are no records of their own.
  if (first === undefined || typeof first !== 'object' || broken.length > content.length) throw new UnreadableFileError('damaged');
  return { content, broken };
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}
