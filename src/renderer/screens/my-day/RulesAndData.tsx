import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useDayWords } from '#renderer/messages/day-words.ts';
import { useT } from '#renderer/messages/messages.tsx';
import { Button } from '#renderer/ui/Button.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { Chip } from '#renderer/ui/Chip.tsx';
import { ConfirmDialog } from '#renderer/ui/ConfirmDialog.tsx';
import { DayField } from '#renderer/ui/DayField.tsx';
import { useToast } from '#renderer/ui/Toasts.tsx';
import { BREAK_PRESETS } from '#shared/domain/wellbeing/presets.ts';
import css from './MyDay.module.css';
import { presetKey } from './preset-names.ts';
import { spanOf, useNow } from './use-history.ts';

/** Which rules apply and where they come from; and the agent's own data: out by their own hand, or gone. */
export function RulesAndData(): ReactNode {
  const t = useT();
  const { client, settings } = useDesk();
  const toast = useToast();
  const now = useStore(settings);
  /** Only https pages are opened from here; the address of another goes to the clipboard. */
  const openSource = (address: string): void =>
    void client.call('app.open-external', { address }).catch(() =>
      client.call('app.copy', { text: address }).then(
        () => toast({ tone: 'info', title: t('common.copied'), detail: address }),
        () => undefined,
      ),
    );
  return (
    <div className={css['wins']}>
      <section className={css['block']} aria-label={t('settings.breaks-preset')}>
        <h3 className={css['heading']}>{t('settings.breaks-preset')}</h3>
        <ul className={css['presets']}>
          {BREAK_PRESETS.map(({ id, sources }) => (
            <li key={id} className={css['preset']}>
              <div className={css['presetHead']}>
                <h4 className={css['presetName']}>{t(presetKey(id))}</h4>
                {id === now.breaks.minimum ? <Chip>{t('my-day.preset-minimum')}</Chip> : null}
                {id === now.breaks.preset ? (
                  <Chip tone="ok">{t('my-day.preset-now')}</Chip>
                ) : (
                  <Button size="sm" variant="quiet" aria-label={`${t('my-day.preset-use')}: ${t(presetKey(id))}`} onClick={() => void settings.actions.update({ breaks: { preset: id } })}>
                    {t('my-day.preset-use')}
                  </Button>
                )}
              </div>
              <p className={css['text']}>{t(presetKey(id, 'lead'))}</p>
              <ul className={css['sources']} aria-label={t('my-day.sources')}>
                {sources.map(({ id: source, url }) => (
                  <li key={url}>
                    <button type="button" className={css['link']} title={url} onClick={() => openSource(url)}>
                      {t(`my-day.source.${source}`)}
                    </button>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
      <OwnData />
    </div>
  );
}

function OwnData(): ReactNode {
  const t = useT();
  const days = useDayWords();
  const toast = useToast();
  const { client, settings, breaks } = useDesk();
  const { agentName } = useStore(settings);
  const moment = useNow();
  const week = spanOf(7, 0, moment);
  const [from, setFrom] = useState(week.days[0] ?? '');
  const [to, setTo] = useState(week.days.at(-1) ?? '');
  const [recovery, setRecovery] = useState(false);
  const [asking, setAsking] = useState(false);
  const failed = (): void => toast({ tone: 'error', title: t('common.failed') });
  const save = async ({ name, text }: { name: string; text: string }): Promise<void> => {
    const { saved } = await client.call('app.save-file', { name, text });
    if (saved) toast({ tone: 'ok', title: t('my-day.saved'), stayMs: 2_500 });
  };
  const erase = async (): Promise<void> => {
    setAsking(false);
    const report = await client.call('wellbeing.erase', {});
    toast({ tone: report.complete ? 'ok' : 'warn', title: t('my-day.erased', { files: report.files.length }) });
    await breaks.actions.load();
  };
  const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
  return (
    <section className={css['block']} aria-label={t('my-day.data')}>
      <h3 className={css['heading']}>{t('my-day.data')}</h3>
      <p className={css['hint']}>{t('my-day.private')}</p>
      <div className={css['tools']}>
        <Button size="sm" onClick={() => void client.call('wellbeing.export', { format: 'csv' }).then(save).catch(failed)}>
          {t('my-day.export-csv')}
        </Button>
        <Button size="sm" onClick={() => void client.call('wellbeing.export', { format: 'json' }).then(save).catch(failed)}>
          {t('my-day.export-json')}
        </Button>
        <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
          {t('my-day.erase')}
        </Button>
      </div>
      <h4 className={css['presetName']}>{t('my-day.statement')}</h4>
      <p className={css['text']}>{t('my-day.statement-lead')}</p>
      <div className={css['dates']}>
        <DayField label={t('my-day.statement-from')} value={from} onValueChange={setFrom} words={days} />
        <DayField label={t('my-day.statement-to')} value={to} onValueChange={setTo} words={days} />
      </div>
      <CheckField label={t('my-day.statement-recovery')} value={recovery} onValueChange={setRecovery} />
      <div>
        <Button size="sm" disabled={!isDay(from) || !isDay(to)} onClick={() => void client.call('wellbeing.statement', { fromDay: from, toDay: to, name: agentName, recovery }).then(save).catch(failed)}>
          {t('my-day.statement-save')}
        </Button>
      </div>
      <ConfirmDialog open={asking} onClose={() => setAsking(false)} onConfirm={() => void erase().catch(failed)} title={t('my-day.erase')} words={{ close: t('common.close'), cancel: t('common.cancel'), confirm: t('common.delete') }}>
        {t('my-day.erase-sure')}
      </ConfirmDialog>
    </section>
  );
}
