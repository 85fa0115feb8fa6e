import type { MessageValue } from '../../messages/translator.ts';
import { shortKeyId } from './keys.ts';
import type { PackRefusal, RefusalReason } from './refusal.ts';

type Say = (key: `packs.refused.${RefusalReason}`, values?: Readonly<Record<string, MessageValue>>) => string;

/** Why a release was not taken and what to do, in the words of the language in use. */
export function refusalText(say: Say, { reason, ...values }: PackRefusal): string {
  const signer = 'signer' in values ? { signer: shortKeyId(values.signer) } : {};
  return say(`packs.refused.${reason}`, { ...values, ...signer });
}
