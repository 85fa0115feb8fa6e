import type { CallsService } from '#main/features/calls/index.ts';
import type { CareService, createPreferencesService } from '#main/features/prompts/index.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { EventPayload } from '#shared/ipc/events.ts';

type GuidanceRoutes = Extract<keyof Handlers<AppContract, 'records'>, `guidance.${string}`>;

export type GuidanceParts = {
  calls: Pick<CallsService, 'recordIncident' | 'recordEvent'>;
  care: CareService;
  preferences: ReturnType<typeof createPreferencesService>;
  offerRecovery: (offer: EventPayload<'recovery.offered'>) => void;
};

/** Routes beside the script and the words: consent, incidents, the agent's own words. */
export function createGuidanceHandlers({ calls, care, preferences, offerRecovery }: GuidanceParts): Pick<Handlers<AppContract, 'records'>, GuidanceRoutes> {
  return {
    'guidance.care': ({ callId }) => care.care(callId),
    'guidance.consent': ({ callId, given }, { id }) => care.consent(id, callId, given),
    'guidance.sensitive-note': ({ callId, text }, { id }) => care.sensitiveNote(id, callId, text),
    'guidance.incident': ({ recovery, ...incident }, { id }) => {
      const recorded = calls.recordIncident(id, incident);
      // The rules grant a pause after abuse, whoever put the receiver down.
      if (incident.callId !== undefined) offerRecovery({ callId: incident.callId, size: recovery });
      return recorded;
    },
    'guidance.preferences': () => preferences.preferences(),
    'guidance.save-preferences': (input, { id }) => {
      preferences.savePreferences(id, input);
      return {};
    },
  };
}
