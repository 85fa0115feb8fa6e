import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const folder = process.env['CALLSIDE_PICTURES'];

/** Saves what a page shows into the folder `CALLSIDE_PICTURES`, for people who look at it; nothing without it. */
export async function pictureOf(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
