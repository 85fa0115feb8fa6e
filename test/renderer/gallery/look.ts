// Saves the gallery in every theme and runs axe on it: node test/renderer/gallery/look.ts [out folder] [page…]
// Uses a Chromium from CHROMIUM_PATH, or the one Playwright knows.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright';
import { serveGallery } from './serve.ts';

const out = resolve(process.argv[2] ?? '.cache/gallery-shots');
const pages = process.argv.length > 3 ? process.argv.slice(3) : ['shell', 'palette', 'dialog', 'parts'];
mkdirSync(out, { recursive: true });

const variants = [
  { name: 'light', query: 'theme=light' },
  { name: 'dark', query: 'theme=dark' },
  { name: 'contrast', query: 'theme=contrast' },
  { name: 'contrast-light', query: 'theme=contrast-light' },
  { name: 'light-200', query: 'theme=light&scale=200' },
  { name: 'light-rtl', query: 'theme=light&dir=rtl' },
];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const gallery = await serveGallery();
const executablePath = process.env['CHROMIUM_PATH'];
const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
let violations = 0;
for (const page of pages) {
  for (const variant of variants) {
    const tab = await context.newPage();
    tab.on('console', (message) => (message.type() === 'error' || message.type() === 'warning' ? console.log(`console ${page} ${variant.name}: ${message.text()}`) : undefined));
    tab.on('pageerror', (error) => console.log(`error ${page} ${variant.name}: ${error.message}`));
    await tab.goto(`${gallery.url}?page=${page}&${variant.query}`);
    await tab.evaluate(() => document.fonts.ready);
    if (page.startsWith('parts')) {
      const height = await tab.evaluate(() => document.querySelector('main')?.scrollHeight ?? 768);
      await tab.setViewportSize({ width: 1366, height: Math.min(6000, height) });
    }
    await tab.screenshot({ path: `${out}/${page}-${variant.name}.png` });
    const result = await new AxeBuilder({ page: tab }).withTags(tags).options({ rules: { 'target-size': { enabled: true } } }).analyze();
    for (const violation of result.violations) {
      violations += 1;
      console.log(`axe ${page} ${variant.name}: ${violation.id} (${violation.nodes.length}) ${violation.nodes[0]?.target.join(' ')}\n   ${violation.nodes[0]?.failureSummary?.replaceAll('\n', ' ')}`);
    }
    await tab.close();
  }
}
await browser.close();
gallery.close();
console.log(JSON.stringify({ pages: pages.length, variants: variants.length, violations }));
process.exitCode = violations === 0 ? 0 : 1;
