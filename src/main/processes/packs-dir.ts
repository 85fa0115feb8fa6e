import { join } from 'node:path';

/** Where trust, metadata and the last good packs of a desk lie. */
export const packsDir = (dataDir: string): string => join(dataDir, 'packs');
