import { appContract } from './app.ts';
import { authoringContract } from './authoring.ts';
import { callsContract } from './calls.ts';
import { countsContract } from './counts.ts';
import { deliveryContract } from './delivery.ts';
import type { RouteNames } from './define.ts';
import { followUpsContract } from './follow-ups.ts';
import { guidanceContract } from './guidance.ts';
import { keysContract } from './keys.ts';
import { knowledgeContract } from './knowledge.ts';
import { localContract } from './local.ts';
import { newsContract } from './news.ts';
import { practiseContract } from './practise.ts';
import { searchContract } from './search.ts';
import { wellbeingContract } from './wellbeing.ts';
import { suggestContract } from './suggest.ts';
import { telephonyContract } from './telephony.ts';
import { transferContract } from './transfer.ts';

/** Every route of the app. One place drives the router, the handler tables and the client. */
export const contract = { ...appContract, ...authoringContract, ...callsContract, ...countsContract, ...followUpsContract, ...guidanceContract, ...keysContract, ...knowledgeContract, ...localContract, ...newsContract, ...deliveryContract, ...practiseContract, ...searchContract, ...suggestContract, ...telephonyContract, ...transferContract, ...wellbeingContract } as const;

export type AppContract = typeof contract;
export type RouteName = RouteNames<AppContract>;
