import { BrowserWindow, session } from 'electron';

/** A session of its own that loads nothing but the page it is given, keeps nothing, and is used for nothing else. */
const PARTITION = 'callside-sheet';

/**
 * Prints a page made here, or gives it as PDF. No script runs in it and no page of ours ever sees it: a
 * recovery sheet holds a private key.
 */
export async function printSheet(html: string, as: 'print' | 'pdf'): Promise<{ outcome: 'done'; pdf?: Uint8Array } | { outcome: 'cancelled' | 'no-printer' }> {
  const own = session.fromPartition(PARTITION);
  own.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !details.url.startsWith('data:text/html') }));
  const window = new BrowserWindow({ show: false, webPreferences: { partition: PARTITION, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false } });
  try {
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`);
    if (as === 'pdf') return { outcome: 'done', pdf: await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true }) };
    const printers = await window.webContents.getPrintersAsync();
    if (printers.length === 0) return { outcome: 'no-printer' };
    const printed = await new Promise<boolean>((resolve) => window.webContents.print({ silent: false, printBackground: true }, (success) => resolve(success)));
    return { outcome: printed ? 'done' : 'cancelled' };
  } finally {
    window.destroy();
  }
}
