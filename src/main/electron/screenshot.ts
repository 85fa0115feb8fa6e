import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

/** Waits for the last paint and writes what a person sees as PNG. */
export async function saveScreenshot(window: BrowserWindow, file: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 600));
  const image = await window.webContents.capturePage();
  await writeFile(file, image.toPNG());
}
