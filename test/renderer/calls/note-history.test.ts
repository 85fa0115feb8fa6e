import { describe, expect, it } from 'vitest';
import { createNoteHistory } from '#renderer/features/calls/note-history.ts';

function setUp(text = '', saves: readonly string[] = []) {
  let now = 1_000;
  let asked = 0;
  const history = createNoteHistory({ text, now: () => now, older: async () => (asked++, saves) });
  /** Types letter by letter, as a person does. */
  const type = (from: string, more: string): string => {
    let current = from;
    for (const letter of more) {
      now += 80;
      current += letter;
      history.typed(current);
    }
    return current;
  };
  return { history, type, wait: (ms: number) => (now += ms), asked: () => asked };
}

describe('undo of a note', () => {
  it('goes back word by word, and forward again', async () => {
    const { history, type } = setUp();
    type('', 'parcel is late');
    expect(await history.undo()).toBe('parcel is ');
    expect(await history.undo()).toBe('parcel ');
    expect(history.redo()).toBe('parcel is ');
    expect(history.redo()).toBe('parcel is late');
    expect(history.redo()).toBeUndefined();
  });

  it('a paste is one step, and typing after an undo forgets what was undone', async () => {
    const { history, type } = setUp();
    const text = type('', 'ref ');
    history.typed(`${text}ABC-123`);
    expect(await history.undo()).toBe('ref ');
    type('ref ', 'X');
    expect(history.redo()).toBeUndefined();
    expect(await history.undo()).toBe('ref ');
  });

  it('a pause begins a new step even within a word', async () => {
    const { history, type, wait } = setUp();
    const text = type('', 'late');
    wait(2_000);
    type(text, 'st');
    expect(await history.undo()).toBe('late');
  });

  it('after a restart the saves in the records take over, each once, down to the empty note', async () => {
    const { history, type, asked } = setUp('one two three', ['one', 'one two', 'one two', 'one two three']);
    type('one two three', ' four');
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < 6; step += 1) seen.push(await history.undo());
    expect(seen).toEqual(['one two three ', 'one two three', 'one two', 'one', '', undefined]);
    expect(asked()).toBe(1);
    for (let step = 0; step < 5; step += 1) history.redo();
    expect(history.redo()).toBeUndefined();
  });

  it('never brings back digits that were masked: the steps with them are gone, the masked saves stand in', async () => {
    const { history, type } = setUp('', ['pay ', 'pay 4111 11** **** 1111']);
    type('', 'pay 4111 1111 1111 1111');
    history.masked('pay 4111 11** **** 1111');
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < 4; step += 1) seen.push(await history.undo());
    expect(seen).toEqual(['pay ', '', undefined, undefined]);
  });
});
