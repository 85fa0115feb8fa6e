import { IconBinaryTree, IconList, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { Skeleton } from '#renderer/ui/Skeleton.tsx';
import { SplitPanes } from '#renderer/ui/SplitPanes.tsx';
import { Tabs } from '#renderer/ui/Tabs.tsx';
import type { Finding } from '#shared/domain/authoring/findings.ts';
import { textIn } from '#shared/domain/authoring/local-text.ts';
import { asScript } from '#shared/domain/authoring/script-shape.ts';
import { localize } from '#shared/domain/common.ts';
import { editScript, type ScriptEdit } from '#shared/domain/scripts/edit.ts';
import type { EditorProps, Unfinished } from '../editing.ts';
import { LanguagePicker } from '../forms/LanguagePicker.tsx';
import { FieldsForm } from './FieldsForm.tsx';
import { FindingList } from './FindingList.tsx';
import { newStep } from './new-parts.ts';
import { ScriptContext, type ScriptEditing, type Selection } from './script-context.ts';
import { ScriptHead } from './ScriptHead.tsx';
import { ScriptOutline } from './ScriptOutline.tsx';
import { StepForm } from './StepForm.tsx';
import css from './script.module.css';

/** The graph library is as large as the rest of the window: it is fetched when a script is edited. */
const ScriptGraph = lazy(() => import('./ScriptGraph.tsx').then((module) => ({ default: module.ScriptGraph })));

/** A script being written: as a picture or as an outline, with the form of what is selected beside it. */
export function ScriptEditor(editor: EditorProps): ReactNode {
  const t = useT();
  const { record, onChange, findings, known } = editor;
  const script = useMemo(() => asScript(record), [record]);
  const base = script.language ?? 'en';
  const [language, setLanguage] = useState(base);
  const [view, setView] = useState<'graph' | 'outline'>('graph');
  const [tab, setTab] = useState('step');
  const [picked, setPicked] = useState<Selection>({ step: script.entry });
  const cue = useRef<HTMLInputElement | null>(null);
  const cueRef = useCallback((input: HTMLInputElement | null) => {
    cue.current = input;
  }, []);
  // A step that is gone (removed, undone) leaves the first one selected.
  const selection = useMemo<Selection>(() => (script.steps.some((one) => one.id === picked.step) ? picked : { step: script.steps[0]?.id ?? '' }), [script, picked]);
  const step = script.steps.find((one) => one.id === selection.step);
  // Several edits of one key press build on each other, not on what was drawn last.
  const latest = useRef(script);
  latest.current = script;
  const edit = useCallback(
    (change: ScriptEdit, group?: string) => {
      const next = editScript(latest.current, change);
      if (next === latest.current) return;
      latest.current = next;
      onChange(next as unknown as Unfinished, group);
    },
    [onChange],
  );
  const byStep = useMemo(() => {
    const map = new Map<string, Finding[]>();
    for (const finding of findings) if (finding.step !== undefined) map.set(finding.step, [...(map.get(finding.step) ?? []), finding]);
    return map;
  }, [findings]);
  const select = useCallback((next: Selection) => {
    setPicked(next);
    setTab('step');
  }, []);
  const cueOf = useCallback(
    (id: string) => {
      const found = script.steps.find((one) => one.id === id);
      return found === undefined ? id : textIn(found.cue, language, base) || localize(found.cue, base) || id;
    },
    [script, language, base],
  );
  const editing = useMemo<ScriptEditing>(() => ({ script, edit, findings, byStep, known, language, base, selection, select, cueOf }), [script, edit, findings, byStep, known, language, base, selection, select, cueOf]);
  const form = useRef<HTMLDivElement>(null);
  /** To the words of what is selected: those of an answer, else the cue. */
  const toForm = (): void => {
    setTab('step');
    requestAnimationFrame(() => (form.current?.querySelector<HTMLElement>('[data-picked] input') ?? cue.current)?.focus());
  };
  const jump = (finding: Finding): void => {
    if (finding.step !== undefined) {
      const at = finding.answer === undefined ? -1 : (script.steps.find((one) => one.id === finding.step)?.answers?.findIndex((answer) => answer.id === finding.answer) ?? -1);
      select({ step: finding.step, ...(at < 0 ? {} : { way: { kind: 'answer', at } }) });
      toForm();
    } else if (finding.field === undefined) setTab('script');
    else {
      setTab('fields');
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`#field-${CSS.escape(finding.field ?? '')} input`)?.focus());
    }
  };
  const addStep = (): void => {
    const fresh = newStep(script);
    edit({ type: 'add-step', step: fresh, after: selection.step, from: { id: selection.step, way: 'open' } });
    select({ step: fresh.id });
    toForm();
  };
  return (
    <ScriptContext value={editing}>
      <div className={css['editor']}>
        <div className={css['toolbar']} role="toolbar" aria-label={t('edit.script.tools')}>
          <Button size="sm" icon={<IconBinaryTree />} pressed={view === 'graph'} onClick={() => setView('graph')}>
            {t('edit.graph')}
          </Button>
          <Button size="sm" icon={<IconList />} pressed={view === 'outline'} onClick={() => setView('outline')}>
            {t('edit.outline')}
          </Button>
          <Button size="sm" icon={<IconPlus />} onClick={addStep}>
            {t('edit.step.add')}
          </Button>
          <LanguagePicker value={language} onValueChange={setLanguage} base={base} texts={[script.title, script.description, ...script.steps.flatMap((one) => [one.cue, one.say])]} />
          <span className={css['count']}>{t('edit.script.count', { steps: script.steps.length })}</span>
        </div>
        <div className={css['split']}>
          <SplitPanes
            handleLabel={() => t('edit.script.divider')}
            panes={[
              {
                id: 'script', size: 58, min: 25,
                content: view === 'outline' ? <ScriptOutline onEdit={toForm} /> : <div className={css['outline']}><Suspense fallback={<Skeleton lines={6} label={t('common.loading')} />}><ScriptGraph /></Suspense><p className={css['keys']}>{t('edit.graph.hint')}</p></div>,
              },
              {
                id: 'form', size: 42, min: 25,
                content: (
                  <div className={css['side']}>
                    <Tabs
                      label={t('edit.script.parts')}
                      fill
                      value={tab}
                      onChange={setTab}
                      tabs={[
                        { id: 'step', label: t('edit.tab.step'), panel: <div ref={form} className={css['panel']}>{step === undefined ? null : <StepForm key={step.id} step={step} cueRef={cueRef} />}</div> },
                        { id: 'fields', label: t('edit.tab.fields'), count: String(script.fields?.length ?? 0), panel: <div className={css['panel']}><FieldsForm /></div> },
                        { id: 'script', label: t('edit.tab.script'), panel: <div className={css['panel']}><ScriptHead {...editor} /></div> },
                        { id: 'findings', label: t('edit.tab.findings'), count: String(findings.length), panel: <div className={css['panel']}><FindingList onJump={jump} /></div> },
                      ]}
                    />
                  </div>
                ),
              },
            ]}
          />
        </div>
      </div>
    </ScriptContext>
  );
}
