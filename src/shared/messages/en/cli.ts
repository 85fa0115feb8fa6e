/** What the command line says to IT. */
export const cli = {
  'cli.usage': 'Every command takes --json. Exit codes: 0 done, 1 refused, 2 not understood, 3 a file or folder could not be used. The passphrase of a key is read from {name}.',
  'cli.failed': 'A file or folder could not be read or written ({code}). Nothing was changed.',
  'cli.inspected': 'Not verified. {records, number} records ({kinds}), {removed, number} removed, of {kb}, signed by {signers, plural, one {# key} other {# keys}}.',
  'cli.verified': 'Verified: {title}, release {release, number}, {records, number} records. Every signature is good and nothing is missing.',
  'cli.installed': 'Installed: {title}, release {release, number}; {changed, plural, one {# record} other {# records}} changed.',
  'cli.up-to-date': 'Nothing to do: this is the newest state.',
  'cli.published': 'Published: release {release, number}, {changed, plural, one {# record} other {# records}} changed. Fingerprint: {fingerprint}',
  'cli.passphrase': 'Put the passphrase of the key, at least 12 characters, into {name}.',
  'cli.key-created': 'The key is in {file}. Keep it and its passphrase apart.',
} as const;
