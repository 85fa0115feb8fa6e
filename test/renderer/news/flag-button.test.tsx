// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { FlagButton } from '#renderer/features/news/index.ts';
import { prepareDom, render } from '../ui/render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

it('keeps the words of a flag that was not sent when its card goes away with the call', async () => {
  const sent: string[] = [];
  const actions = { flag: async ({ text }: { text: string }) => void sent.push(text) };
  const words = (): HTMLTextAreaElement => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^In your words/ });
  const show = (key: string): void => {
    cleanup();
    render(<FlagButton about={{ kind: 'article', key, title: 'Gift cards' }} actions={actions} />);
    fireEvent.click(screen.getByRole('button', { name: 'Something is wrong or unclear here' }));
  };
  show('gift-cards');
  fireEvent.change(words(), { target: { value: 'It is five years.' } });
  show('other');
  expect(words().value).toBe('');
  show('gift-cards');
  expect(words().value).toBe('It is five years.');
  fireEvent.click(screen.getByRole('button', { name: 'Flag it' }));
  await waitFor(() => expect(sent).toEqual(['It is five years.']));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  show('gift-cards');
  expect(words().value).toBe('');
});
