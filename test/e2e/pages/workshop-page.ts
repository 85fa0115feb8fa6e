import { expect, type Page } from '@playwright/test';
import type { Desk } from '../fixtures.ts';

type Answer = { outcome?: string; [name: string]: unknown };

/** The workshop, spoken of as a supervisor would. */
export class WorkshopPage {
  readonly page: Page;
  readonly desk: Desk;

  constructor(desk: Desk) {
    this.desk = desk;
    this.page = desk.page;
  }

  /** Asks the app as its own pages do; for setting a desk up. */
  async ask(route: string, input: unknown): Promise<Answer> {
    return this.page.evaluate(
      async ([name, sent]) => {
        const { invoke } = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<{ ok: boolean; data: unknown; error?: unknown }> } }).callside;
        const reply = await invoke(name as string, sent, crypto.randomUUID());
        if (!reply.ok) throw new Error(`${String(name)}: ${JSON.stringify(reply.error)}`);
        return reply.data as Answer;
      },
      [route, input] as const,
    );
  }

  /** The system's dialogs are the only part a script cannot press: they answer with this folder. */
  async dialogsAnswer(path: string): Promise<void> {
    await this.desk.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, path);
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Workshop' }).click();
  }

  async section(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).first().click();
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, exact: typeof name === 'string' }).first().click();
  }

  /** Opens a live product by its name, as a change to it. */
  async change(product: string): Promise<void> {
    await this.section('Knowledge');
    await this.page.getByRole('textbox', { name: 'Find by name or key' }).fill(product);
    const row = this.page.getByRole('row', { name: new RegExp(product) }).first();
    await row.waitFor();
    await row.getByRole('rowheader').click();
  }

  async setPrice(amount: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'New price' }).fill(amount);
    await this.press('Set the price');
    await expect(this.page.getByText(/^Saved/).first()).toBeVisible();
  }

  async openDraft(title: string | RegExp): Promise<void> {
    await this.page.getByRole('row', { name: title }).first().getByRole('rowheader').click();
  }

  async expectState(state: string): Promise<void> {
    await expect(this.page.getByRole('complementary').getByRole('definition').first()).toHaveText(state, { timeout: 20_000 });
  }

  async say(words: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /^Your words/ }).fill(words);
  }

  async picture(name: string): Promise<void> {
    const folder = process.env['CALLSIDE_PICTURES'];
    if (folder !== undefined) await this.page.screenshot({ path: `${folder}/${name}.png` });
  }
}
