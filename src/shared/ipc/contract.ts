import { appContract } from './app.ts';
import { callsContract } from './calls.ts';
import type { RouteNames } from './define.ts';
import { followUpsContract } from './follow-ups.ts';
import { knowledgeContract } from './knowledge.ts';
import { searchContract } from './search.ts';

/** Every route of the app. One place drives the router, the handler tables and the client. */
export const contract = { ...appContract, ...callsContract, ...followUpsContract, ...knowledgeContract, ...searchContract } as const;

export type AppContract = typeof contract;
export type RouteName = RouteNames<AppContract>;
