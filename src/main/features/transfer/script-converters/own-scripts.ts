/** A script record as it stands in a file, and the name it is spoken of by. */
export type OwnScript = { value: unknown; place: string };

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const looksLikeScript = (value: unknown): value is Fields => isObject(value) && Array.isArray(value['steps']) && ('entry' in value || 'id' in value);

/**
 * Script records in our own form: one record, a list of them, `{ scripts: […] }`, or lines of a pack
 * (`{ kind, record }`), of which the scripts count. Undefined when the content holds none.
 */
export function ownScripts(content: unknown): OwnScript[] | undefined {
  const list = isObject(content) && Array.isArray(content['scripts']) ? (content['scripts'] as unknown[]) : Array.isArray(content) ? (content as unknown[]) : [content];
  const records = list.flatMap((one) => {
    if (!isObject(one) || !('record' in one)) return [one];
    return one['kind'] === 'script' ? [one['record']] : [];
  });
  if (!records.some(looksLikeScript)) return undefined;
  return records.map((value, at) => ({ value, place: isObject(value) && typeof value['id'] === 'string' && value['id'] !== '' ? value['id'].slice(0, 120) : `${at + 1}` }));
}
