// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lintScript } from '#shared/domain/scripts/lint.ts';
import { scriptSchema, type Script } from '#shared/domain/scripts/schema.ts';
import { prepareDom, render } from '../ui/render.tsx';
import { editorOn } from './editing.tsx';

beforeAll(() => {
  prepareDom();
  Object.defineProperty(Element.prototype, 'scrollIntoView', { configurable: true, value: () => undefined });
});
afterEach(cleanup);

const start: Script = scriptSchema.parse({
  id: 'late', kind: 'call', title: 'Late parcel', description: 'For late parcels.', entry: 'greet',
  steps: [{ id: 'greet', cue: 'Greet and ask', next: 'end' }, { id: 'end', cue: 'Say goodbye' }],
});

/** The outline of a script, with focus on its first line. */
async function outline(from: Script = start) {
  const user = userEvent.setup();
  const editor = editorOn('script', from);
  render(editor.element);
  await user.click(screen.getByRole('button', { name: 'Outline' }));
  const tree = await screen.findByRole('tree');
  (within(tree).getAllByRole('treeitem')[0] as HTMLElement).focus();
  return { user, tree, latest: () => editor.latest() as unknown as Script, names: () => within(tree).getAllByRole('treeitem').map((item) => item.getAttribute('aria-label')) };
}

describe('writing a script by keys alone', () => {
  it('adds steps and answers, connects, writes, moves and removes, and focus never leaves the line at work', async () => {
    const { user, latest, names } = await outline();
    expect(names()).toEqual(['Step 1 of 2: Greet and ask, first step', 'then: leads to Say goodbye', 'Step 2 of 2: Say goodbye, ends the script']);

    // A new step behind the first way, written at once.
    await user.keyboard('{ArrowDown}n');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Step 2 of 3/);
    await user.keyboard('{Enter}');
    await screen.findByRole('textbox', { name: /Cue/ });
    await waitFor(() => expect((document.activeElement as HTMLInputElement).labels?.[0]?.textContent).toMatch(/Cue/));
    await user.keyboard('Find the order');
    expect(latest().steps.map((step) => step.cue)).toEqual(['Greet and ask', 'Find the order', 'Say goodbye']);
    expect(latest().steps[0]?.next).toBe(latest().steps[1]?.id);
  });

  it('gives a step answers and leads one of them elsewhere', async () => {
    const { user, tree, latest, names } = await outline();
    await user.keyboard('a');
    expect(document.activeElement?.getAttribute('role')).toBe('treeitem');
    await user.keyboard('c');
    await user.keyboard('goodbye{Enter}');
    expect(latest().steps[0]?.answers?.map((answer) => answer.to)).toEqual(['end']);
    expect(names()[1]).toContain('leads to Say goodbye');
    await user.keyboard('{Delete}');
    expect(latest().steps[0]?.answers).toBeUndefined();
    expect(tree.contains(document.activeElement)).toBe(true);
  });

  it('moves steps and ways, makes another step the first, and follows a way with the right arrow', async () => {
    const { user, latest } = await outline({ ...start, steps: [{ id: 'greet', cue: 'Greet', answers: [{ id: 'x', label: 'Yes', to: 'end' }, { id: 'y', label: 'No', to: 'greet' }] }, { id: 'end', cue: 'Say goodbye' }] });
    await user.keyboard('{ArrowDown}{Alt>}{ArrowDown}{/Alt}');
    expect(latest().steps[0]?.answers?.map((answer) => answer.id)).toEqual(['y', 'x']);
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/Say goodbye/);
    await user.keyboard('s{Alt>}{ArrowUp}{/Alt}');
    expect([latest().entry, latest().steps.map((step) => step.id)]).toEqual(['end', ['end', 'greet']]);
    await user.keyboard('{Delete}');
    expect(latest().steps.map((step) => step.id)).toEqual(['greet']);
  });

  it('says what is wrong and jumps there', async () => {
    const broken: Script = { ...start, steps: [{ id: 'greet', cue: 'Greet', next: 'end' }, { id: 'end', cue: 'Bye' }, { id: 'lost', cue: 'Nobody comes here', say: 'Hello {{nobody}}', next: 'end' }] };
    expect(lintScript(broken).map((issue) => issue.code)).toEqual(['lint.orphan', 'lint.unknownSlot']);
    const { user } = await outline(broken);
    await user.click(screen.getByRole('tab', { name: /Findings/ }));
    await user.click(screen.getByRole('button', { name: /Nobody comes here.*nobody.*which nothing fills/ }));
    expect(await screen.findByDisplayValue('Nobody comes here')).toBeTruthy();
    expect(screen.getAllByRole('treeitem', { selected: true })[0]?.getAttribute('aria-label')).toMatch(/Nobody comes here.*2 findings/);
  });
});

describe('the form of a step', () => {
  it('keeps plain words plain, and makes a second language when one is written', async () => {
    const { user, latest } = await outline();
    await user.click(screen.getByRole('button', { name: 'Add a language' }));
    await user.click(screen.getByPlaceholderText('Add a language'));
    await user.click(await screen.findByRole('option', { name: 'German', hidden: true }));
    await user.type(screen.getByRole('textbox', { name: /Cue \(de\)/ }), 'Begrüßen');
    expect(latest().steps[0]?.cue).toEqual({ en: 'Greet and ask', de: 'Begrüßen' });
  });

  it('writes a condition as a sentence, stored as a rule', async () => {
    const { user, latest } = await outline({ ...start, fields: [{ id: 'total', label: 'Total', type: 'number' }] });
    await user.click(screen.getByRole('button', { name: 'Add condition' }));
    expect(latest().steps[0]?.branches?.[0]?.when).toEqual({ '!!': [{ var: 'fields.total' }] });
    expect(screen.getByText('Total is filled in')).toBeTruthy();
  });

  it('marks a line as must-say and takes the mark off again without a trace', async () => {
    const { user, latest } = await outline();
    await user.click(screen.getByRole('checkbox', { name: 'Must be said' }));
    expect(latest().steps[0]?.mustSay).toBe('Greet and ask');
    await user.click(screen.getByRole('checkbox', { name: 'Must be said' }));
    expect('mustSay' in (latest().steps[0] ?? {})).toBe(false);
  });

  it('puts a variable where the caret is', async () => {
    const { user, latest } = await outline({ ...start, fields: [{ id: 'order', label: 'Order', type: 'text' }], steps: [{ id: 'greet', cue: 'Greet', say: 'About order , please.' }] });
    const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Full wording/ });
    area.focus();
    area.setSelectionRange(12, 12);
    await user.click(screen.getByRole('button', { name: 'Insert a variable into Full wording' }));
    await user.click(await screen.findByRole('menuitem', { name: /Order \(order\)/, hidden: true }));
    expect(latest().steps[0]?.say).toBe('About order {{order}}, please.');
  });
});
