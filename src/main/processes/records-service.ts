import { randomUUID } from 'node:crypto';
import { createCheckpointer } from '#main/db/checkpointer.ts';
import { createEraser } from '#main/db/erase.ts';
import { createLedger } from '#main/db/ledger.ts';
import { keepForLater, keyFits } from '#main/db/keep-for-later.ts';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openRecords } from '#main/db/open-records.ts';
import { callRestorers, createCallsService } from '#main/features/calls/index.ts';
import { createFollowUpsService, followUpRestorer } from '#main/features/follow-ups/index.ts';
import { createCare, createPreferencesService, preferencesRestorer, SENSITIVE_DAYS } from '#main/features/prompts/index.ts';
import { createPlannerStore, createWellbeingService, wellbeingRestorers } from '#main/features/wellbeing/index.ts';
import { createNewsService, newsRestorers } from '#main/features/news/index.ts';
import { createPractiseService, practiseRestorer } from '#main/features/practise/index.ts';
import { systemClock } from '#main/lib/clock.ts';
import { createLiveRules } from '#main/lib/live-rules.ts';
import type { EventPayload } from '#shared/ipc/events.ts';
import { answerFrom } from './answer.ts';
import { createCallsHandlers } from './calls-handlers.ts';
import { createFollowUpsHandlers } from './follow-ups-handlers.ts';
import { createGuidanceHandlers } from './guidance-handlers.ts';
import { createNewsHandlers, createUpdaterHandlers } from './news-handlers.ts';
import { createPractiseHandlers } from './practise-handlers.ts';
import { internalContract, type InternalContract } from './internal-contract.ts';
import type { ProcessConfig } from './protocol.ts';
import type { Service, ServeTools } from './serve.ts';
import { createExampleStore, suggestRestorer } from './suggest-examples.ts';
import { createSuggestHandlers } from './suggest-handlers.ts';
import { createSuggestService, SUGGEST_KNOWLEDGE, type SuggestKnowledge } from './suggest-service.ts';
import { createPlannerHandlers, createWellbeingHandlers } from './wellbeing-handlers.ts';
import { eraseWellbeing } from './wellbeing-erase.ts';

/** Calls suggestions learn from: the newest ones; older ones are forgotten. */
const EXAMPLES_KEPT = 3_000;
/** Between two steps of building the suggestions; what waits (a note) goes first (ms). */
const SUGGEST_PAUSE_MS = 15;
/** No such step within this time of a saved note (ms): notes are saved at least this often while typing goes on. */
const NOTE_QUIET_MS = 1_600;
/** Housekeeping waits until the first picture is long painted, then runs once an hour (ms). */
const FIRST_CARE_MS = 60_000;
/** How often the program says that it is there, so that a crash can be told from a night (ms). */
const ALIVE_EVERY_MS = 10_000;
const CARE_EVERY_MS = 3_600_000;

