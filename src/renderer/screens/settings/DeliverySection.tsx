import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useDesk } from '#renderer/desk.tsx';
import { useT } from '#renderer/messages/messages.tsx';
import { CheckField } from '#renderer/ui/CheckField.tsx';
import { NumberField } from '#renderer/ui/NumberField.tsx';
import css from './Settings.module.css';
import { useLocks } from './PolicySection.tsx';

const KB = 1_000;

/** What a slow or costly line may be used for. Only where a channel comes over one. */
export function DeliverySection(): ReactNode {
  const t = useT();
  const { settings, channels } = useDesk();
  const { delivery } = useStore(settings);
  const state = useStore(channels);
  const lock = useLocks();
  if (state.kind === 'loading' || !state.channels.some(({ kind }) => kind === 'nats')) return null;
  const limit = lock('delivery.bytesPerSecond');
  const asks = lock('delivery.waitUntilAsked');
  const update = (patch: Partial<typeof delivery>): void => void settings.actions.update({ delivery: { ...delivery, ...patch } });
  return (
    <section className={css['delivery']} aria-label={t('channels.delivery')}>
      <h3 className={css['heading']}>{t('channels.delivery')}</h3>
      <NumberField
        label={t('channels.delivery.limit')}
        hint={limit ?? t('channels.delivery.limit.hint')}
        value={delivery.bytesPerSecond === null ? null : Math.round(delivery.bytesPerSecond / KB)}
        min={1}
        max={1_000_000}
        disabled={limit !== undefined}
        onValueChange={(value) => update({ bytesPerSecond: value === null || value < 1 ? null : value * KB })}
      />
      <CheckField label={t('channels.delivery.ask')} hint={asks ?? t('channels.delivery.ask.hint')} value={delivery.waitUntilAsked} disabled={asks !== undefined} onValueChange={(waitUntilAsked) => update({ waitUntilAsked })} />
    </section>
  );
}
