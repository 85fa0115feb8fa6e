import type { cli as en } from '../en/cli.ts';

export const cli: Partial<Record<keyof typeof en, string>> = {
  'cli.usage': 'Jeder Befehl kennt --json. Rückgabewerte: 0 erledigt, 1 abgelehnt, 2 nicht verstanden, 3 Datei oder Ordner nicht nutzbar. Der Kennsatz eines Schlüssels wird aus {name} gelesen.',
  'cli.failed': 'Eine Datei oder ein Ordner ließ sich nicht lesen oder schreiben ({code}). Nichts wurde geändert.',
  'cli.inspected': 'Nicht geprüft. {records, number} Einträge ({kinds}), {removed, number} gelöscht, aus {kb}, unterschrieben von {signers, plural, one {# Schlüssel} other {# Schlüsseln}}.',
  'cli.verified': 'Geprüft: {title}, Ausgabe {release, number}, {records, number} Einträge. Jede Unterschrift ist gültig und nichts fehlt.',
  'cli.installed': 'Installiert: {title}, Ausgabe {release, number}; {changed, plural, one {# Eintrag} other {# Einträge}} geändert.',
  'cli.up-to-date': 'Nichts zu tun: Das ist der neueste Stand.',
  'cli.published': 'Veröffentlicht: Ausgabe {release, number}, {changed, plural, one {# Eintrag} other {# Einträge}} geändert. Fingerabdruck: {fingerprint}',
  'cli.passphrase': 'Legen Sie den Kennsatz des Schlüssels, mindestens 12 Zeichen, in {name} ab.',
  'cli.key-created': 'Der Schlüssel liegt in {file}. Verwahren Sie ihn und seinen Kennsatz getrennt.',
};
