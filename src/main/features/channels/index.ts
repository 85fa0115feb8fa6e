export { assertPlainName } from './change-source.ts';
export type { ChangeSource, Hint, LiveChange, LiveChanges, LiveEvent, ListOutcome, Position, PublishOutcome, ReadOutcome, Release, SourceState, WriteOutcome } from './change-source.ts';
export { digestOf, openFolder } from './folder-source.ts';
