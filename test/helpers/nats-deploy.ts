import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from '#main/cli/run.ts';
import { NATS_SERVER } from './nats-server.ts';

const DEPLOY = resolve(import.meta.dirname, '../../deploy/nats');
/** A server name that ends in a number belongs to a cluster; tests reach every machine under this one. */
export const HOST = 'localhost';

const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
/** Tests of the configurations need a server and a way to make certificates; elsewhere they show as skipped. */
export const CAN_DEPLOY = NATS_SERVER !== undefined && hasOpenssl();

/** A folder that is gone at the end. */
export function tempFolder(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'callside-deploy-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) };
}

/** An authority of its own and a certificate for this machine, as the page for IT makes them. */
export function makeCertificates(folder: string, host = HOST): void {
  mkdirSync(folder, { recursive: true });
  const openssl = (...words: string[]): void => void execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
  openssl('req', '-x509', ...key, '-days', '3650', '-subj', '/CN=Test authority', '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-keyout', 'ca-key.pem', '-out', 'ca.pem');
  openssl('req', '-x509', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', ...key, '-days', '825', '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-addext', 'extendedKeyUsage=serverAuth,clientAuth', '-keyout', 'server-key.pem', '-out', 'server.pem');
}

/** One machine's /etc/callside-nats: the committed files with its own paths, and ports in place of machines. */
export function copyDeploy(folder: string, tls: string, ports: { client: number; route?: number; leaf?: number; routes?: readonly number[]; hubLeaf?: number }, uncomment = false): void {
  mkdirSync(folder, { recursive: true });
  cpSync(tls, join(folder, 'tls'), { recursive: true });
  for (const name of readdirSync(DEPLOY)) {
    let text = readFileSync(join(DEPLOY, name), 'utf8').replaceAll('/etc/callside-nats', folder).replaceAll('/var/lib/callside-nats', join(folder, 'store'))
      .replace('0.0.0.0:4222', `127.0.0.1:${ports.client}`).replace('0.0.0.0:6222', `127.0.0.1:${ports.route ?? 0}`).replace('0.0.0.0:7422', `127.0.0.1:${ports.leaf ?? 0}`)
      .replace('nats.example.org:7422', `${HOST}:${ports.hubLeaf ?? 0}`);
    for (const [at, port] of (ports.routes ?? []).entries()) text = text.replace(`nats-${at + 1}.example.org:6222`, `${HOST}:${port}`);
    writeFileSync(join(folder, name), uncomment ? text.replace('# include "sites.conf"', 'include "sites.conf"') : text);
  }
}

/** A command as an administrator types it; its JSON. */
export async function callside(...words: string[]): Promise<{ code: number; json: Record<string, unknown>; text: string }> {
  const said: string[] = [];
  const code = await runCommand([...words, '--json'], { out: (text) => said.push(text), language: 'en', passphrase: undefined, now: Date.now });
  return { code, json: JSON.parse(said.join('\n')) as Record<string, unknown>, text: said.join('\n') };
}

/** A policy file for one user of a server with TLS. */
export function writePolicy(file: string, channel: { servers: readonly string[]; user: string; nkeyFile: string; caFile: string }): string {
  writeFileSync(file, JSON.stringify({ callsidePolicy: 1, knowledge: { channels: [{ type: 'nats', ...channel }] } }));
  return file;
}
