import { LINT_MESSAGES } from '../domain/scripts/lint-messages.ts';
import { SCRIPT_MESSAGES } from '../domain/scripts/messages.ts';
import { call } from './en/call.ts';
import { channels } from './en/channels.ts';
import { cli } from './en/cli.ts';
import { desks } from './en/desks.ts';
import { guidance } from './en/guidance.ts';
import { keys } from './en/keys.ts';
import { news } from './en/news.ts';
import { packs } from './en/packs.ts';
import { practise } from './en/practise.ts';
import { products } from './en/products.ts';
import { recordForms } from './en/record-forms.ts';
import { scriptEditor } from './en/script-editor.ts';
import { policy } from './en/policy.ts';
import { scriptImport } from './en/script-import.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { summary } from './en/summary.ts';
import { telephony } from './en/telephony.ts';
import { trust } from './en/trust.ts';
import { transfer } from './en/transfer.ts';
import { wellbeing } from './en/wellbeing.ts';
import { workshop } from './en/workshop.ts';
import { wrapUp } from './en/wrap-up.ts';

/** English: the language every other one falls back to, so it holds every key. */
export const en = { ...settings, ...policy, ...shell, ...wrapUp, ...summary, ...call, ...cli, ...guidance, ...packs, ...practise, ...keys, ...search, ...scriptEditor, ...recordForms, ...products, ...telephony, ...transfer, ...trust, ...scriptImport, ...wellbeing, ...SCRIPT_MESSAGES, ...LINT_MESSAGES, ...channels, ...desks, ...news, ...workshop } as const;
