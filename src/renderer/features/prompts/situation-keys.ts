import { SITUATIONS, type Situation } from '#shared/domain/prompts/schema.ts';

/** One key per moment, pressed after the key that opens the words. Feelings come first: they cannot wait. */
export const SITUATION_KEYS: Readonly<Record<Situation, string>> = {
  angry: 'a', anxious: 'w', grieving: 'g', confused: 'c', disappointed: 'd', rushed: 'r', abusive: 'x', vulnerable: 'v', silent: 's', delighted: 'l',
  apology: 'p', 'bad-news': 'b', hold: 'h', 'after-hold': 'j', transfer: 't', 'cannot-do': 'n', waiting: 'i', 'repeat-caller': 'e',
  'language-barrier': 'u', talkative: 'k', supervisor: 'm', privacy: 'y', payment: 'z', closing: 'o', opening: 'q', thanks: 'f',
  'follow-up': '8', technical: '9',
};

/** The moment a key means, or undefined. */
export function situationByKey(key: string): Situation | undefined {
  const wanted = key.toLowerCase();
  return SITUATIONS.find((situation) => SITUATION_KEYS[situation] === wanted);
}
