export { assertPlainName } from './change-source.ts';
export type { ChangeSource, Hint, LiveChange, LiveChanges, LiveEvent, ListOutcome, Position, PublishOutcome, ReadOutcome, Release, SourceState, WriteOutcome } from './change-source.ts';
export { digestOf, openFolder } from './folder-source.ts';
export { createInstalledRepository, type InstalledRepository, type StoredBase } from './installed.repository.ts';
export { IncompleteReleaseError, installRelease, removeBase, type Installed, type InstallHooks, type InstallParts, type ReleaseChange, type ReleaseToInstall } from './install-release.ts';
export { storedVersions } from './stored-versions.ts';
