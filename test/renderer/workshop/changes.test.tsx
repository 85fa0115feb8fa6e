// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { ChangesView, ConflictView } from '#renderer/features/drafts/index.ts';
import { MessagesProvider } from '#renderer/messages/messages.tsx';
import type { Unfinished } from '#shared/domain/authoring/draft.ts';
import { prepareDom, render } from '../ui/render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const row = (name: string): HTMLElement => screen.getByRole('rowheader', { name }).closest('tr') as HTMLElement;

it('a new record is read as agents will read it: choices, languages and days by their words, its text set, its pictures shown', () => {
  render(
    <MessagesProvider language="en">
      <ChangesView kind="article" before={null} after={{ id: 'label', language: 'de', kind: 'how-to', title: 'The label', verifiedAt: '2026-11-20', body: 'Turn it **over**.\n\n![The foot](image:foot)' }} image={(id) => (id === 'foot' ? 'data:image/png;base64,AA==' : undefined)} />
    </MessagesProvider>,
  );
  expect(within(row('Kind')).getByText('How-to')).toBeTruthy();
  expect(within(row('Language')).getByText('German')).toBeTruthy();
  expect(within(row('Verified on')).getByText('Nov 20, 2026')).toBeTruthy();
  expect(within(row('Text')).getByText('over').tagName).toBe('STRONG');
  expect(within(row('Text')).getByRole('img', { name: 'The foot' })).toBeTruthy();
});

it('an added fact and a planned price are read field by field, with the currency and the day', () => {
  const before = { sku: 'L', name: 'Lamp', price: { amount: 1_999, currency: 'EUR' }, facts: [{ name: 'Power', value: '9 W' }], billing: { interval: 'once' } };
  const after = { ...before, plannedPrices: [{ amount: 2_499, currency: 'EUR', validFrom: Date.UTC(2027, 0, 5, 12) }], facts: [{ name: 'Power', value: '8 W' }, { name: 'Colour', value: 'Copper' }], billing: { interval: 'month' } };
  render(
    <MessagesProvider language="en">
      <ChangesView kind="product" before={before as Unfinished} after={after as Unfinished} />
    </MessagesProvider>,
  );
  const table = screen.getByRole('table', { name: 'What it changes' });
  expect(table.textContent).toContain('9 W');
  expect(table.textContent).toContain('8 W');
  expect(table.textContent).toContain('Copper');
  expect(table.textContent).toContain('€24.99');
  expect(table.textContent).toContain('Jan 5, 2027');
  expect(within(row('Billing › Billed')).getByText('once')).toBeTruthy();
});

it('two people changed one field: nothing is chosen beforehand, and the rest of both is kept', () => {
  const base = { sku: 'L', name: 'Lamp', stockNote: 'In stock', price: { amount: 1_999, currency: 'EUR' } };
  const resolved: Unfinished[] = [];
  render(
    <MessagesProvider language="en">
      <ConflictView base={base} live={{ ...base, stockNote: 'Last pieces', price: { amount: 2_499, currency: 'EUR' } }} mine={{ ...base, name: 'Lamp, copper', price: { amount: 1_799, currency: 'EUR' } }} busy={false} onResolve={(merged) => resolved.push(merged)} />
    </MessagesProvider>,
  );
  expect(screen.getByText('Stock note')).toBeTruthy();
  const go = screen.getByRole<HTMLButtonElement>('button', { name: 'Go on with this' });
  expect(go.disabled).toBe(true);
  expect(screen.getByText('1 field to choose')).toBeTruthy();
  const choice = screen.getByRole('group', { name: 'Price › Amount' });
  expect(within(choice).getAllByRole<HTMLInputElement>('radio').map(({ checked }) => checked)).toEqual([false, false]);
  fireEvent.click(within(choice).getByRole('radio', { name: /Theirs.*€24\.99/ }));
  fireEvent.click(go);
  expect(resolved).toEqual([{ ...base, name: 'Lamp, copper', stockNote: 'Last pieces', price: { amount: 2_499, currency: 'EUR' } }]);
});
