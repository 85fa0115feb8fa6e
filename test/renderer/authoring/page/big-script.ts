import type { Script, Step } from '#shared/domain/scripts/schema.ts';

/** A script as large as the linter allows without complaint: questions with answers, conditions, ways back, several ends. */
export function bigScript(count = 150): Script {
  const id = (at: number): string => `s${Math.min(count - 1, at)}`;
  const steps = Array.from({ length: count }, (_, at): Step => {
    const last = at === count - 1;
    const kind = at % 5;
    return {
      id: `s${at}`,
      cue: ['Greet and ask for the order', 'Read the notice on recording', 'Find out what went wrong', 'Name the new date', 'Ask whether it suits'][kind] ?? '',
      say: 'Thank you for waiting, {{call.name}}. I can see your order and will tell you what happened and what I do about it now.',
      line: kind === 1 ? 'verbatim' : 'talking-point',
      ...(kind === 1 ? { mustSay: `Recording notice ${at}` } : {}),
      ...(kind === 0 ? { capture: [{ field: 'order', required: true }] } : {}),
      ...(last ? {} : kind === 2 || kind === 4 ? { answers: [{ id: 'yes', label: 'Yes, that is fine', to: id(at + 1) }, { id: 'no', label: 'No, that will not do', to: id(at + 3) }, { id: 'later', label: 'Only later', to: id(at + 6) }] } : { next: id(at + 1) }),
      ...(kind === 3 && !last ? { branches: [{ when: { '!!': [{ var: 'fields.order' }] }, to: id(at + 2) }] } : {}),
    };
  });
  return { id: 'big', kind: 'call', title: 'Late delivery, long form', description: 'Every way a late delivery can go.', entry: 's0', steps, fields: [{ id: 'order', label: 'Order number', type: 'text' }] };
}
