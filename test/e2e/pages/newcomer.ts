import type { Locator, Page } from '@playwright/test';
import { pictureOf } from '../pictures.ts';

/**
 * How long a person takes, in ms. Pointing, pressing, keys, moving the hand and making up one's mind are the operators of
 * the keystroke-level model (Card, Moran and Newell 1980, for an average typist). That model knows practised people; what
 * is added for a new one is reading, at 238 words a minute (Brysbaert 2019): everything that is new on the screen up to
 * forty words, rows of tables left out, because those are looked through for a name.
 */
const POINT = 1_100;
const PRESS = 200;
const KEY = 280;
const HAND = 400;
const DECIDE = 1_350;
const WORD = 60_000 / 238;
const MOST_WORDS = 40;

/** Somebody who has never seen the app and goes by what stands on the screen: presses what is written, and types. */
export class Newcomer {
  readonly page: Page;
  /** What was done, in the words of the screen. */
  readonly steps: string[] = [];
  private human = 0;
  private app = 0;
  private seen = new Set<string>();

  constructor(page: Page) {
    this.page = page;
  }

  /** Seconds: what the person takes, what the app takes, and both. */
  time(): { person: number; app: number; total: number } {
    const seconds = (ms: number): number => Math.round(ms / 100) / 10;
    return { person: seconds(this.human), app: seconds(this.app), total: seconds(this.human + this.app) };
  }

  /** Presses what bears these words and can be seen, whatever it is. */
  async press(words: string): Promise<void> {
    await this.look();
    this.human += DECIDE + POINT + PRESS;
    await this.timed(async () => (await this.visible(words)).click());
    this.steps.push(words);
  }

  /** Presses into the field of that name and types. */
  async type(field: string, text: string): Promise<void> {
    await this.look();
    this.human += DECIDE + POINT + PRESS + HAND + KEY * text.length;
    await this.timed(() => this.page.getByLabel(field, { exact: true }).and(this.page.locator(':visible')).first().fill(text));
    this.steps.push(`${field}: ${text}`);
  }

  /** Waits for words that tell how it went. */
  async sees(words: string | RegExp): Promise<void> {
    await this.timed(() => this.page.getByText(words).and(this.page.locator(':visible')).first().waitFor({ timeout: 20_000 }));
  }

  picture(name: string): Promise<void> {
    return pictureOf(this.page, name);
  }

  /** The first thing that shows these words and can be pressed: a tab, a button, a row. No role or hidden name helps. */
  private async visible(words: string): Promise<Locator> {
    const here = this.page.getByText(words, { exact: true }).and(this.page.locator(':visible')).first();
    await here.waitFor();
    return here;
  }

  /** Reads what is new on the screen. */
  private async look(): Promise<void> {
    const text = await this.page.evaluate(() => {
      const rows = [...document.querySelectorAll('tbody')].flatMap((body) => body.innerText.split('\n'));
      return document.body.innerText.split('\n').filter((line) => !rows.includes(line)).join('\n');
    });
    const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const fresh = lines.filter((line) => !this.seen.has(line));
    this.seen = new Set([...this.seen, ...lines]);
    this.human += Math.min(MOST_WORDS, fresh.join(' ').split(/\s+/).filter((word) => word !== '').length) * WORD;
  }

  private async timed<T>(work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.app += performance.now() - from;
    }
  }
}
