import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';

/** The catalogue import, spoken of as a supervisor would. Everything by keyboard. */
export class ImportPage {
  private readonly page: Page;
  private readonly app: ElectronApplication;
  readonly columns: Locator;
  readonly preview: Locator;
  readonly refused: Locator;

  constructor({ app, page }: { app: ElectronApplication; page: Page }) {
    this.app = app;
    this.page = page;
    this.columns = page.getByRole('table', { name: 'Columns' });
    this.preview = page.getByRole('table', { name: 'First rows as products' });
    this.refused = page.getByRole('table', { name: 'Refused rows' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Workshop' }).focus();
    await this.page.keyboard.press('Enter');
  }

  /** The system's dialogs are the only part a script cannot press: they answer with these. */
  async dialogsAnswer({ file, target }: { file: string; target?: string }): Promise<void> {
    await this.app.evaluate(({ dialog }, answers) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answers.file] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: answers.target === '', filePath: answers.target });
    }, { file, target: target ?? '' });
  }

  async press(name: string | RegExp): Promise<void> {
    const button = this.page.getByRole('button', { name });
    await button.focus();
    await this.page.keyboard.press('Enter');
  }

  /** Chooses what a column becomes by typing the name of it. */
  async become(column: string, target: string): Promise<void> {
    const field = this.page.getByRole('combobox', { name: `What ${column} becomes` }).or(this.page.getByRole('textbox', { name: `What ${column} becomes` })).first();
    await field.focus();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(target);
    await this.page.getByRole('option', { name: target, exact: true }).waitFor();
    await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await expect(field).toHaveValue(target);
  }

  async expectCount(name: string, count: string): Promise<void> {
    await expect(this.page.locator('dl > div').filter({ hasText: name }).getByRole('definition')).toHaveText(count);
  }

  /** Products this desk knows. */
  products(): Promise<number> {
    return this.page.evaluate(async () => {
      const { invoke } = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<{ ok: boolean; data: { counts: Record<string, number> } }> } }).callside;
      const reply = await invoke('knowledge.stats', {}, crypto.randomUUID());
      if (!reply.ok) throw new Error('no answer');
      return reply.data.counts['product'] ?? 0;
    });
  }
}
