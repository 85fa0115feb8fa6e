import { slotValue, type SlotSources } from '#shared/domain/scripts/slots.ts';
import { readDueWords } from '#shared/domain/follow-ups/due-words.ts';
import { formatDay, formatTime } from '#shared/domain/scripts/format.ts';

/** Names prompts use, and the script fields that can fill them: the first one with a value counts. */
const FROM_FIELDS: Readonly<Record<string, readonly string[]>> = {
  item: ['itemName', 'deviceName', 'planName'],
  date: ['newDeliveryDate', 'engineerDate', 'refundBy', 'decisionBy', 'appointmentDate', 'dataDueBy'],
  promisedDate: ['deliveryDate'],
  amount: ['refundAmount', 'disputedAmount', 'paymentAmount', 'billAmount'],
  reference: ['ticketNumber'],
};

/** Slots of prompts filled from what the script captured. A name without a value stays out, so the bare wording is said. */
export function extraSlots(sources: SlotSources, now: number = Date.now()): Record<string, string> {
  const slots: Record<string, string> = {};
  for (const [slot, fields] of Object.entries(FROM_FIELDS)) {
    const value = fields.map((field) => slotValue(field, sources)).find((words) => words !== undefined);
    if (value !== undefined) slots[slot] = value;
  }
  return { ...slots, ...callback(sources, now) };
}

/** "tomorrow 10" as the day and the time one says on the telephone. */
function callback(sources: SlotSources, now: number): Record<string, string> {
  const words = sources.fields['callbackAt'];
  const due = typeof words === 'string' ? readDueWords(words, now, { language: sources.language }) : undefined;
  if (due === undefined) return {};
  const at = new Date(due.at);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = formatDay(`${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`, sources.language);
  const time = due.hourSaid ? formatTime(`${pad(at.getHours())}:${pad(at.getMinutes())}`, sources.language) : undefined;
  return { ...(day === undefined ? {} : { callbackDate: day }), ...(time === undefined ? {} : { callbackTime: time }) };
}
