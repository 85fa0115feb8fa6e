import { join } from 'node:path';

/** What decides where the policy lies; tests put their own in. */
export type PolicyPlace = { platform: NodeJS.Platform; env: Readonly<Record<string, string | undefined>>; packaged: boolean };

/**
 * The machine-wide place of the policy, writable by administrators alone: `/etc/callside/policy.json`,
 * `%ProgramData%\Callside\policy.json`, `/Library/Application Support/Callside/policy.json`.
 * `CALLSIDE_POLICY` names another file while the app is not packaged; an installed desk does not listen to it, so
 * that nobody can put an organisation's rules aside from a terminal.
 */
export function policyFile({ platform, env, packaged }: PolicyPlace): string {
  const other = env['CALLSIDE_POLICY'];
  if (!packaged && other !== undefined && other !== '') return other;
  if (platform === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Callside', 'policy.json');
  if (platform === 'darwin') return '/Library/Application Support/Callside/policy.json';
  return '/etc/callside/policy.json';
}
