import { code128 } from './code-128.ts';
import { escapeHtml, SHEET_STYLE } from './recovery-sheet.ts';

/** The words of a sheet, in the language of the desk. */
export type TrustSheetWords = { title: string; base: string; what: string; fingerprint: string; how: string; scan: string };

/** A page for the desks: what the knowledge base is called, and its fingerprint to type or to scan. Nothing on it is secret. */
export function trustSheet(title: string, fingerprint: string, words: TrustSheetWords): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(words.title)}</title><style>${SHEET_STYLE}
svg{display:block;inline-size:120mm;block-size:22mm;margin:6mm 0 3mm}</style></head><body><h1>${escapeHtml(words.title)}</h1>
<table><tr><th>${escapeHtml(words.base)}</th><td>${escapeHtml(title)}</td></tr></table><p>${escapeHtml(words.what)}</p>
<h2>${escapeHtml(words.fingerprint)}</h2><div class="secret">${escapeHtml(fingerprint)}</div>${code128(fingerprint.replaceAll('-', ''))}<p>${escapeHtml(words.scan)}</p><p>${escapeHtml(words.how)}</p></body></html>`;
}
