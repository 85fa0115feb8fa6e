// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createDesk } from '#renderer/desk.tsx';
import { KeysPage } from '#renderer/features/keys/index.ts';
import type { Client } from '#renderer/ipc/client.ts';
import { prepareDom, render } from '../ui/render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const person = (id: string, name: string) => ({ id: id.repeat(64), name, roles: ['author', 'approver', 'owner'], publicKey: 'x', createdAt: 1 });

/** A desk that writes for a knowledge base of two. `unlocked` is what `trust.change` asks for. */
function open() {
  const heard = new Map<string, () => void>();
  let unlocked = false;
  const client = {
    call: async (route: string) => {
      switch (route) {
        case 'keys.list':
          return { keys: [{ ...person('a', 'Olga Berg'), unlocked, wrapped: false }], store: null };
        case 'trust.state':
          return { base: { kb: 'shop', title: 'Shop', fingerprint: 'AAAA', folder: '/share', release: 3, expires: 1, epoch: 1, people: [person('a', 'Olga Berg'), person('b', 'Anna')], revoked: [], required: 1, ownersNeeded: 1 }, refusal: null, brokers: [] };
        case 'trust.change':
          return { outcome: 'refused', refusal: { reason: 'too-few-signatures', key: 'article/cards', found: 1, needed: 2 } };
        default:
          return {};
      }
    },
    on: (name: string, listener: () => void) => {
      heard.set(name, listener);
      return () => undefined;
    },
  } as unknown as Client;
  render(<KeysPage store={createDesk(client).keys} agentName="" />);
  return {
    unlock: () => {
      unlocked = true;
      heard.get('keys.changed')?.();
    },
  };
}

it('keeps what was changed about the people and not signed yet when a key is unlocked to sign it', async () => {
  const { unlock } = open();
  fireEvent.click(await screen.findByRole('button', { name: 'Withdraw Anna' }));
  expect(screen.queryByRole('button', { name: 'Withdraw Anna' })).toBeNull();
  unlock();
  await screen.findByText(/Unlocked until Callside is closed/);
  expect(screen.queryByRole('button', { name: 'Withdraw Anna' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByRole('button', { name: 'Withdraw Anna' })).toBeTruthy();
});

it('says why two people cannot be asked for while something is live that one person signed', async () => {
  open();
  fireEvent.click(await screen.findByRole('radio', { name: 'Two people' }));
  fireEvent.click(screen.getByRole('button', { name: 'Sign and put in force' }));
  await waitFor(() => expect(screen.getByText(/“article\/cards” is live with the signature of one person/)).toBeTruthy());
});
