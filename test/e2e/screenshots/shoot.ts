import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Desk } from '../fixtures.ts';
import { dress } from '../pages/look-page.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');
export const OUT = join(ROOT, 'screenshots');
const SIZES = [[1366, 768], [1920, 1080]] as const;
/** `CALLSIDE_SHOTS=light` takes one theme only: quicker while working on a screen. */
export const THEMES = (['light', 'dark', 'contrast'] as const).filter((theme) => (process.env['CALLSIDE_SHOTS'] ?? theme) === theme);

async function size(desk: Desk, width: number, height: number): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0), [width, height]);
  await desk.page.waitForFunction(([w, h]) => Math.abs(innerWidth - (w ?? 0)) < 3 && Math.abs(innerHeight - (h ?? 0)) < 3, [width, height]);
}

/** Takes the present screen in every theme and size, and once at twice the text. */
export async function shoot(desk: Desk, name: string): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  for (const theme of THEMES) {
    await dress(desk.page, { theme });
    for (const [width, height] of SIZES) {
      await size(desk, width, height);
      await desk.page.waitForTimeout(250);
      await desk.page.screenshot({ path: join(OUT, `${name}-${theme}-${width}x${height}.png`) });
    }
  }
  await dress(desk.page, { theme: 'light', textSize: 200 });
  await size(desk, 1366, 768);
  await desk.page.waitForTimeout(250);
  await desk.page.screenshot({ path: join(OUT, `${name}-twice-the-text.png`) });
  await dress(desk.page, { textSize: 100 });
}
