import { describe, expect, it } from 'vitest';
import { dayMetrics, uncoveredMs } from '#shared/domain/calls/metrics.ts';
import { clockText, CRM_TEMPLATES, draftSummary, fillTemplate, type SummarySource, type TemplateValues } from '#shared/domain/calls/summary.ts';

const source: SummarySource = {
  caller: 'Ada', queue: 'orders', direction: 'in', scripts: ['Late delivery', 'Late delivery'], answers: [{ step: 'ask', answer: 'two weeks late' }, { step: 'fix', answer: 'wants refund' }],
  fields: [{ field: 'order', label: 'Order', value: '77-1' }, { field: 'pin', label: 'PIN', value: '0000', sensitive: true }], prompts: ['own the delay'], notes: 'parcel lost\n\nrefund 20',
  complaint: { category: 'delay', promised: 'refund', resolved: false, resolution: '' }, followUps: [{ kind: 'call-back', text: 'confirm refund', dueText: 'Thu 10:00' }],
  disposition: 'Late, refund', talkMs: 240_000, holdMs: 7_000,
};

describe('summary', () => {
  it('is drafted from path, fields, prompts, notes and follow-ups, without sensitive fields', () => {
    expect(draftSummary(source)).toBe([
      'Call from Ada (orders)', 'About: Late delivery', 'Caller: two weeks late → wants refund', 'Details: Order: 77-1', 'Said: own the delay', 'Notes: parcel lost · refund 20',
      'Complaint: delay; promised refund; not resolved yet', 'Next: call back: confirm refund, Thu 10:00', 'Outcome: Late, refund',
    ].join('\n'));
    expect(draftSummary(source)).toBe(draftSummary(structuredClone(source)));
  });

  it('leaves no empty lines for what is not there', () => {
    expect(draftSummary({ direction: 'out', scripts: [], answers: [], fields: [], prompts: [], notes: ' \n', followUps: [], talkMs: 0, holdMs: 0 })).toBe('');
  });

  it('takes text as text, whatever it looks like', () => {
    expect(draftSummary({ ...source, caller: '$& {what} $1' })).toContain('Call from $& {what} $1 (orders)');
  });
});

describe('templates', () => {
  const values: TemplateValues = { summary: 'a\nb', notes: '', disposition: 'Late', caller: 'Ada', number: '', queue: '', date: '2026-01-07', time: '14:30', duration: '4:07', followUp: '', complaint: '', fields: { order: '77-1' } };
  it('fill names and fields, and drop lines that would be empty', () => {
    expect(fillTemplate(CRM_TEMPLATES['one-line'], values)).toBe('2026-01-07 14:30 Late: a · b');
    expect(fillTemplate(CRM_TEMPLATES.zendesk, values)).toBe('a\nb\n\n---\nCaller: Ada\nDuration: 4:07\nOutcome: Late');
    expect(fillTemplate('Order {{field.order}} {{nothing}}', values)).toBe('Order 77-1');
    expect(fillTemplate('{{constructor}}{{fields}}{{field.toString}}x', values)).toBe('');
  });

  it('writes times as clocks do', () => {
    expect([0, 7_000, 247_000, 3_729_000, -5].map(clockText)).toEqual(['0:00', '0:07', '4:07', '1:02:09', '0:00']);
  });
});

describe('figures', () => {
  const call = (talkMs: number, solved?: boolean, direction: 'in' | 'out' = 'in', answered = true) => ({
    startedAt: 0, direction, answered, durations: { ringMs: 5, talkMs, holdMs: 10, wrapUpMs: 20 },
    ...(solved === undefined ? {} : { disposition: { id: solved ? 'ok' : 'no', label: 'x', solved } }),
  });
  it('follow the definitions, and missed calls count in none of them', () => {
    const day = dayMetrics([call(100, true), call(200, false), call(300), call(400, true, 'out'), call(999, undefined, 'in', false)], { idleMs: 880, notReadyMs: {} });
    expect(day).toMatchObject({ calls: 4, missed: 1, talkMs: 1_000, holdMs: 40, acwMs: 80, ahtMs: 280, fcr: 0.5 });
    expect(day.occupancy).toBeCloseTo(1_120 / 2_000);
    expect(day.byDisposition.find((one) => one.id === 'ok')).toMatchObject({ calls: 2, solved: 2 });
  });
  it('have no ratios without calls', () => {
    const day = dayMetrics([], { idleMs: 0, notReadyMs: {} });
    expect([day.ahtMs, day.occupancy, day.fcr]).toEqual([undefined, undefined, undefined]);
  });
  it('take overlapping busy times out of the ready time once', () => {
    expect(uncoveredMs([{ from: 0, to: 100 }, { from: 50, to: 150 }], [{ from: 40, to: 60 }, { from: 50, to: 70 }, { from: 140, to: 999 }])).toBe(110);
  });
});
