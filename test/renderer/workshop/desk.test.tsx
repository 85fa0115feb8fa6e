// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDesk, DeskProvider } from '#renderer/desk.tsx';
import { ReviewPanel, type Me } from '#renderer/features/drafts/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import { MessagesProvider } from '#renderer/messages/messages.tsx';
import { OnThisDesk } from '#renderer/screens/workshop/OnThisDesk.tsx';
import type { Draft } from '#shared/domain/authoring/draft.ts';
import { prepareDom, render } from '../ui/render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const NOW = Date.UTC(2026, 10, 20, 9);

describe('on this desk', () => {
  /** A desk with two knowledge bases and one record of its own whose published one has changed. */
  function show() {
    const asked: [string, unknown][] = [];
    let bases = ['Our house', 'Retail'].map((title) => ({ kb: title.toLowerCase().replace(' ', '-'), title, release: 3, records: 12 }));
    let changes = [{ kind: 'article', key: 'returns', title: 'Returns', by: 'Ada', at: NOW, inUse: true, signed: 'changed' }];
    const client = {
      call: async (route: string, input: { kbs?: string[] }) => {
        asked.push([route, input]);
        switch (route) {
          case 'bases.list':
            return { bases };
          case 'bases.order':
            bases = (input.kbs ?? []).flatMap((kb) => bases.filter((one) => one.kb === kb));
            return { ok: true, changed: 4 };
          case 'local.list':
            return { changes };
          case 'local.keep':
            changes = changes.map((one) => ({ ...one, signed: 'same' }));
            return { ok: true };
          case 'local.undo':
            changes = [];
            return { ok: true };
          default:
            return {};
        }
      },
      on: () => () => undefined,
    } as unknown as Client;
    render(
      <MessagesProvider language="en">
        <DeskProvider desk={createDesk(client)}>
          <OnThisDesk onOpen={() => undefined} onBrowse={() => undefined} />
        </DeskProvider>
      </MessagesProvider>,
    );
    return asked;
  }

  it('moves a knowledge base by keyboard, keeps the focus on it and tells what came of it', async () => {
    const asked = show();
    const retail = await screen.findByRole('listitem', { name: 'Retail, 2 of 2' });
    retail.focus();
    fireEvent.keyDown(retail, { key: 'ArrowUp', altKey: true });
    await screen.findByRole('listitem', { name: 'Retail, 1 of 2' });
    expect(asked).toContainEqual(['bases.order', { kbs: ['retail', 'our-house'] }]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('listitem', { name: 'Retail, 1 of 2' })));
    await screen.findByText('Retail is now number 1. 4 records show otherwise.');
    expect(within(screen.getByRole('listitem', { name: 'Retail, 1 of 2' })).getByRole<HTMLButtonElement>('button', { name: 'Move “Retail” up' }).disabled).toBe(true);
  });

  it('says that the published record changed; keeps the desk’s own when asked, or takes it back', async () => {
    show();
    await screen.findByText('The published one has changed');
    fireEvent.click(screen.getByRole('button', { name: 'Keep mine' }));
    await screen.findByText('In use here');
    expect(screen.queryByRole('button', { name: 'Keep mine' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Use the published one' }));
    await screen.findByText('Nothing is changed on this desk');
  });
});

describe('where a change stands', () => {
  const me: Me = { person: { key: 'b2', name: 'Bo' }, unlocked: true, channel: true, policy: 2, alone: false, approversMissing: 0, mayPublish: true };
  const draft: Draft = {
    id: 'd', kind: 'product', key: 'L', op: 'put', record: {}, base: {}, baseVer: 1, state: 'approved', author: { key: 'a1', name: 'Anna' }, approvals: [{ by: { key: 'c3', name: 'Cyd' }, at: 1 }],
    required: 1, comments: [], createdAt: 1, updatedAt: 1, rev: 1, canUndo: false, canRedo: false,
  };
  /** Words typed and not sent, as they lie on the disk. */
  const disk = new Map<string, string>();
  const opened = (): Pick<Client, 'call'> =>
    ({
      call: async (route: string, { about, text }: { about: string; text: string }) => {
        if (route === 'authoring.unsent') return { text: disk.get(about) ?? '' };
        disk.set(about, text);
        return {};
      },
    }) as unknown as Pick<Client, 'call'>;
  let client = opened();
  const show = (change: Partial<Draft>, who: Partial<Me> = {}): void => {
    cleanup();
    render(
      <MessagesProvider language="en">
        <ReviewPanel client={client} draft={{ ...draft, ...change }} me={{ ...me, ...who }} now={NOW} problem={undefined} act={() => Promise.resolve(true)} publish={() => Promise.resolve()} />
      </MessagesProvider>,
    );
  };
  const button = (name: string): HTMLElement | null => screen.queryByRole('button', { name });

  it('asks for the approval that is missing, and offers to publish only when none is', () => {
    show({});
    expect(screen.getByText('needs 1 more approval')).toBeTruthy();
    expect(button('Approve')).not.toBeNull();
    expect(button('Publish now')).toBeNull();
    show({}, { policy: 1 });
    expect(button('Publish now')).not.toBeNull();
  });

  it('keeps words that were typed and not sent while the page is left', () => {
    show({ id: 'kept' });
    fireEvent.change(screen.getByRole('textbox', { name: /^Your words/ }), { target: { value: 'It is 16.99.' } });
    show({ id: 'other' });
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Your words/ }).value).toBe('');
    show({ id: 'kept' });
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Your words/ }).value).toBe('It is 16.99.');
  });

  it('has them again after a crash, puts what is typed meanwhile behind them, and lets them go once sent', async () => {
    const words = (): HTMLTextAreaElement => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Your words/ });
    show({ id: 'crash' });
    fireEvent.change(words(), { target: { value: 'It is 16.99' } });
    await waitFor(() => expect(disk.get('review crash')).toBe('It is 16.99'));
    client = opened();
    show({ id: 'crash' });
    fireEvent.change(words(), { target: { value: 'until May' } });
    await waitFor(() => expect(words().value).toBe('It is 16.99\nuntil May'));
    await waitFor(() => expect(disk.get('review crash')).toBe('It is 16.99\nuntil May'));
    fireEvent.click(screen.getByRole('button', { name: 'Comment' }));
    await waitFor(() => expect(disk.get('review crash')).toBe(''));
    expect(words().value).toBe('');
  });

  it('says when it goes out, that it is due, and what to do about it', () => {
    show({ validFrom: NOW + 60_000 }, { policy: 1 });
    expect(button('Publish now')).toBeNull();
    expect(screen.getByText(/goes out on/)).toBeTruthy();
    show({ validFrom: NOW - 60_000 }, { policy: 1, unlocked: false });
    expect(screen.getByText(/^Due since/)).toBeTruthy();
    expect(screen.getByText(/Unlock your key/)).toBeTruthy();
    expect(button('Publish now')).not.toBeNull();
  });

  it('says it plainly where nobody else looks, and where nobody could publish', () => {
    const own = { state: 'in-review', author: { key: 'b2', name: 'Bo' }, approvals: [] } as const satisfies Partial<Draft>;
    show({ ...own, approvals: [] }, { policy: 1, alone: true });
    expect(screen.getByText(/No second pair of eyes/)).toBeTruthy();
    expect(button('Approve: nobody else can')).not.toBeNull();
    show({ ...own, approvals: [] }, { policy: 2, approversMissing: 1 });
    expect(screen.getByText(/Nobody could publish this yet/)).toBeTruthy();
    expect(button('Approve: nobody else can')).toBeNull();
  });
});
