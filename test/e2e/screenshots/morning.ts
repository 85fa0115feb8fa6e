import type { Page } from '@playwright/test';
import { invoke } from '../pages/look-page.ts';

type Outcome = { id: string; group: string; label: string; solved: boolean };

/** A morning at an invented retailer: who rang, what was noted, how it ended. Numbers are from the range kept for drama. */
const CALLS: readonly { name?: string; number?: string; direction: 'in' | 'out'; note: string; outcome: Outcome }[] = [
  { name: 'Marta Ilves', number: '07700 900311', direction: 'in', note: 'Wants to know where the standing desk is. With the carrier since yesterday, due tomorrow before noon.', outcome: { id: 'order-status-given', group: 'Order', label: 'Status given, on time', solved: true } },
  { name: 'Deepak Rao', number: '07700 900458', direction: 'in', note: 'Kettle arrived with a cracked base. Photo is on the order. Replacement goes out today, no return needed.', outcome: { id: 'return-damaged-replaced', group: 'Returns and refunds', label: 'Damaged or wrong item, replacement sent', solved: true } },
  { number: '07700 900274', direction: 'in', note: 'Extra £12 on the November bill: the set-up fee, explained line by line. Was calm about it afterwards.', outcome: { id: 'bill-explained', group: 'Bill and payment', label: 'Bill explained', solved: true } },
  { name: 'Lukas Brandt', number: '07700 900602', direction: 'in', note: 'Parcel marked as delivered on Thursday, not there. Neighbour asked already. Search opened with the depot.', outcome: { id: 'delivery-missing-search', group: 'Delivery', label: 'Marked delivered, search opened', solved: false } },
  { name: 'Noor Haddad', number: '07700 900187', direction: 'out', note: 'Called back as promised: refund of £64.99 was made this morning, three working days.', outcome: { id: 'return-refund-made', group: 'Returns and refunds', label: 'Refund made', solved: true } },
  { name: 'Grace Whitcombe', number: '07700 900733', direction: 'in', note: 'Could not sign in since the new telephone. Reset together, signed in while on the line.', outcome: { id: 'account-unlocked', group: 'Account and privacy', label: 'Account unlocked', solved: true } },
];

const HOUR_MS = 3_600_000;
const PROMISES: readonly { kind: 'call-back' | 'promise' | 'e-mail'; text: string; inMs: number; name: string; number: string }[] = [
  { kind: 'call-back', text: 'Say what the depot found', inMs: -20 * 60_000, name: 'Lukas Brandt', number: '07700 900602' },
  { kind: 'e-mail', text: 'Send the terms of the price promise', inMs: 10 * 60_000, name: 'Marta Ilves', number: '07700 900311' },
  { kind: 'call-back', text: 'Check that the replacement arrived', inMs: 26 * HOUR_MS, name: 'Deepak Rao', number: '07700 900458' },
];

/** Puts that morning on the desk through the app's own routes. */
export async function seedMorning(page: Page): Promise<void> {
  for (const { note, outcome, ...call } of CALLS) {
    const id = crypto.randomUUID();
    await invoke(page, 'calls.start', { id, ...call });
    await invoke(page, 'calls.save-note', { callId: id, text: note, seq: 1 });
    await page.waitForTimeout(1_000);
    await invoke(page, 'calls.event', { callId: id, event: { type: 'hang-up', by: 'caller' } });
    await invoke(page, 'calls.wrap-up', { callId: id, disposition: outcome, summary: note, close: true });
  }
  for (const { inMs, ...promise } of PROMISES) await invoke(page, 'follow-ups.create', { ...promise, id: crypto.randomUUID(), dueAt: Date.now() + inMs, dueWords: 'then' });
}
