import { stem } from '#shared/domain/suggest/stem.ts';
import type { Word } from '#shared/domain/suggest/words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Words of the text with slips of the keyboard undone as far as the vocabulary can tell. */
export function respell(found: readonly Word[], vocabulary: Vocabulary): Word[] {
  const out: Word[] = [];
  for (let i = 0; i < found.length; i += 1) {
    const word = found[i]!;
    if (vocabulary.has(word.text)) {
      out.push(word);
      continue;
    }
    const next = found[i + 1];
    const joined = next === undefined ? '' : word.text + next.text;
    if (joined.length >= 4 && next !== undefined && vocabulary.has(joined)) {
      out.push(corrected(joined, `${word.text} ${next.text}`));
      i += 1;
      continue;
    }
    const near = vocabulary.nearest(word.text);
    if (near !== undefined) {
      out.push(corrected(near, word.text));
      continue;
    }
    const halves = split(word.text, vocabulary);
    if (halves) out.push(...halves.map((half) => corrected(half, word.text)));
    else out.push(word);
  }
  return out;
}

function corrected(text: string, typed: string): Word {
  return { text, stem: stem(text), typed };
}

/** Two known words typed without the space between them, the more used pair first. */
function split(text: string, vocabulary: Vocabulary): [string, string] | undefined {
  let best: [string, string] | undefined;
  let bestUses = 0;
  for (let at = 2; at <= text.length - 2; at += 1) {
    const left = text.slice(0, at);
    const right = text.slice(at);
    const uses = Math.min(vocabulary.uses(left), vocabulary.uses(right));
    if (uses > bestUses) {
      best = [left, right];
      bestUses = uses;
    }
  }
  return best;
}
