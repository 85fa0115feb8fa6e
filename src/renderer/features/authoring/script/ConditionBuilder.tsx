import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT, type MessageKey } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { SegmentedField } from '#renderer/ui/SegmentedField.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import { COMPARISONS, conditionOf, ruleOf, typedValue, valuesOf, type Comparison, type Condition, type Test } from '#shared/domain/authoring/condition.ts';
import type { Rule } from '#shared/domain/scripts/schema.ts';
import { ListField } from '../forms/ListField.tsx';
import { CALL_FACTS, conditionWords, pathWords } from './condition-words.ts';
import { useScript } from './script-context.ts';
import css from './script.module.css';

/** A condition as a few comparisons, with the sentence it makes. */
export function ConditionBuilder({ rule, onChange, label }: { rule: Rule; onChange: (rule: Rule) => void; label: string }): ReactNode {
  const t = useT();
  const { script, language } = useScript();
  const condition = conditionOf(rule);
  if (condition === undefined) {
    return (
      <div className={css['condition']} role="group" aria-label={label}>
        <p className={css['sentence']}>{t('edit.condition.rich')}</p>
        <code className={css['raw']}>{JSON.stringify(rule)}</code>
        <div>
          <Button size="sm" onClick={() => onChange(ruleOf({ join: 'all', tests: [firstTest(script.fields?.[0]?.id)] }))}>
            {t('edit.condition.replace')}
          </Button>
        </div>
      </div>
    );
  }
  const put = (next: Condition): void => onChange(ruleOf(next));
  const { tests, join } = condition;
  return (
    <div className={css['condition']} role="group" aria-label={label}>
      {tests.length < 2 ? null : (
        <SegmentedField label={t('edit.condition.join')} hideLabel value={join} onValueChange={(next) => put({ ...condition, join: next === 'any' ? 'any' : 'all' })} options={[{ value: 'all', label: t('edit.condition.all') }, { value: 'any', label: t('edit.condition.any') }]} />
      )}
      {tests.map((test, at) => (
        <TestRow key={at} test={test} number={at + 1} onChange={(next) => put({ ...condition, tests: tests.with(at, next) })} {...(tests.length < 2 ? {} : { onRemove: () => put({ ...condition, tests: tests.toSpliced(at, 1) }) })} />
      ))}
      <div className={css['conditionFoot']}>
        <Button size="sm" variant="quiet" icon={<IconPlus />} onClick={() => put({ ...condition, tests: [...tests, firstTest(script.fields?.[0]?.id)] })}>
          {t('edit.condition.add')}
        </Button>
        <p className={css['sentence']}>{conditionWords(rule, script, language, t)}</p>
      </div>
    </div>
  );
}

/** A comparison to begin with: the first field there is, or the queue. */
export function firstTest(field: string | undefined): Test {
  return field === undefined ? { path: 'call.queue', is: 'is', values: [''] } : { path: `fields.${field}`, is: 'filled', values: [] };
}

function TestRow({ test, number, onChange, onRemove }: { test: Test; number: number; onChange: (test: Test) => void; onRemove?: () => void }): ReactNode {
  const t = useT();
  const { script, language } = useScript();
  const field = script.fields?.find(({ id }) => `fields.${id}` === test.path);
  const paths = [...(script.fields ?? []).map(({ id }) => `fields.${id}`), ...CALL_FACTS.map((fact) => `call.${fact}`)];
  const options = (paths.includes(test.path) ? paths : [test.path, ...paths]).map((path) => ({ value: path, label: pathWords(path, script, language, t) }));
  const compare = (is: Comparison): void => onChange({ ...test, is, values: valuesOf(is) === 'none' ? [] : test.values.length === 0 ? [field?.type === 'yes-no' ? true : ''] : valuesOf(is) === 'one' ? test.values.slice(0, 1) : test.values });
  return (
    <div className={css['test']} role="group" aria-label={t('edit.condition.test', { number })}>
      <SelectField label={t('edit.condition.what')} hideLabel value={test.path} onValueChange={(path) => onChange({ ...test, path })} options={options} searchable />
      <SelectField label={t('edit.condition.how')} hideLabel value={test.is} onValueChange={(is) => compare(is as Comparison)} options={COMPARISONS.map((is) => ({ value: is, label: t(`edit.test.${is}` as MessageKey) }))} />
      <TestValue test={test} type={field?.type} choices={field?.choices?.map(({ value }) => value)} onChange={onChange} />
      {onRemove === undefined ? null : <IconButton label={t('edit.condition.remove', { number })} icon={<IconTrash />} onClick={onRemove} />}
    </div>
  );
}

function TestValue({ test, type, choices, onChange }: { test: Test; type: string | undefined; choices: string[] | undefined; onChange: (test: Test) => void }): ReactNode {
  const t = useT();
  const takes = valuesOf(test.is);
  const label = t('edit.condition.value');
  if (takes === 'none') return null;
  if (takes === 'several') return <ListField label={label} value={test.values.map(String)} onValueChange={(next) => onChange({ ...test, values: next.length === 0 ? [''] : next.map((one) => typedValue(one, type)) })} />;
  const value = test.values[0] ?? '';
  if (type === 'yes-no') return <SelectField label={label} hideLabel value={String(value)} onValueChange={(next) => onChange({ ...test, values: [next === 'true'] })} options={[{ value: 'true', label: t('edit.yes') }, { value: 'false', label: t('edit.no') }]} />;
  if (type === 'choice' && choices !== undefined) return <SelectField label={label} hideLabel value={String(value)} onValueChange={(next) => onChange({ ...test, values: [next] })} options={choices.map((one) => ({ value: one, label: one }))} />;
  return <TextField label={label} hideLabel value={String(value)} onValueChange={(next) => onChange({ ...test, values: [typedValue(next, type)] })} placeholder={label} />;
}
