import type { CallsService } from '#main/features/calls/index.ts';
import type { CallView as StoredCall } from '#shared/domain/calls/schema.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import { guidanceSchema, type CallView, type Guidance } from '#shared/ipc/calls.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import { CallsideError } from '#shared/ipc/errors.ts';

/** Export and erase concern more than calls and are answered beside them. */
type CallRoutes = Exclude<Extract<keyof Handlers<AppContract, 'records'>, `calls.${string}`>, 'calls.export' | 'calls.erase'>;

const NO_GUIDANCE: Guidance = { script: [], prompts: [] };

/** Routes over calls: each passes the parsed input on and turns what is stored into what a screen needs. */
export function createCallsHandlers(service: CallsService, changed: (callId: string) => void): Pick<Handlers<AppContract, 'records'>, CallRoutes> {
  const view = (stored: StoredCall): CallView => toView(stored, service);
  const read = (callId: string): CallView => {
    const stored = service.get(callId);
    if (stored === undefined) throw new CallsideError('not-found', 'This call is not in the records any more.');
    return view(stored);
  };
  const told = (callId: string): { call: CallView } => {
    changed(callId);
    return { call: read(callId) };
  };

  return {
    'calls.open': () => service.openCalls().map(view),
    'calls.get': ({ callId }) => {
      const stored = service.get(callId);
      return stored === undefined ? {} : { call: view(stored) };
    },
    'calls.start': (input, { id }) => {
      const started = service.start(id, input);
      return { ...told(started.id), created: started.created };
    },
    'calls.event': ({ callId, event }, { id }) => {
      const applied = service.apply(id, callId, event);
      if (!applied.ok) throw new CallsideError('refused', applied.reason);
      return told(callId);
    },
    'calls.save-note': (input, { id }) => {
      const { masked: _count, shown, held, ...saved } = service.saveNote(id, input);
      return { ...saved, ...(held ? { held } : {}), ...(shown === undefined ? {} : { masked: shown }) };
    },
    'calls.note-versions': ({ callId, upTo }) => ({ texts: newestVersions(service.noteVersions(callId).filter((version) => version.seq <= upTo)) }),
    'calls.save-guidance': ({ callId, guidance }, { id }) => {
      const before = guidanceOf(service.get(callId)?.scriptState);
      service.setScriptState(id, callId, { ...before, ...optional(guidance) });
      return {};
    },
    'calls.describe': ({ callId, ...details }, { id }) => {
      service.describe(id, { callId, ...details });
      return told(callId);
    },
    'calls.wrap-up': (input, { id }) => {
      const result = service.wrapUp(id, input);
      if (input.close) changed(input.callId);
      if (result.ok) return { ok: true };
      return { ok: false, missing: result.missing, ...('reason' in result ? { reason: result.reason } : {}) };
    },
    'calls.history': (query) => service.history(query),
    'calls.day': ({ from, to }) => service.metricsForDay(from, to),
  };
}

/** What was stored; anything unreadable counts as nothing walked, so that a call always opens. */
function guidanceOf(stored: unknown): Guidance {
  const parsed = guidanceSchema.safeParse(stored);
  return parsed.success ? parsed.data : NO_GUIDANCE;
}

/** Characters of earlier states sent at most: far more than anyone takes back, and no burden on the window. */
const VERSIONS_CHARS = 1_000_000;

/** As many of the newest as fit, oldest first. */
function newestVersions(versions: readonly { text: string }[]): string[] {
  let chars = 0;
  const fitting = versions.toReversed().filter(({ text }) => (chars += text.length) <= VERSIONS_CHARS);
  return fitting.map(({ text }) => text).toReversed();
}

function toView(stored: StoredCall, service: CallsService): CallView {
  const { machine, number, name, queue, dialled, disposition, linkedCall } = stored;
  return {
    id: stored.id,
    state: machine.state,
    direction: machine.direction,
    startedAt: stored.startedAt,
    stateSince: machine.since,
    durations: stored.durations,
    note: stored.note,
    summary: stored.summary,
    guidance: guidanceOf(stored.scriptState),
    waiting: machine.waiting,
    earlier: service.earlierOf({ id: stored.id, number, linkedCall }),
    ...optional({ complaint: machine.state === 'wrap-up' ? service.complaint(stored.id) : undefined, number, name, queue, dialled, disposition, linkedCall, consulting: machine.consulting, transferredTo: machine.transferredTo, transferredFrom: machine.transferredFrom }),
  };
}

function optional<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
