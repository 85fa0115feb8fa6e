import { IconAlertOctagon, IconAlertTriangle, IconArrowRight, IconFlag, IconGitBranch, IconMessage, IconPlayerPlay, IconQuote } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { useAnnounce } from '#renderer/ui/LiveRegion.tsx';
import { textIn } from '#shared/domain/authoring/local-text.ts';
import { isExit } from '#shared/domain/scripts/graph.ts';
import type { ScriptEdit } from '#shared/domain/scripts/edit.ts';
import { conditionWords } from './condition-words.ts';
import { newAnswer, newStep } from './new-parts.ts';
import css from './script.module.css';
import { outlineRows, type OutlineRow } from './outline-rows.ts';
import { useScript, type ScriptEditing, type Selection } from './script-context.ts';
import { TargetDialog } from './TargetPicker.tsx';

/** Keys of the outline, as its help line names them. */
const KEYS = { step: 'n', answer: 'a', connect: 'c', entry: 's' } as const;

/**
 * The same script as a list of steps with their ways: one stop of Tab, arrows between lines, letters for everything
 * the graph can do. Focus stays on the line that was changed.
 */
export function ScriptOutline({ onEdit }: { onEdit: () => void }): ReactNode {
  const t = useT();
  const announce = useAnnounce();
  const editing = useScript();
  const { script, selection, select, edit } = editing;
  const rows = outlineRows(script);
  const list = useRef<HTMLUListElement>(null);
  const follow = useRef(false);
  const [connecting, setConnecting] = useState<OutlineRow>();
  const current = rowOf(rows, selection);

  const go = (row: OutlineRow | undefined): void => {
    if (row === undefined) return;
    follow.current = true;
    select(row.kind === 'step' ? { step: row.step } : { step: row.step, way: row.way });
  };
  const does = (change: ScriptEdit, said: string, next?: Selection): void => {
    follow.current = true;
    edit(change);
    if (next !== undefined) select(next);
    announce(said, 'polite');
  };
  useEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    const row = list.current?.querySelector<HTMLElement>('[tabindex="0"]');
    row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[current];
    if (row === undefined || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'treeitem') return;
    if (handle(event, row)) event.preventDefault();
  };
  const handle = (event: KeyboardEvent, row: OutlineRow): boolean => {
    if (event.altKey) {
      if (event.key === 'ArrowUp' || event.key === 'ArrowDown') move(row, event.key === 'ArrowUp' ? -1 : 1);
      return event.key === 'ArrowUp' || event.key === 'ArrowDown';
    }
    switch (event.key) {
      case 'ArrowDown': go(rows[current + 1]); return true;
      case 'ArrowUp': go(rows[current - 1]); return true;
      case 'Home': go(rows[0]); return true;
      case 'End': go(rows.at(-1)); return true;
      case 'PageDown': go(rows[Math.min(rows.length - 1, current + 12)]); return true;
      case 'PageUp': go(rows[Math.max(0, current - 12)]); return true;
      case 'ArrowLeft': go(rows.find((one) => one.kind === 'step' && one.step === row.step)); return true;
      // Right follows the way to the step it leads to.
      case 'ArrowRight': go(row.kind === 'way' ? rows.find((one) => one.kind === 'step' && one.step === row.to) : rows[current + 1]?.kind === 'way' ? rows[current + 1] : undefined); return true;
      case 'Enter': case 'F2': onEdit(); return true;
      case 'Delete': remove(row); return true;
      case 'Insert': case KEYS.step: addStep(row); return true;
      case KEYS.answer: addAnswer(row); return true;
      case KEYS.connect: setConnecting(row); return true;
      case KEYS.entry: does({ type: 'entry', id: row.step }, t('edit.said.entry', { cue: editing.cueOf(row.step) })); return true;
      default: return false;
    }
  };
  const move = (row: OutlineRow, by: number): void => {
    if (row.kind === 'step') does({ type: 'move-step', id: row.step, to: row.at + by }, t('edit.said.moved', { number: Math.max(1, Math.min(script.steps.length, row.at + by + 1)) }));
    else if (row.way.kind !== 'next') {
      const at = Math.max(0, row.way.at + by);
      does({ type: 'move-way', id: row.step, way: row.way, to: at }, t('edit.said.moved', { number: at + 1 }), { step: row.step, way: { ...row.way, at } });
    }
  };
  const addStep = (row: OutlineRow): void => {
    const step = newStep(script);
    const from = row.kind === 'way' ? { id: row.step, way: row.way } : isExit(script.steps[row.at] ?? step) ? { id: row.step, way: 'open' as const } : undefined;
    does({ type: 'add-step', step, after: row.step, ...(from === undefined ? {} : { from }) }, t('edit.said.added-step'), { step: step.id });
  };
  const addAnswer = (row: OutlineRow): void => {
    const step = script.steps[row.at];
    if (step === undefined) return;
    const at = step.answers?.length ?? 0;
    does({ type: 'add-answer', id: step.id, answer: newAnswer(script, step) }, t('edit.said.added-answer'), { step: step.id, way: { kind: 'answer', at } });
  };
  const remove = (row: OutlineRow): void => {
    const near = rows[current + 1]?.step === row.step && row.kind === 'step' ? rows.slice(current).find((one) => one.step !== row.step) : rows[current + 1];
    const next = near ?? rows[current - 1];
    if (row.kind === 'way') does({ type: 'disconnect', id: row.step, way: row.way }, t('edit.said.removed-way'), { step: row.step });
    else if (script.steps.length > 1) does({ type: 'remove-step', id: row.step }, t('edit.said.removed-step'), { step: next?.step === row.step ? (script.steps[row.at - 1]?.id ?? row.step) : (next?.step ?? row.step) });
  };
  const connect = (row: OutlineRow, to: string): void => {
    setConnecting(undefined);
    does({ type: 'connect', id: row.step, way: row.kind === 'way' ? row.way : 'open', to }, t('edit.said.connected', { cue: editing.cueOf(to) }));
  };

  return (
    <div className={css['outline']}>
      <ul ref={list} role="tree" aria-label={t('edit.outline.label')} className={css['tree']} onKeyDown={onKeyDown}>
        {rows.map((row, at) => (
          <Line key={row.id} row={row} words={wordsOf(row, editing, t)} current={at === current} onPick={go} onOpen={onEdit} />
        ))}
      </ul>
      <p className={css['keys']}>{t('edit.outline.keys')}</p>
      {connecting === undefined ? null : <TargetDialog title={t('edit.connect.title', { cue: editing.cueOf(connecting.step) })} onClose={() => setConnecting(undefined)} onPick={(to) => connect(connecting, to)} />}
    </div>
  );
}

