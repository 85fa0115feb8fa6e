import type { PublicKey } from '#shared/domain/packs/keys.ts';
import { shortKeyId } from '#shared/domain/packs/keys.ts';

/** The words of a sheet, in the language of the desk. */
export type SheetWords = { title: string; holder: string; key: string; made: string; what: string; how: string; secret: string; date: string };

/** Text as it stands in a page. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** How a sheet of paper looks: black on white, in sizes a tired eye reads. */
export const SHEET_STYLE = `
body{font:12pt/1.5 sans-serif;margin:22mm;color:#000}h1{font-size:18pt}th{text-align:left;padding-right:8mm;font-weight:600;vertical-align:top}
.secret{font:16pt/1.9 monospace;letter-spacing:.06em;border:1.5pt solid #000;padding:5mm 7mm;margin:8mm 0;white-space:pre}`;

/** A recovery sheet as a page for the printer: who it belongs to, what to do with it, and the secret in groups of four. */
export function recoverySheet(key: PublicKey, secret: string, words: SheetWords): string {
  const groups = secret.split('-');
  const lines = [0, 4, 8, 12].map((from) => groups.slice(from, from + 4).join('-'));
  const fact = (label: string, value: string): string => `<tr><th>${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`;
  return `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(words.title)}</title><style>${SHEET_STYLE}
</style></head><body><h1>${escapeHtml(words.title)}</h1><table>${fact(words.holder, key.name)}${fact(words.key, shortKeyId(key.id))}${fact(words.made, words.date)}</table>
<p>${escapeHtml(words.what)}</p><h2>${escapeHtml(words.secret)}</h2><div class="secret">${lines.map(escapeHtml).join('\n')}</div><p>${escapeHtml(words.how)}</p></body></html>`;
}
