// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ProductTable } from '#renderer/features/authoring/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import { priceAt, type Product } from '#shared/domain/product.ts';
import { prepareDom, render } from '../ui/render.tsx';

beforeAll(() => {
  prepareDom();
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, value: 400 });
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, value: 600 });
});
afterEach(cleanup);

/** A desk with many products; what is saved as a draft is told by `saved`. */
function deskWith(count: number): { client: Client; saved: Map<string, Product>; asked: number[]; opened: string[] } {
  const products = Array.from({ length: count }, (_, at): Product => ({ sku: `S-${at}`, name: `Kettle ${at}`, ...(at % 10 === 9 ? {} : { price: { amount: 1_000 + at, currency: 'EUR' } }) }));
  const saved = new Map<string, Product>();
  const asked: number[] = [];
  const answers: Record<string, (input: never) => unknown> = {
    'authoring.browse': ({ text = '', from, count: size }: { text?: string; from: number; count: number }) => {
      const found = products.filter(({ name }) => name.includes(text));
      asked.push(from);
      return { total: found.length, records: found.slice(from, from + size).map(({ sku, name }) => ({ kind: 'product', key: sku, title: name })) };
    },
    'knowledge.get': ({ refs }: { refs: { key: string }[] }) => refs.flatMap(({ key }) => products.filter(({ sku }) => sku === key).map((one) => ({ kind: 'product', record: one }))),
    'authoring.open': ({ key }: { key: string }) => ({ ok: true, draft: { id: `d-${key}`, state: 'draft', rev: 1, record: products.find(({ sku }) => sku === key) } }),
    'authoring.save': ({ id, record }: { id: string; record: Product }) => {
      saved.set(id.slice(2), record);
      return { ok: true };
    },
  };
  const client = { call: (route: string, input: never) => Promise.resolve(answers[route]?.(input)), on: () => () => undefined } as unknown as Client;
  return { client, saved, asked, opened: [] };
}

async function shown(count: number) {
  const desk = deskWith(count);
  const user = userEvent.setup();
  render(<ProductTable client={desk.client} onOpen={(key) => desk.opened.push(key)} draftState={(state) => state} />);
  await screen.findByRole('rowheader', { name: 'Kettle 0' });
  return { ...desk, user };
}

describe('products as a table', () => {
  it('reads only what is in sight of 50,000, and says how many there are', async () => {
    const { asked } = await shown(50_000);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('50001');
    expect(asked.length).toBeLessThan(4);
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('is walked by arrows in one stop of Tab, Space chooses, Enter opens', async () => {
    const { user, opened } = await shown(30);
    screen.getByRole('rowheader', { name: 'Kettle 0' }).focus();
    await user.keyboard('{ArrowDown} {ArrowDown}{ArrowRight}');
    expect(document.activeElement?.textContent).toBe('S-2');
    expect(screen.getByText('1 chosen')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(opened).toEqual(['S-2']);
    expect(screen.getAllByRole('row', { selected: true }).map((row) => within(row).getByRole('rowheader').getAttribute('aria-label'))).toEqual(['Kettle 1']);
  });

  it('plans a price for all that were found, leaves today’s alone, and passes over what has none', async () => {
    const { user, saved } = await shown(20);
    await user.click(screen.getByRole('button', { name: 'Choose all found' }));
    await screen.findByText('20 chosen');
    await user.click(screen.getByRole('button', { name: 'Change chosen' }));
    await user.type(screen.getByRole('textbox', { name: /Per cent/ }), '10');
    const day = screen.getByLabelText('From the day');
    await user.clear(day);
    await user.type(day, '2099-01-01');
    expect(screen.getByText(/becomes €11.00/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Write 20 drafts' }));
    await screen.findByText('18 drafts written.');
    await waitFor(() => expect(saved.size).toBe(18));
    const changed = saved.get('S-3') as Product;
    expect([priceAt(changed, Date.now())?.amount, priceAt(changed, Date.UTC(2099, 1, 1))?.amount]).toEqual([1_003, 1_103]);
  });

  it('sets a field of the chosen ones', async () => {
    const { user, saved } = await shown(3);
    await user.click(screen.getByRole('checkbox', { name: 'Choose Kettle 1' }));
    await user.click(screen.getByRole('button', { name: 'Change chosen' }));
    await user.click(screen.getByRole('radio', { name: 'A field' }));
    await user.type(screen.getByRole('textbox', { name: /New value/ }), 'Back in June');
    await user.click(screen.getByRole('button', { name: 'Write 1 draft' }));
    await waitFor(() => expect(saved.get('S-1')?.stockNote).toBe('Back in June'));
    expect(saved.size).toBe(1);
  });
});
