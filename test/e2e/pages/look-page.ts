import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Bridge = { callside: { invoke(route: string, input: unknown, id: string): Promise<{ ok: boolean; data: unknown }> } };

/** How a screen can be dressed, as the settings page does it. */
export type Look = { theme?: 'light' | 'dark' | 'contrast'; textSize?: number; language?: string; reducedMotion?: 'system' | 'on' | 'off' };

/** Asks the app's own front door, as the page would. */
export async function invoke<T = unknown>(page: Page, route: string, input: unknown): Promise<T> {
  return page.evaluate(
    async ([to, what]) => {
      const reply = await (globalThis as unknown as Bridge).callside.invoke(to as string, what, crypto.randomUUID());
      if (!reply.ok) throw new Error(`${String(to)} was refused: ${JSON.stringify(reply)}`);
      return reply.data as never;
    },
    [route, input],
  );
}

/** Dresses the window and waits until it is painted so. */
export async function dress(page: Page, look: Look): Promise<void> {
  await invoke(page, 'settings.update', look);
  await page.waitForFunction(
    ({ theme, textSize, language }) => {
      const { dataset, style, dir, lang } = document.documentElement;
      if (theme !== undefined && dataset['theme'] !== theme) return false;
      if (textSize !== undefined && Number(style.getPropertyValue('--cs-text-scale')) * 100 !== textSize) return false;
      return language === undefined || (lang === language && dir === (language === 'ar' ? 'rtl' : 'ltr'));
    },
    look,
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Violations as lines a person can act on. Electron has one page per window, hence the legacy way of running. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).options({ rules: { 'target-size': { enabled: true } } }).withTags(TAGS).analyze();
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${(node.failureSummary ?? '').split('\n').slice(1).join('; ').trim()}`));
}

/**
 * Text that cannot be read in full: cut by a box that hides its overflow, or reached only by scrolling sideways
 * (tables and code may be scrolled). Shortened text (an ellipsis) counts as cut unless its whole is in `title`.
 */
export function clippedText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SLACK = 1.5;
    const found = new Set<string>();
    const name = (element: Element): string => `<${element.tagName.toLowerCase()} ${[...element.classList].slice(0, 2).join('.')}>`;
    const isAway = (element: Element): boolean => {
      for (let box: Element | null = element; box !== null; box = box.parentElement) {
        const { clipPath, visibility, display } = getComputedStyle(box);
        if (clipPath === 'inset(50%)' || visibility === 'hidden' || display === 'none') return true;
        const { width, height } = box.getBoundingClientRect();
        if (width <= 2 && height <= 2) return true;
      }
      return false;
    };
    const check = (text: Text): void => {
      const parent = text.parentElement;
      const words = text.data.trim();
      if (words === '' || parent === null || isAway(parent) || ['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA'].includes(parent.tagName)) return;
      const range = document.createRange();
      range.selectNodeContents(text);
      const whole = range.getBoundingClientRect();
      if (whole.width === 0) return;
      const rect = { left: whole.left, right: whole.right, top: whole.top, bottom: whole.bottom };
      for (let box: Element | null = parent; box !== null && box !== document.documentElement; box = box.parentElement) {
        const style = getComputedStyle(box);
        // Overflow says nothing of a box inside a line.
        if (style.display === 'inline' || style.display === 'contents') continue;
        const outer = box.getBoundingClientRect();
        // What shows inside: without borders and scroll bars.
        const edge = { left: outer.left + box.clientLeft, right: outer.left + box.clientLeft + box.clientWidth, top: outer.top + box.clientTop, bottom: outer.top + box.clientTop + box.clientHeight };
        const x = style.overflowX;
        const y = style.overflowY;
        const wide = rect.left < edge.left - SLACK || rect.right > edge.right + SLACK;
        const tall = rect.top < edge.top - SLACK || rect.bottom > edge.bottom + SLACK;
        if (wide && (x === 'hidden' || x === 'clip') && parent.closest('[title]') === null) found.add(`cut sideways by ${name(box)}: "${words.slice(0, 60)}"`);
        if (tall && (y === 'hidden' || y === 'clip')) found.add(`cut in height by ${name(box)}: "${words.slice(0, 60)}"`);
        if (wide && (x === 'auto' || x === 'scroll') && parent.closest('table, [role="grid"], pre, code, svg') === null) found.add(`only by scrolling sideways in ${name(box)}: "${words.slice(0, 60)}"`);
        // Inside something that scrolls or cuts, only what that shows can be cut further out.
        if (x !== 'visible') Object.assign(rect, { left: Math.max(rect.left, edge.left), right: Math.min(rect.right, edge.right) });
        if (y !== 'visible') Object.assign(rect, { top: Math.max(rect.top, edge.top), bottom: Math.min(rect.bottom, edge.bottom) });
        if (style.position === 'fixed') break;
      }
      if (rect.right > innerWidth + SLACK || rect.left < -SLACK) found.add(`outside of the window: "${words.slice(0, 60)}"`);
    };
    for (const box of document.querySelectorAll<HTMLElement>('body *')) {
      const { overflowX } = getComputedStyle(box);
      const scrolls = (overflowX === 'auto' || overflowX === 'scroll') && box.clientWidth > 2 && box.scrollWidth > box.clientWidth + 1;
      if (scrolls && box.matches(':not(textarea, input, table *, [role="grid"], pre)') && box.querySelector('table, pre') === null) found.add(`scrolls sideways: ${name(box)}`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) check(walker.currentNode as Text);
    return [...found];
  });
}

/** Names of animations that run although nothing may move. */
export function running(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document.getAnimations().filter((one) => one.playState === 'running').map((one) => `${one.constructor.name} on ${((one.effect as KeyframeEffect | null)?.target?.className ?? '?').toString()}`),
  );
}

/**
 * Goes through the screen with Tab until the focus is back where it began. Each stop must show a ring that is not there
 * without focus, and must not lie under something else (five points of it are looked at, three have to be its own).
 */
export async function tabThrough(page: Page, most = 90): Promise<{ stops: number; problems: string[] }> {
  await page.evaluate(() => {
    const state = { first: undefined as Element | undefined, seen: new Set<Element>() };
    Object.assign(globalThis, { tabState: state });
  });
  const problems: string[] = [];
  let stops = 0;
  for (; stops < most; stops += 1) {
    await page.keyboard.press('Tab');
    // A field is scrolled into view, and a card in the corner gives way, with the next picture.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const result = await page.evaluate(lookAtFocus);
    if (result === 'round') break;
    if (result !== '') problems.push(result);
  }
  return { stops, problems };
}

/** Runs in the page. What is wrong with the focused element; `round` when it was met before. */
function lookAtFocus(): string {
  const { seen } = (globalThis as unknown as { tabState: { seen: Set<Element> } }).tabState;
  const element = document.activeElement;
  if (element === null || element === document.body) return seen.size === 0 ? '' : 'round';
  if (seen.has(element)) return 'round';
  seen.add(element);
  const what = `<${element.tagName.toLowerCase()}> "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
  // A radio or switch is drawn by its label; a search field by the row around it.
  const drawn = [element, element.nextElementSibling, element.parentElement, element.parentElement?.parentElement ?? null, element.parentElement?.nextElementSibling ?? null].filter((one) => one !== null);
  const ring = (): string[] =>
    drawn.map((one) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderBlockEndColor } = getComputedStyle(one);
      return `${outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`} ${boxShadow} ${borderBlockEndColor}`;
    });
  const shape = drawn.find((one) => one.getBoundingClientRect().width * one.getBoundingClientRect().height > 16);
  if (shape === undefined) return `${what} has no size`;
  const box = shape.getBoundingClientRect();
  // Inside the reach of a pane's handle; thin things are looked at inside. A field with an icon in it is the box around it.
  const insetX = Math.min(10, box.width / 4);
  const insetY = Math.min(10, box.height / 4);
  const around = shape.parentElement?.getBoundingClientRect();
  const whole = around !== undefined && around.width * around.height <= box.width * box.height * 1.5 ? shape.parentElement : shape;
  const points: [number, number][] = [
    [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
    [box.left + insetX, box.top + insetY], [box.right - insetX, box.top + insetY], [box.left + insetX, box.bottom - insetY], [box.right - insetX, box.bottom - insetY],
  ];
  const own = points.filter(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (whole?.contains(hit) === true || hit === element.parentElement || hit === shape.parentElement);
  });
  if (own.length < 3) return `${what} is covered or outside: ${own.length} of 5 points are its own`;
  const focused = ring();
  (element as HTMLElement).blur();
  const plain = ring();
  (element as HTMLElement).focus();
  return focused.some((look, index) => look !== plain[index]) ? '' : `${what} looks the same with and without focus`;
}
