import { IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { IconButton } from '#renderer/ui/IconButton.tsx';
import { SelectField } from '#renderer/ui/SelectField.tsx';
import { TextField } from '#renderer/ui/TextField.tsx';
import type { ScriptRoute } from '#shared/domain/telephony/settings.ts';
import css from './Telephony.module.css';

export type ScriptRoutesProps = { routes: readonly ScriptRoute[]; /** Scripts on this desk, by title. */ scripts: readonly { id: string; title: string }[]; onChange: (routes: ScriptRoute[]) => void };

/** Which script opens by itself for a queue or for a number of the house. */
export function ScriptRoutes({ routes, scripts, onChange }: ScriptRoutesProps): ReactNode {
  const t = useT();
  const [match, setMatch] = useState('');
  const [script, setScript] = useState('');
  const options = scripts.map(({ id, title }) => ({ value: id, label: title }));
  const ready = match.trim() !== '' && scripts.some(({ id }) => id === script);
  return (
    <section className={css['section']} aria-label={t('telephony.routes')}>
      <h3>{t('telephony.routes')}</h3>
      <p className={css['hint']}>{t('telephony.routes.hint')}</p>
      {routes.map((route) => (
        <div key={route.match} className={css['row']}>
          <SelectField
            label={route.match}
            value={route.script}
            searchable
            options={options.some(({ value }) => value === route.script) ? options : [{ value: route.script, label: t('telephony.routes.gone', { id: route.script }) }, ...options]}
            onValueChange={(next) => onChange(routes.map((one) => (one.match === route.match ? { ...one, script: next } : one)))}
          />
          <IconButton label={t('telephony.routes.remove', { match: route.match })} icon={<IconTrash />} onClick={() => onChange(routes.filter((one) => one.match !== route.match))} />
        </div>
      ))}
      <form
        className={css['row']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          onChange([...routes.filter((one) => one.match !== match.trim()), { match: match.trim(), script }]);
          setMatch('');
          setScript('');
        }}
      >
        <TextField label={t('telephony.routes.match')} value={match} maxLength={120} onValueChange={setMatch} />
        <SelectField label={t('telephony.routes.script')} value={script} searchable options={options} onValueChange={setScript} />
        <Button type="submit" size="sm" disabled={!ready}>
          {t('telephony.routes.add')}
        </Button>
      </form>
    </section>
  );
}
