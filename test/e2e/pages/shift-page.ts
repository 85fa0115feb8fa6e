import { expect } from '@playwright/test';
import type { Desk } from '../fixtures.ts';
import { CallPage } from './call-page.ts';

/** A shift spoken of as the agent would: one call after the other, by keyboard. */
export class ShiftPage extends CallPage {
  private readonly desk: Desk;

  constructor(desk: Desk) {
    super(desk.page);
    this.desk = desk;
  }

  /** The call that rings, with what the telephone told of it. */
  async rings(who: string): Promise<void> {
    await this.expectState('Ringing');
    await expect(this.bar.getByText(who).first()).toBeVisible({ timeout: 30_000 });
  }

  get bar() {
    return this.desk.page.locator('header[aria-label="Call"]').or(this.desk.page.getByRole('banner')).first();
  }

  /** The script in front is this one, or the greeting it begins with. */
  async scriptIs(title: string): Promise<void> {
    await expect(this.desk.page.getByText(`Inside ${title}`).or(this.desk.page.getByRole('heading', { level: 2, name: title })).first()).toBeVisible({ timeout: 30_000 });
  }

  /** Writes into the note, at its end. */
  async notes(words: string): Promise<void> {
    await this.focusNote();
    await this.press('Control+End');
    await this.desk.page.keyboard.type(words);
    await this.expectSaved();
  }

  async promises(what: string, when: string): Promise<void> {
    await this.desk.page.getByLabel('What is to be done').focus();
    await this.desk.page.keyboard.type(what);
    await this.press('Tab');
    await this.desk.page.keyboard.type(when);
    await this.press('Enter');
    await expect(this.desk.page.getByText(`${what}, due`)).toBeVisible();
  }

  /** Picks the outcome by typing a piece of it. */
  async outcome(words: string): Promise<void> {
    const input = this.desk.page.getByLabel('Outcome: number, or type to find');
    await input.focus();
    await this.desk.page.keyboard.type(words);
    await this.press('Enter');
    await expect(this.desk.page.getByText(/^Chosen: /)).toBeVisible();
  }

  async finishes(): Promise<void> {
    await this.press('Control+Enter');
    await this.expectState('No call');
  }
}
