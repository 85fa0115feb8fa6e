export { createCalm } from './calm.ts';
export { recordsOver } from './records-adapter.ts';
export { createTelephonyService, type TelephonyService } from './telephony.service.ts';
