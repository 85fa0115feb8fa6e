import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LocalText } from '#shared/domain/common.ts';
import type { KnowledgeKind, KnowledgeRecord } from '#shared/domain/knowledge.ts';
import { readStarterPack } from '../../../scripts/build-pack.ts';

const pack = readStarterPack(path.resolve(import.meta.dirname, '../../../resources/starter-pack'));
const all = <K extends KnowledgeKind>(kind: K): KnowledgeRecord<K>[] => pack.flatMap((line) => (line.kind === kind ? [line.record as KnowledgeRecord<K>] : []));
const german = (text: LocalText | undefined): string | undefined => (typeof text === 'object' ? text['de'] : undefined);
const english = (text: LocalText | undefined): string => (typeof text === 'object' ? (text['en'] ?? '') : (text ?? ''));
const scripts = all('script').filter((script) => german(script.title) !== undefined);

/** Characters that fit the script pane at 1366×768 and 125 % text without scrolling; German takes more room for the same. */
const PANE = { cue: 45, say: 320, doThis: 240, mustSay: 45, answer: 40 } as const;
const slots = (text: string): string[] => [...text.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map((hit) => hit[1] ?? '').sort();

describe('the German half of the starter pack', () => {
  it('has the scripts an agent needs first, their sub-scripts and all maps, outcomes and break ideas', () => {
    const ids = scripts.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['greeting-and-identification', 'closing-and-follow-up', 'late-delivery', 'angry-caller-carp', 'bereavement', 'abusive-caller-ladder', 'general-enquiry', 'callback-promise', 'supervisor-request']));
    expect(all('framework').filter(({ title, use, stages }) => [title, use, ...stages.flatMap((stage) => [stage.title, stage.cue])].some((text) => german(text) === undefined)).map(({ id }) => id)).toEqual([]);
    expect(all('disposition').filter(({ group, label }) => german(group) === undefined || german(label) === undefined).map(({ id }) => id)).toEqual([]);
    expect(all('break-idea').filter(({ title, text }) => german(title) === undefined || german(text) === undefined).map(({ id }) => id)).toEqual([]);
  });

  it.each(scripts.map((script) => ({ id: script.id, script })))('$id speaks one language from start to end, fits its pane, and asks for the same slots', ({ script }) => {
    const problems: string[] = [];
    const check = (where: string, text: LocalText | undefined, limit = 400): void => {
      if (text === undefined) return;
      const words = german(text);
      if (words === undefined) problems.push(`${where} is not translated`);
      else if (words.length > limit) problems.push(`${where}: ${words.length} characters, over ${limit}`);
      else if (slots(words).join() !== slots(english(text)).join()) problems.push(`${where}: other slots than the English words`);
    };
    check('title', script.title);
    check('description', script.description);
    for (const step of script.steps) {
      for (const part of ['cue', 'say', 'doThis', 'mustSay'] as const) check(`${step.id} ${part}`, step[part], PANE[part]);
      for (const answer of step.answers ?? []) check(`${step.id} ${answer.id}`, answer.label, PANE.answer);
    }
    for (const field of script.fields ?? []) {
      for (const part of ['label', 'placeholder', 'patternHelp'] as const) check(`field ${field.id} ${part}`, field[part]);
      for (const choice of field.choices ?? []) check(`field ${field.id} ${choice.value}`, choice.label);
    }
    const said = script.steps.flatMap((step) => german(step.say) ?? []);
    expect(said.filter((text) => /Unannehmlichkeit|beruhigen Sie sich|für Ihre Geduld|wir bedauern|\b(du|dich|dir|dein)\b/i.test(text))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('acknowledges a death first in German, too, and never sells, keeps or asks for the account holder', () => {
    const script = scripts.find(({ id }) => id === 'bereavement');
    const said = (script?.steps ?? []).flatMap((step) => german(step.say) ?? []).join('\n');
    expect(german(script?.steps.find((step) => step.id === script.entry)?.say)).toMatch(/tut mir sehr leid/);
    expect(said).not.toMatch(/Kontoinhaber|Angebot|Rabatt|Aktion|Vorteil|bleiben Sie (uns|bei uns)/i);
  });
});
