import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of shipped files: beside the app when packaged, in the project otherwise. */
export function findResources(mainDir: string, packagedResources: string): string {
  const packaged = join(packagedResources, 'resources');
  return existsSync(packaged) ? packaged : join(mainDir, '..', '..', 'resources');
}
