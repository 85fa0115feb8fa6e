export { createIntake, type Intake, type IntakeReport, type TelephonySource } from './intake.ts';
export { recordsOver } from './records-adapter.ts';
