// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from '#shared/domain/authoring/findings.ts';
import { priceAt, productSchema } from '#shared/domain/product.ts';
import { KNOWLEDGE_KINDS, KNOWLEDGE_SCHEMAS } from '#shared/domain/knowledge.ts';
import { prepareDom, render } from '../ui/render.tsx';
import { editorOn, NOW } from './editing.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const product = { sku: 'A-1', name: 'Kettle', price: { amount: 1_999, currency: 'EUR', taxIncluded: true } };

describe('a price', () => {
  it('planned for a later day leaves the one in force alone until then', async () => {
    const user = userEvent.setup();
    const editor = editorOn('product', product);
    render(editor.element);
    expect(screen.getByText('Set to €19.99')).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'New price' }), '24.50');
    fireEvent.change(screen.getByLabelText('From the day'), { target: { value: '2026-07-01' } });
    await user.click(screen.getByRole('button', { name: 'Plan the price' }));
    const changed = productSchema.parse(editor.latest());
    expect([priceAt(changed, NOW)?.amount, priceAt(changed, Date.UTC(2026, 6, 2))]).toEqual([1_999, { amount: 2_450, currency: 'EUR', taxIncluded: true, validFrom: new Date(2026, 6, 1).getTime() }]);
    expect(screen.getByText(/€24.50 from Jul 1, 2026/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /Take back/ }));
    expect(editor.latest()).toEqual(product);
  });

  it('set today takes the place of the old one', async () => {
    const user = userEvent.setup();
    const editor = editorOn('product', product);
    render(editor.element);
    await user.type(screen.getByRole('textbox', { name: 'New price' }), '5');
    await user.click(screen.getByRole('button', { name: 'Set the price' }));
    expect(editor.latest()['price']).toEqual({ amount: 500, currency: 'EUR', taxIncluded: true });
  });
});

describe('every kind of knowledge', () => {
  it.each(KNOWLEDGE_KINDS)('%s has an editor that shows an empty record and changes nothing by itself', (kind) => {
    const editor = editorOn(kind, {});
    render(editor.element);
    expect(screen.getAllByRole(kind === 'script' ? 'button' : 'textbox').length).toBeGreaterThan(0);
    expect(editor.latest()).toEqual({});
  });

  it('ends up with records the schema takes', async () => {
    const user = userEvent.setup();
    const editor = editorOn('prompt', { id: 'own-the-delay', tone: 'plain' });
    render(editor.element);
    await user.type(screen.getByRole('textbox', { name: /What it does/ }), 'Own the delay');
    await user.click(screen.getByRole('combobox', { name: /Moment/ }));
    await user.click(await screen.findByRole('option', { name: 'Angry', hidden: true }));
    await user.click(screen.getByRole('button', { name: 'Add a wording' }));
    await user.type(screen.getByRole('textbox', { name: /^Words/ }), 'I am sorry about the wait.');
    await user.type(screen.getByRole('textbox', { name: /Brought up by/ }), 'still waiting{Enter}late{Enter}');
    expect(KNOWLEDGE_SCHEMAS.prompt.parse(editor.latest())).toEqual({ id: 'own-the-delay', tone: 'plain', title: 'Own the delay', situation: 'angry', wordings: [{ text: 'I am sorry about the wait.' }], triggers: ['still waiting', 'late'] });
    // Emptied, a row stays for what is written next.
    await user.clear(screen.getByRole('textbox', { name: /^Words/ }));
    expect(editor.latest()['wordings']).toEqual([{ text: '' }]);
    // Typing in one field is told as belonging together, another field as something else.
    expect(new Set(editor.groups)).toContain('/title');
  });

  it('says who checked a record, and when, by one key', async () => {
    const user = userEvent.setup();
    const editor = editorOn('article', { id: 'a', kind: 'policy', title: 'A', summary: 'S', body: '' });
    render(editor.element);
    await user.click(screen.getByRole('button', { name: 'Still right: checked today' }));
    expect(editor.latest()).toMatchObject({ verifiedAt: '2026-05-20', verifiedBy: 'Ada Okafor' });
  });

  it('shows an article as agents see it, pictures from the pack alone', async () => {
    const user = userEvent.setup();
    const editor = editorOn('article', { id: 'a', kind: 'policy', title: 'A', summary: 'S', body: '# Way\n\n<b>raw</b> ![Map](image:map) ![x](https://x.test/p.png)' }, { image: (id) => (id === 'map' ? 'data:image/png;base64,AAAA' : undefined) });
    const { container } = render(editor.element);
    await user.click(screen.getByRole('radio', { name: 'As agents see it' }));
    expect([...container.querySelectorAll('img')].map((image) => image.alt)).toEqual(['Map']);
    expect(container.querySelector('b')).toBeNull();
  });
});

describe('what is missing', () => {
  it('says at the choices of a self-check that none of them is the right one', async () => {
    const user = userEvent.setup();
    render(editorOn('self-check', { id: 'cards', question: 'How long?', answer: 'Three years.', choices: [{ text: 'Three', right: false }, { text: 'Five', right: false }] }).element);
    expect(screen.getByText('Mark exactly one of them as the right one.')).toBeTruthy();
    await user.click(screen.getAllByRole('checkbox')[0] as HTMLElement);
    expect(screen.queryByText('Mark exactly one of them as the right one.')).toBeNull();
  });

  it('asks for words that are empty, and tells which texts lack a language the record has elsewhere', () => {
    const outcome = { id: 'late', group: { en: 'Delivery', de: 'Lieferung' }, label: '', solved: false, order: 1 };
    expect(findingsOf('disposition', outcome)).toEqual([{ path: '/label', severity: 'error', code: 'field.needed', params: {} }]);
    const written = { ...outcome, label: 'Late, new date given' };
    expect(findingsOf('disposition', written)).toEqual([{ path: '/label', severity: 'warning', code: 'field.not-translated', params: { language: 'de' } }]);
    render(editorOn('disposition', written).element);
    expect(screen.getByText('Not in German yet: agents see another language there.')).toBeTruthy();
    expect(findingsOf('disposition', { ...written, label: { en: 'Late', de: 'Spät' } })).toEqual([]);
    expect(findingsOf('framework', { id: 'f', title: 'LAST', use: '', stages: [{ id: 'a', title: { en: 'Listen', de: 'Zuhören' }, cue: '' }, { id: 'b', title: 'Say', cue: '' }] }).map(({ path }) => path)).toEqual(['/title', '/stages/1/title']);
  });
});
