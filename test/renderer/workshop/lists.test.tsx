// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createDesk, DeskProvider } from '#renderer/desk.tsx';
import { DraftTable } from '#renderer/features/drafts/index.ts';
import { MissList } from '#renderer/features/search/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import { Releases } from '#renderer/screens/workshop/Releases.tsx';
import { prepareDom, render } from '../ui/render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const clientOf = (answers: Record<string, unknown>, asked: string[] = []): Client =>
  ({
    call: async (route: string) => {
      asked.push(route);
      return answers[route] ?? {};
    },
    on: () => () => undefined,
  }) as unknown as Client;

it('asks before the counts of searches in vain are gone for good', async () => {
  const asked: string[] = [];
  render(<MissList client={clientOf({ 'counts.gaps': { gaps: [{ text: 'parcel locker', found: false, count: 3, desks: 1, lastDay: '2026-11-20' }], others: 0 } }, asked)} />);
  const clear = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Clear the list' }));
  await screen.findByText('parcel locker');
  clear();
  fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(asked).not.toContain('search.clear-misses');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  clear();
  fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Clear the list' }));
  await waitFor(() => expect(asked).toContain('search.clear-misses'));
});

it('names every change of a release, also where there are more than fit its line', async () => {
  const changes = ['Kettle', 'Lamp', 'Desk', 'Chair', 'Shelf', 'Sofa'].map((title) => ({ key: title.toLowerCase(), change: 'changed' as const, title }));
  const release = { release: 3, current: true, at: 1, by: 'Olga', changed: { added: 0, changed: 6, removed: 0 }, changes };
  render(
    <DeskProvider desk={createDesk(clientOf({ 'authoring.releases': { releases: [release, { ...release, release: 2, current: false, changes: changes.slice(0, 1), changed: { added: 0, changed: 1, removed: 0 } }] } }))}>
      <Releases />
    </DeskProvider>,
  );
  const [summary] = await screen.findAllByText(/6 changed/);
  expect(summary?.textContent).toContain('all 6');
  expect(screen.getByText('Changed: Sofa')).toBeTruthy();
});

it('calls a draft nobody has named yet untitled, and not by the key it was given', () => {
  const draft = { id: 'd', kind: 'article' as const, key: 'article-b8870445', op: 'put' as const, state: 'draft' as const, author: { key: 'a', name: 'Olga' }, approvals: 0, required: 1, comments: 0, updatedAt: 1, behind: false };
  render(<DraftTable label="Drafts" drafts={[{ ...draft, title: 'article-b8870445' }, { ...draft, id: 'e', title: 'Voucher codes' }]} onOpen={() => undefined} empty="" />);
  expect(screen.getAllByRole('rowheader').map((cell) => cell.textContent)).toEqual(['Untitled', 'Voucher codes']);
});
