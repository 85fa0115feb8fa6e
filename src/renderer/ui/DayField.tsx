import { IconCalendar } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { FieldBasics } from './field-look.ts';
import { TextField } from './TextField.tsx';

/** How a language reads and writes days; the system's own date field would follow the system, not the desk. */
export interface DayWords {
  /** The day as stored, from what was typed; undefined when it is none (yet). */
  read: (text: string) => string | undefined;
  /** What is stored, as this language writes it. */
  write: (stored: string) => string;
  /** Shows the expected way of writing while the field is empty, and says that it is an example: a bare day would look like a filled field. */
  example: string;
  /** Said when what was typed is no day. */
  unreadable: string;
}

export interface DayFieldProps extends FieldBasics {
  /** As stored: `YYYY-MM-DD`, or with a time `YYYY-MM-DDTHH:mm`; empty for none. */
  value: string;
  /** Called with a whole day, or with an empty text when the field was emptied. */
  onValueChange: (value: string) => void;
  words: DayWords;
  /** Told while typing: false when what stands in the field is no day. Nothing may be sent off then that would go out with another day. */
  onReadable?: (readable: boolean) => void;
}

/** A day, typed in the order and with the signs of the desk's language. */
export function DayField({ value, onValueChange, words, error, onReadable, ...basics }: DayFieldProps): ReactNode {
  /** What stands in the field while it is written; the stored day is shown again when it is left. */
  const [typed, setTyped] = useState<string>();
  const [left, setLeft] = useState(false);
  const text = typed ?? (value === '' ? '' : words.write(value));
  const wrong = left && typed !== undefined && typed.trim() !== '' && words.read(typed) === undefined;
  const take = (next: string): boolean => {
    const read = next.trim() === '' ? '' : words.read(next);
    if (read !== undefined && read !== value) onValueChange(read);
    return read !== undefined;
  };
  return (
    <TextField
      {...basics}
      value={text}
      placeholder={words.example}
      icon={<IconCalendar size={16} aria-hidden />}
      error={wrong ? words.unreadable : error}
      onValueChange={(next) => {
        setTyped(next);
        setLeft(false);
        onReadable?.(next.trim() === '' || words.read(next) !== undefined);
        // "1/2/20" may be on its way to 2026: a short year counts when the field is left.
        if (next.trim() === '' || /\d{4}/.test(next)) take(next);
      }}
      onBlur={() => {
        setLeft(true);
        // What is no day stays to be mended.
        if (typed !== undefined && take(typed)) setTyped(undefined);
      }}
    />
  );
}
