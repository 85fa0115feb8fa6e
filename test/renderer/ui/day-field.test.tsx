// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { writeDay } from '#renderer/messages/day-words.ts';
import { DayField } from '#renderer/ui/DayField.tsx';
import { parseDay } from '#shared/domain/scripts/validate.ts';
import { prepareDom, render } from './render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const words = { read: (text: string) => parseDay(text, 'en-GB'), write: (day: string) => writeDay(day, 'en-GB'), example: '31/12/2026', unreadable: 'no day' };

function field(first: string): { input: HTMLInputElement; told: string[]; readable: { now: boolean }; type: (text: string) => void } {
  const told: string[] = [];
  const readable = { now: true };
  function Holder(): ReactNode {
    const [value, setValue] = useState(first);
    return (
      <DayField
        label="From"
        words={words}
        value={value}
        onReadable={(is) => (readable.now = is)}
        onValueChange={(next) => {
          told.push(next);
          setValue(next);
        }}
      />
    );
  }
  render(<Holder />);
  const input = screen.getByLabelText('From') as HTMLInputElement;
  return { input, told, readable, type: (text) => void fireEvent.change(input, { target: { value: text } }) };
}

it('shows the stored day as the language writes it, and tells only whole days on the way to another', () => {
  const { input, told, type } = field('2026-11-22');
  expect(input.value).toBe('22/11/2026');
  for (const text of ['1', '1/2', '1/2/20', '1/2/202', '1/2/2027']) type(text);
  expect(told).toEqual(['2027-02-01']);
  fireEvent.blur(input);
  expect(input.value).toBe('01/02/2027');
});

it('takes a short year when the field is left, an emptied field as none, and an ISO day as it is', () => {
  const { input, told, type } = field('');
  type('3/4/27');
  fireEvent.blur(input);
  type('');
  type('2027-05-06');
  expect(told).toEqual(['2027-04-03', '', '2027-05-06']);
});

it('keeps what is no day in the field and says so, instead of taking the last one silently', () => {
  const { input, told, readable, type } = field('');
  type('31/02/2026');
  expect(readable.now).toBe(false);
  expect(screen.queryByText('no day')).toBeNull();
  fireEvent.blur(input);
  expect(input.value).toBe('31/02/2026');
  expect(screen.getByText('no day')).toBeTruthy();
  expect(told).toEqual([]);
  type('28/02/2026');
  expect([readable.now, told]).toEqual([true, ['2026-02-28']]);
  type('');
  expect(readable.now).toBe(true);
});