/** The line of a selection; a way that is gone falls back to its step. */
function rowOf(rows: readonly OutlineRow[], { step, way }: Selection): number {
  const exact = way === undefined ? -1 : rows.findIndex((row) => row.kind === 'way' && row.step === step && row.way.kind === way.kind && (way.kind === 'next' || (row.way.kind !== 'next' && row.way.at === way.at)));
  return Math.max(0, exact >= 0 ? exact : rows.findIndex((row) => row.kind === 'step' && row.step === step));
}

type Words = { text: string; lead: string; name: string; errors: number; warnings: number; verbatim: boolean; mustSay: boolean; entry: boolean; missing: boolean };

function wordsOf(row: OutlineRow, editing: ScriptEditing, t: ReturnType<typeof useT>): Words {
  const { script, language, base, byStep, cueOf } = editing;
  const step = script.steps[row.at];
  const findings = (byStep.get(row.step) ?? []).filter((finding) => (row.kind === 'step' ? finding.answer === undefined : row.way.kind === 'answer' && finding.answer !== undefined && finding.answer === step?.answers?.[row.way.at]?.id));
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const counts = { errors, warnings: findings.length - errors };
  if (row.kind === 'step') {
    const verbatim = step?.line === 'verbatim';
    const mustSay = step?.mustSay !== undefined;
    const entry = row.step === script.entry;
    const marks = [verbatim ? t('edit.line.verbatim') : '', mustSay ? t('edit.step.must-say') : '', entry ? t('edit.step.entry') : '', step !== undefined && isExit(step) ? t('edit.step.exit') : '', counts.errors + counts.warnings === 0 ? '' : t('edit.step.findings', { count: counts.errors + counts.warnings })];
    const cue = cueOf(row.step);
    return { text: cue, lead: '', name: [t('edit.outline.step', { number: row.at + 1, total: script.steps.length, cue }), ...marks.filter((mark) => mark !== '')].join(', '), ...counts, verbatim, mustSay, entry, missing: false };
  }
  const missing = !script.steps.some((one) => one.id === row.to);
  const to = missing ? t('edit.outline.gone', { id: row.to }) : cueOf(row.to);
  const { way } = row;
  const label = way.kind === 'answer' ? textIn(step?.answers?.[way.at]?.label, language, base) || textIn(step?.answers?.[way.at]?.label, base, base) || t('edit.answer.no-words') : way.kind === 'branch' ? t('edit.outline.if', { condition: conditionWords(step?.branches?.[way.at]?.when ?? null, script, language, t) }) : t('edit.outline.then');
  return { text: to, lead: label, name: t('edit.outline.way', { label, to }), ...counts, verbatim: false, mustSay: false, entry: false, missing };
}

const Line = memo(function Line({ row, words, current, onPick, onOpen }: { row: OutlineRow; words: Words; current: boolean; onPick: (row: OutlineRow) => void; onOpen: () => void }): ReactNode {
  const Icon = row.kind === 'step' ? (words.entry ? IconPlayerPlay : undefined) : row.way.kind === 'answer' ? IconMessage : row.way.kind === 'branch' ? IconGitBranch : IconArrowRight;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the tree, which has the roving focus
    <li role="treeitem" aria-level={row.kind === 'step' ? 1 : 2} aria-selected={current} aria-label={words.name} tabIndex={current ? 0 : -1} className={css['line']} data-kind={row.kind} data-missing={words.missing || undefined} onClick={() => onPick(row)} onDoubleClick={onOpen}>
      {row.kind === 'step' ? <span className={css['number']}>{row.at + 1}</span> : null}
      {Icon === undefined ? null : <Icon aria-hidden className={css['lineIcon']} />}
      {row.kind === 'way' ? <span className={css['lead']} title={words.lead}>{words.lead}</span> : null}
      {row.kind === 'way' ? <IconArrowRight aria-hidden className={`${css['lineIcon']} flip-rtl`} /> : null}
      <span className={css['lineText']} title={words.text}>{words.text}</span>
      {words.verbatim ? <IconQuote aria-hidden className={css['lineIcon']} data-tone="accent" /> : null}
      {words.mustSay ? <IconFlag aria-hidden className={css['lineIcon']} data-tone="accent" /> : null}
      {words.errors > 0 ? <IconAlertOctagon aria-hidden className={css['lineIcon']} data-tone="error" /> : words.warnings > 0 ? <IconAlertTriangle aria-hidden className={css['lineIcon']} data-tone="warn" /> : null}
    </li>
  );
}, (before, after) => before.row.id === after.row.id && before.row.at === after.row.at && before.current === after.current && JSON.stringify(before.words) === JSON.stringify(after.words));
