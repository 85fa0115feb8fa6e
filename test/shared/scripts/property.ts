import { fc } from '#test/helpers/property.ts';

/** Runs a property; null when it holds, else fast-check's report with the shrunk counterexample. */
export function counterexample<T>(property: fc.IProperty<T>, numRuns: number): string | null {
  const details = fc.check(property, { numRuns });
  if (!details.failed) return null;
  const cause = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  return `${fc.defaultReportMessage(details) ?? 'failed'}\n${cause}`;
}
