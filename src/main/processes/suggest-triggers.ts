import { words } from '#shared/domain/suggest/words.ts';

export type TriggerSet = { id: string; title: string; situation: string; triggers: readonly string[] };
type Entry = { set: TriggerSet; phrase: string; stems: readonly string[] };

/** Finds prompts by the plain phrases a person wrote for them. Nothing is guessed from how the words sound. */
export function createTriggers(sets: readonly TriggerSet[]) {
  const byFirst = new Map<string, Entry[]>();
  for (const set of sets) {
    for (const phrase of set.triggers) {
      const stems = words(phrase).map((word) => word.stem);
      const [first] = stems;
      if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { set, phrase, stems }]);
    }
  }
  /** Longest phrase first; each situation once. */
  return (text: string, limit: number): { set: TriggerSet; phrase: string }[] => {
    const said = words(text).map((word) => word.stem);
    const hits: Entry[] = [];
    said.forEach((stem, at) => {
      for (const entry of byFirst.get(stem) ?? []) if (entry.stems.every((part, offset) => said[at + offset] === part)) hits.push(entry);
    });
    hits.sort((a, b) => b.stems.length - a.stems.length);
    const seen = new Set<string>();
    return hits.filter(({ set }) => !seen.has(set.situation) && seen.add(set.situation)).slice(0, limit);
  };
}
