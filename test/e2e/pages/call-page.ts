import { expect, type Locator, type Page } from '@playwright/test';

/** The agent's window in a call, spoken of as an agent would. */
export class CallPage {
  private readonly page: Page;
  readonly note: Locator;
  readonly words: Locator;
  readonly script: Locator;
  readonly card: Locator;

  constructor(page: Page) {
    this.page = page;
    this.note = page.getByRole('textbox', { name: 'Notes of this call' });
    this.words = page.getByRole('group', { name: 'Words that fit' });
    this.script = page.locator('main');
    this.card = page.getByRole('article').first();
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  async expectState(state: string): Promise<void> {
    await expect(this.page.getByRole('banner').or(this.page.locator('header[aria-label="Call"]')).getByText(state, { exact: true }).first()).toBeVisible();
  }

  async focusNote(): Promise<void> {
    await this.press('Alt+n');
    await expect(this.note).toBeFocused();
  }

  /** The quiet sign that everything typed so far is on the disk. */
  async expectSaved(): Promise<void> {
    await expect(this.page.getByText(/^Saved \d/)).toBeVisible();
  }

  async openScript(words: string): Promise<void> {
    const find = this.page.getByLabel('Find a script');
    if (!(await find.isVisible())) await this.press('F4');
    await find.focus();
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
    await expect(find).toBeHidden();
  }

  async currentStep(): Promise<string> {
    return (await this.page.getByRole('heading', { level: 3 }).first().textContent()) ?? '';
  }

  /** One step on, as the script allows: the first answer, or next. */
  async answerOrNext(): Promise<void> {
    const answers = this.page.getByRole('group', { name: 'What the caller says' });
    if (await answers.isVisible()) await this.press('Alt+1');
    else await this.press('Alt+Enter');
  }

  async search(text: string): Promise<void> {
    await this.press('Control+k');
    await this.page.getByRole('combobox', { name: 'Search everything' }).waitFor();
    await this.page.keyboard.type(text);
    await this.expectAnswered(text);
    await expect(this.page.getByRole('option').first()).toBeVisible();
  }

  /** The rows on screen answer exactly this text. */
  async expectAnswered(text: string): Promise<void> {
    await expect(this.page.locator('[data-answered]')).toHaveAttribute('data-answered', text, { timeout: 20_000 });
  }

  async offer(index: number): Promise<string> {
    const button = this.words.getByRole('group', { name: 'Said it' }).getByRole('button').nth(index - 1);
    return ((await button.locator('span span').first().textContent()) ?? '').trim();
  }

  async openScreen(name: string): Promise<void> {
    const link = this.page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name });
    await link.focus();
    await this.page.keyboard.press('Enter');
  }
}
