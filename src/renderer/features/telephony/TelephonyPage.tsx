import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Client } from '#renderer/ipc/client.ts';
import { useT } from '#renderer/messages/messages.tsx';
import type { Settings, SettingsPatch } from '#shared/domain/settings.ts';
import { AsteriskEntrance, Dialling, HttpEntrance } from './Entrances.tsx';
import { ScriptRoutes } from './ScriptRoutes.tsx';
import { StripSettings } from './StripSettings.tsx';
import css from './Telephony.module.css';
import { createTelephonyStore } from './telephony.store.ts';
import { Templates } from './Templates.tsx';
import { Tester } from './Tester.tsx';

export type TelephonyPageProps = { client: Client; settings: Settings; /** Scripts on this desk, by title. */ scripts: readonly { id: string; title: string }[]; onChange: (patch: SettingsPatch) => void };

/** Telephone set-up: texts to copy into the softphone, the entrances, a tester, the strip. */
export function TelephonyPage({ client, settings, scripts, onChange }: TelephonyPageProps): ReactNode {
  const t = useT();
  const store = useMemo(() => createTelephonyStore(client), [client]);
  const { status, listening, heard } = useStore(store);
  const { load, listen, newToken, setPassword } = store.actions;
  useEffect(() => {
    void load();
    return () => void listen(false).catch(() => undefined);
  }, [load, listen]);
  if (status === undefined) return null;
  const change = (telephony: Settings['telephony']): void => onChange({ telephony });
  return (
    <div className={css['root']}>
      <p className={css['lead']}>{t('telephony.lead')}</p>
      <Templates status={status} port={settings.telephony.http.port} onCopy={(text) => void client.call('app.copy', { text })} />
      <Tester listening={listening} heard={heard} onListen={(on) => void listen(on)} />
      <HttpEntrance settings={settings.telephony} status={status} onChange={change} onNewToken={() => void newToken()} />
      <AsteriskEntrance settings={settings.telephony} status={status} onChange={change} onPassword={(password) => void setPassword(password)} />
      <ScriptRoutes routes={settings.telephony.scripts} scripts={scripts} onChange={(routes) => change({ ...settings.telephony, scripts: routes })} />
      <Dialling settings={settings.telephony} onChange={change} />
      <p className={css['hint']}>
        {t('telephony.links')}: {t(status.links ? 'telephony.links.on' : 'telephony.links.off')}
      </p>
      <StripSettings settings={settings} shortcuts={status.shortcuts} onChange={onChange} />
    </div>
  );
}
