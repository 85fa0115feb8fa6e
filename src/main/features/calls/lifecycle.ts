import { randomUUID } from 'node:crypto';
import { startCall, transition, type CallEffect, type CallEvent, type RefusalReason } from '#shared/domain/calls/machine.ts';
import type { StartCall } from '#shared/domain/calls/schema.ts';
import type { Ledger, Tx } from '../../db/ledger.ts';
import { machineColumns, machineOf, type CallRow } from './call-rows.ts';
import type { CallsRepository, StoredCall } from './calls.repository.ts';
import { readNumber, type ReadNumber } from './phone.ts';
import type { CallsPolicy } from './policy.ts';
import type { WriteContext } from './write-context.ts';

export type Started = { id: string; /** False when this call was known already: a duplicate event. */ created: boolean; waitingBehind?: string };
export type Applied = { ok: true; effects: CallEffect[] } | { ok: false; reason: RefusalReason };
/** What a start found open from before, and since when nobody was there. */
export type Recovered = { callIds: string[] };
export type CallDetails = { callId: string; number?: string | undefined; name?: string | undefined; queue?: string | undefined; dialled?: string | undefined };

/** Commands that begin calls and move them through their states. */
export function createLifecycle(ledger: Ledger, calls: CallsRepository, context: WriteContext, policy: CallsPolicy) {
  const applyTo = (tx: Tx, stored: StoredCall, event: CallEvent): Applied => {
    const result = transition(machineOf(stored), event, tx.at);
    if (!result.ok) return result;
    context.saveCall(tx, stored, machineColumns(result.machine, tx.at));
    calls.addEvent(stored.id, tx.at, event.type, JSON.stringify(event.type === 'second-call' ? {} : withoutType(event)));
    return { ok: true, effects: result.effects };
  };

  /** A call that rings while another is open is shown as waiting on that one. */
  const tellOpenCall = (tx: Tx, newcomer: string, event: 'second-call' | 'second-call-gone'): string | undefined => {
    const front = calls.open().find((row) => row.public_id !== newcomer && (event === 'second-call' || machineOf(row).waiting.includes(newcomer)));
    if (front !== undefined) applyTo(tx, front, { type: event, callId: newcomer });
    return front?.public_id;
  };

  const begin = (tx: Tx, input: StartCall): Started => {
    const known = (input.id === undefined ? undefined : calls.find(input.id)) ?? (input.externalId === undefined ? undefined : calls.findByExternalId(input.externalId));
    if (known !== undefined) return { id: known.public_id, created: false };
    const row = newRow(input, tx.at, policy, context.mask);
    const id = calls.insert(row);
    context.journalCall(tx, id, row);
    calls.addEvent(id, tx.at, 'start', JSON.stringify({ ringing: input.ringing ?? false }));
    const front = tellOpenCall(tx, row.public_id, 'second-call');
    return { id: row.public_id, created: true, ...(front === undefined ? {} : { waitingBehind: front }) };
  };

  return {
    start: (commandId: string, input: StartCall): Started => ledger.run(commandId, 'calls.start', (tx) => begin(tx, input)),

    apply: (commandId: string, callId: string, event: CallEvent): Applied =>
      ledger.run(commandId, 'calls.apply', (tx) => {
        const result = applyTo(tx, context.require(callId), event);
        // Answered, missed or rejected: it no longer waits behind the other call.
        if (result.ok && ['answer', 'reject', 'missed', 'hang-up'].includes(event.type)) tellOpenCall(tx, callId, 'second-call-gone');
        return result;
      }),

    /**
     * Run once after opening. Calls found open whose program was gone for longer than `graceMs` go to
     * wrap-up (ringing ones to missed), so that no night counts as talk time. A quick respawn changes nothing.
     */
    recover: (commandId: string, lastAliveAt: number | undefined, graceMs = 120_000): Recovered =>
      ledger.run(commandId, 'calls.recover', (tx) => {
        const callIds: string[] = [];
        for (const stored of calls.open()) {
          const lastSeen = Math.max(lastAliveAt ?? 0, calls.lastActivity(stored.id), machineOf(stored).since);
          if (tx.at - lastSeen <= graceMs) continue;
          applyTo(tx, stored, { type: 'interrupted', lastSeen });
          callIds.push(stored.public_id);
        }
        return { callIds };
      }),

    /** Adds what the telephone learned later: a number with the answer event, a name from the directory. */
    describe: (commandId: string, details: CallDetails): { id: string } =>
      ledger.run(commandId, 'calls.describe', (tx) => {
        const stored = context.require(details.callId);
        const number = readNumber(details.number, policy.country);
        context.saveCall(tx, stored, {
          number_e164: number.e164 ?? stored.number_e164,
          number_raw: shownNumber(number, context.mask) ?? stored.number_raw,
          caller_name: details.name === undefined ? stored.caller_name : context.mask(details.name),
          queue: details.queue ?? stored.queue,
          dialled: details.dialled ?? stored.dialled,
        });
        return { id: stored.public_id };
      }),

    /** Keeps the script runner's state, so that a killed program or a call-back goes on where it stopped. */
    setScriptState: (commandId: string, callId: string, state: unknown): { rev: number } =>
      ledger.run(commandId, 'calls.script-state', (tx) => {
        const text = state === null || state === undefined ? null : JSON.stringify(context.maskDeep(state));
        return { rev: context.saveCall(tx, context.require(callId), { script_state: text }).rev };
      }),
  };
}

function withoutType(event: CallEvent): object {
  const { type: _type, ...rest } = event;
  return rest;
}

/** Digits too many for any telephone number may be a card's. */
function shownNumber({ shown, e164 }: ReadNumber, mask: (text: string) => string): string | null {
  if (shown === undefined || e164 !== undefined) return shown ?? null;
  return shown.replaceAll(/\D/gu, '').length > 15 ? mask(shown) : shown;
}

function newRow(input: StartCall, at: number, policy: CallsPolicy, mask: (text: string) => string): CallRow {
  const number = readNumber(input.number, policy.country);
  const machine = startCall(
    { direction: input.direction, ringing: input.ringing ?? false, ...(input.transferredFrom === undefined ? {} : { transferredFrom: input.transferredFrom }) },
    at,
  );
  return {
    public_id: input.id ?? randomUUID(),
    rev: 1,
    direction: input.direction,
    ...machineColumns(machine, at),
    external_id: input.externalId ?? null,
    number_e164: number.e164 ?? null,
    number_raw: shownNumber(number, mask),
    caller_name: input.name === undefined ? null : mask(input.name),
    queue: input.queue ?? null,
    dialled: input.dialled ?? null,
    started_at: at,
    linked_call: input.linkedCall ?? null,
    linked_as: input.linkedCall === undefined ? null : (input.linkedAs ?? 'call-back'),
    script_state: null,
    disposition: null,
    disposition_group: null,
    disposition_label: null,
    solved: null,
  };
}
