// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { ProductCard } from '#renderer/features/search/index.ts';
import type { Product } from '#shared/domain/product.ts';
import { prepareDom, render } from '../ui/render.tsx';
import { MessagesProvider } from '#renderer/messages/messages.tsx';

const NIGHT = Date.UTC(2026, 10, 21);

beforeAll(prepareDom);
beforeEach(() => {
  vi.useFakeTimers({ now: NIGHT - 90_000 });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const lamp: Product = { sku: 'L', name: 'Lamp', price: { amount: 4_000, currency: 'EUR' }, plannedPrices: [{ amount: 2_000, currency: 'EUR', validFrom: NIGHT }] };

it('a card that lies open at midnight says the new price by itself, and the copy button, too', () => {
  const copied: string[] = [];
  render(
    <MessagesProvider language="en">
      <ProductCard product={lamp} onClose={() => undefined} onCopy={(text) => copied.push(text)} onCompare={() => undefined} related={null} />
    </MessagesProvider>,
  );
  expect(screen.getByText('€40.00')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(89_000));
  expect(screen.getByText('€40.00')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(31_000));
  expect(screen.queryByText('€40.00')).toBeNull();
  expect(screen.getByText('€20.00')).toBeTruthy();
  screen.getByRole('button', { name: 'Copy price' }).click();
  expect(copied).toEqual(['Lamp: €20.00']);
});
