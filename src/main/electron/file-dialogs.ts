import { dialog, type BrowserWindow } from 'electron';

type Filter = { name: string; extensions: string[] };

/** Asks for one existing file. Undefined when nothing was chosen. */
export async function askForFile(window: BrowserWindow | undefined, title: string, filters: Filter[]): Promise<string | undefined> {
  const options = { title, filters, properties: ['openFile' as const] };
  const choice = window === undefined ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return choice.canceled ? undefined : choice.filePaths[0];
}

/** Asks for one existing folder. Undefined when nothing was chosen. */
export async function askForFolder(window: BrowserWindow | undefined, title: string): Promise<string | undefined> {
  const options = { title, properties: ['openDirectory' as const] };
  const choice = window === undefined ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  return choice.canceled ? undefined : choice.filePaths[0];
}

/** Asks where to save a file. Undefined when nothing was chosen. */
export async function askForTarget(window: BrowserWindow | undefined, name: string): Promise<string | undefined> {
  const choice = window === undefined ? await dialog.showSaveDialog({ defaultPath: name }) : await dialog.showSaveDialog(window, { defaultPath: name });
  return choice.canceled || choice.filePath === '' ? undefined : choice.filePath;
}
