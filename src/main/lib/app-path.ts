/** Scheme and host of every page of Callside. */
export const APP_SCHEME = 'app';
const APP_HOST = 'callside';

/** The decoded path under the root, or undefined for anything that is not a plain path of ours. */
export function safePath(address: string): string | undefined {
  // The raw text is judged before URL normalises `..` away: a page of ours never writes one.
  if (/%(2e|2f|5c|00|25)/i.test(address) || address.includes('\\') || address.includes('\0') || /\/\.\.?(\/|$|\?|#)/.test(address)) return undefined;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST || url.username !== '' || url.port !== '') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\') || path.startsWith('//') || path.split('/').some((part) => part === '..' || part === '.')) return undefined;
  return path === '/' ? 'index.html' : path.slice(1);
}
