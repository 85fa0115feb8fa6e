import type { en } from './en.ts';
import { call } from './de/call.ts';
import { channels } from './de/channels.ts';
import { cli } from './de/cli.ts';
import { guidance } from './de/guidance.ts';
import { keys } from './de/keys.ts';
import { lint } from './de/lint.ts';
import { news } from './de/news.ts';
import { packs } from './de/packs.ts';
import { practise } from './de/practise.ts';
import { scripts } from './de/scripts.ts';
import { products } from './de/products.ts';
import { recordForms } from './de/record-forms.ts';
import { scriptEditor } from './de/script-editor.ts';
import { policy } from './de/policy.ts';
import { scriptImport } from './de/script-import.ts';
import { search } from './de/search.ts';
import { settings } from './de/settings.ts';
import { shell } from './de/shell.ts';
import { summary } from './de/summary.ts';
import { telephony } from './de/telephony.ts';
import { trust } from './de/trust.ts';
import { transfer } from './de/transfer.ts';
import { wellbeing } from './de/wellbeing.ts';
import { workshop } from './de/workshop.ts';
import { wrapUp } from './de/wrap-up.ts';

/** German. Each area knows the keys of its English one; a key that is missing shows English. */
export const de: Partial<Record<keyof typeof en, string>> = { ...settings, ...policy, ...shell, ...wrapUp, ...summary, ...call, ...cli, ...guidance, ...packs, ...practise, ...keys, ...search, ...scriptEditor, ...recordForms, ...products, ...telephony, ...transfer, ...trust, ...scriptImport, ...wellbeing, ...scripts, ...lint, ...channels, ...news, ...workshop };
