import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

/** Builds the gallery and serves it on a loopback port of the system's choice. */
export function serveGallery(): Promise<{ url: string; close: () => void }> {
  return servePage(join(import.meta.dirname, 'vite.config.ts'), 'gallery');
}

/** Builds a page with its own Vite configuration into a folder of .cache, and serves it. */
export async function servePage(configFile: string, folder: string): Promise<{ url: string; close: () => void }> {
  await build({ configFile, logLevel: 'warn' });
  const root = resolve(import.meta.dirname, '../../../.cache', folder);
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(root, path === '/' ? 'index.html' : path);
    if (!file.startsWith(root) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('gallery server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
