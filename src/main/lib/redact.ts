import { basename } from 'node:path';

const LONGEST_MESSAGE = 300;
const FRAMES = 6;

/** Hides what could be personal in a sentence: quoted text, addresses, links, paths, runs of digits. */
export function redactText(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|“[^”]*”|„[^“]*“|«[^»]*»/gu, '"…"')
    .replaceAll(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu, '<address>')
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/giu, '<link>')
    .replaceAll(/(?:[A-Z]:)?(?:[\\/][^\s\\/:]+){2,}/giu, (path) => `<…${basename(path.replaceAll('\\', '/')).slice(0, 60)}>`)
    .replaceAll(/\+?\p{Nd}(?:[\s().-]?\p{Nd}){4,}/gu, '<number>')
    .slice(0, LONGEST_MESSAGE);
}

/** What of an error may be logged: its kind, code, redacted message, and where in our own code it arose. */
export function redactError(error: Error): Record<string, unknown> {
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?[^()\s]*[\\/]([^\\/()]+:\d+:\d+)\)?$/u, '$1'));
  return { name: error.name, message: redactText(error.message), ...(code === undefined ? {} : { code }), ...(frames.length === 0 ? {} : { at: frames }) };
}