/** Opens records.db with its journal, whatever state they are in, and answers every records route. */
export function openRecordsService(config: ProcessConfig, tools: ServeTools): Service {
  const log = {
    info: (message: string, details?: Readonly<Record<string, unknown>>) => tools.log('info', message, details),
    warn: (message: string, details?: Readonly<Record<string, unknown>>) => tools.log('warn', message, details),
    error: (message: string, details?: Readonly<Record<string, unknown>>) => tools.log('error', message, details),
  };
  const restorers = [...callRestorers, ...newsRestorers, followUpRestorer, preferencesRestorer, suggestRestorer, practiseRestorer, ...wellbeingRestorers];
  const records = openRecords({
    dir: config.dataDir,
    key: config.key === undefined ? undefined : Buffer.from(config.key, 'base64'),
    clock: systemClock,
    log,
    migrations: recordsMigrations,
    restorers,
    ...(config.fallbackDir === undefined ? {} : { fallbackDir: config.fallbackDir }),
    restarted: config.restarted === true,
  });
  const { db, journal } = records;
  const ledger = createLedger({ db, journal, clock: systemClock });
  const checkpointer = createCheckpointer(db);
  ledger.onCommit((deleted) => checkpointer.committed(deleted));
  const { rules, masking, set: setRules } = createLiveRules(config.rules);
  const followUps = createFollowUpsService({ db, ledger, clock: systemClock, masking });
  const calls = createCallsService({ db, journal, clock: systemClock, ledger, policy: rules, restorers, hasFollowUp: followUps.hasFor, newestBackupAt: () => records.backups.list()[0]?.at });
  // Calls left open by a program that was gone for long end there: no night counts as talk time.
  calls.recover(randomUUID(), records.lastAliveAt);
  calls.arrive(randomUUID(), records.lastAliveAt);
  records.alive();
  const pulse = setInterval(() => records.alive(), ALIVE_EVERY_MS);
  const eraser = createEraser({ records, ledger, restorers });
  const guidance = { calls, care: createCare({ db, calls, newId: randomUUID }), preferences: createPreferencesService({ db, ledger, masking }), offerRecovery: (offer: EventPayload<'recovery.offered'>) => tools.publish('recovery.offered', offer) };
  let lastNoteAt = Number.NEGATIVE_INFINITY;
  // One step of building suggestions can take longer than a note may wait: none is begun while somebody types.
  const whenQuiet = (run: () => void): void => {
    const attempt = (): void => {
      if (performance.now() - lastNoteAt < NOTE_QUIET_MS) setTimeout(attempt, NOTE_QUIET_MS);
      else run();
    };
    setTimeout(attempt, SUGGEST_PAUSE_MS);
  };
  const suggest = createSuggestService({ store: createExampleStore({ db, ledger, keep: EXAMPLES_KEPT }), erase: eraser.erase, defer: whenQuiet });
  const plannerStore = createPlannerStore({ db, ledger, touched: () => checkpointer.committed(false), masking });
  const wellbeing = createWellbeingService({ db, ledger, clock: systemClock, planner: plannerStore, masking });
  const planner = createPlannerHandlers({ store: plannerStore, calls });
  const forgetBreaks = (): void => tools.publish('breaks.erased', {});
  const news = createNewsService({ db, ledger, newId: randomUUID });
  const newsChanged = (): void => tools.publish('news.changed', {});
  const updater = createUpdaterHandlers(news, newsChanged);
  const publish = (callId: string): void => tools.publish('calls.changed', { callId });

  const care = (): void => {
    // Never in a call: the next hour comes.
    if (calls.openCalls().length > 0) return;
    const problems = records.verify();
    if (problems.length > 0) log.error('the records failed their check; they are repaired at the next start', { problems: problems.length });
    else if (records.backups.isDue()) records.backups.make();
    const now = systemClock.now();
    guidance.care.purge(now);
    followUps.forgetSensitive(randomUUID, now, SENSITIVE_DAYS);
    followUps.purge(randomUUID(), now, rules.retentionDays);
    calls.purge(randomUUID(), now);
    for (const { file } of records.backups.list()) records.backups.rewrite(calls.scrub(now), [file]);
  };
  const first = setTimeout(care, FIRST_CARE_MS);
  const hourly = setInterval(care, CARE_EVERY_MS);

  const handle = answerFrom<'records'>({
    ...createCallsHandlers(calls, publish),
    ...createGuidanceHandlers(guidance),
    ...createSuggestHandlers(suggest),
    ...createNewsHandlers(news, newsChanged),
    ...createPractiseHandlers(createPractiseService({ db, ledger, masking })),
    ...createFollowUpsHandlers(followUps, () => tools.publish('follow-ups.changed', {})),
    ...createWellbeingHandlers(wellbeing, (id) => eraseWellbeing({ db, eraser, commandId: id, erased: forgetBreaks })),
    'calls.export': ({ format }) => {
      const { name, text } = calls.exportOwn(format);
      return { name, text };
    },
    'calls.erase': (input, { id }) => {
      const report = 'everything' in input ? eraser.eraseAll(id) : eraser.erase(id, [{ kind: 'call', id: input.callId }, ...followUps.ofCall(input.callId).map((one) => ({ kind: 'follow-up', id: one.id }))]);
      publish('callId' in input ? input.callId : 'all');
      tools.publish('follow-ups.changed', {});
      suggest.rebuild();
      if ('everything' in input) forgetBreaks();
      return report;
    },
    'records.state': () => ({ state: records.state, messages: records.messages.map(({ severity, text }) => ({ severity, text })) }),
  });
  const answerInternal = answerFrom<'records', InternalContract>({
    'records.unlock': ({ key }) => {
      const bytes = Buffer.from(key, 'base64');
      const fits = keyFits(records, bytes);
      return { fits, kept: fits ? keepForLater(records, restorers, bytes, systemClock) : 0 };
    },
    'records.rules': (next) => {
      setRules(next);
      return {};
    },
  });
  return {
    handle: (route, input, context) => {
      if (route === 'calls.save-note') lastNoteAt = performance.now();
      const planned = planner(route, input, context.id) ?? updater(route, input, context.id);
      if (planned !== undefined) return planned.answer;
      if (Object.hasOwn(internalContract, route)) return answerInternal(route, input, context);
      if (route !== SUGGEST_KNOWLEDGE) return handle(route, input, context);
      // Sent by the main process, which read it from the knowledge process; no page can call it.
      suggest.setKnowledge(input as SuggestKnowledge);
      return {};
    },
    close: () => {
      try {
        calls.setPresence(randomUUID(), { state: 'offline' });
      } catch {
        // a disk that takes nothing: the next start sees when this run was last alive
      }
      clearTimeout(first);
      clearInterval(hourly);
      clearInterval(pulse);
      checkpointer.close();
      records.close();
    },
  };
}
