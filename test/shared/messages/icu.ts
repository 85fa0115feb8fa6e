import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** Kinds of elements, as the parser numbers them. */
const KIND = { literal: 0, argument: 1, number: 2, date: 3, time: 4, select: 5, plural: 6, pound: 7, tag: 8 } as const;
const NAMES = ['literal', 'argument', 'number', 'date', 'time', 'select', 'plural', 'pound', 'tag'] as const;

function parse(text: string): Element[] {
  return new IntlMessageFormat(text, 'en').getAst();
}

/** Every element of a message, those inside plurals, selects and tags included. */
function walk(elements: readonly Element[]): Element[] {
  return elements.flatMap((element) => {
    if (element.type === KIND.plural || element.type === KIND.select) {
      return [element, ...Object.values(element.options).flatMap((option) => walk(option.value))];
    }
    return element.type === KIND.tag ? [element, ...walk(element.children)] : [element];
  });
}

/** Names of the arguments of a message with their kinds, sorted: `{ count: 'plural' }`. One used twice has both kinds. */
export function argumentsOf(text: string): Record<string, string> {
  const kinds = new Map<string, Set<string>>();
  for (const element of walk(parse(text))) {
    if (element.type === KIND.literal || element.type === KIND.pound) continue;
    kinds.set(element.value, (kinds.get(element.value) ?? new Set()).add(NAMES[element.type]));
  }
  return Object.fromEntries([...kinds].sort(([left], [right]) => left.localeCompare(right)).map(([name, set]) => [name, [...set].sort().join('+')]));
}

/** Whether two messages can be given the same values and treat each as the same kind. */
export function sameArguments(left: string, right: string): boolean {
  return JSON.stringify(argumentsOf(left)) === JSON.stringify(argumentsOf(right));
}

/** Values to format a message with: numbers of every plural form for what is counted, words for the rest. */
export function sampleValues(text: string): Record<string, string | number | Date>[] {
  const kinds = argumentsOf(text);
  return [0, 1, 2, 5, 21].map((number) => Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, sample(kind, number)])));
}

function sample(kind: string, number: number): string | number | Date {
  if (/plural|number/.test(kind)) return number;
  if (/date|time/.test(kind)) return new Date(Date.UTC(2026, 1, 3, 10, 30));
  return kind === 'select' ? 'other' : 'Ada';
}

/** Plural forms of whole numbers that the language tells apart and a message does not give. */
export function lackingPlurals(text: string, language: string): string[] {
  return walk(parse(text)).flatMap((element) => {
    if (element.type !== KIND.plural) return [];
    const rules = new Intl.PluralRules(language, { type: element.pluralType ?? 'cardinal' });
    return [0, 1, 2, 3, 5, 11, 21, 100]
      .filter((number) => element.options[`=${number}`] === undefined && element.options[rules.select(number)] === undefined)
      .map((number) => `${element.value} lacks ${rules.select(number)}`);
  });
}
