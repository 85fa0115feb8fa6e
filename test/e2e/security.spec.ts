import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, startDesk, test, type Desk } from './fixtures.ts';

/** Things a hostile page text would try, each against the real window. */
test.describe('the window is sealed', () => {
  // One desk for all, in their order: what one attack leaves behind must not help the next either.
  test.describe.configure({ mode: 'default' });
  let desk: Desk;
  let dataDir: string;
  test.beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'callside-sealed-'));
    desk = await startDesk(dataDir);
  });
  test.afterAll(async () => {
    await desk.app.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  test('the preload exposes exactly two functions', async () => {
    const surface = await desk.page.evaluate(() => {
      const bridge = (globalThis as unknown as { callside: Record<string, unknown> }).callside;
      return Object.entries(bridge).map(([name, value]) => `${name}:${typeof value}`).toSorted();
    });
    expect(surface).toEqual(['invoke:function', 'subscribe:function']);
    const node = await desk.page.evaluate(() => ['require', 'process', 'Buffer', 'module', 'electron'].filter((name) => name in globalThis));
    expect(node).toEqual([]);
  });

  test('the window runs isolated, without node, sandboxed', async () => {
    const preferences = await desk.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0] as unknown as { webContents: { getLastWebPreferences(): Record<string, unknown> } };
      const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity, nodeIntegrationInWorker, nodeIntegrationInSubFrames } = window.webContents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration: nodeIntegration ?? false, webviewTag: webviewTag ?? false, webSecurity: webSecurity ?? true, nodeIntegrationInWorker: nodeIntegrationInWorker ?? false, nodeIntegrationInSubFrames: nodeIntegrationInSubFrames ?? false };
    });
    expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, webSecurity: true, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false });
  });

  test('pages come from app:// with the policy in the header', async () => {
    expect(desk.page.url()).toMatch(/^app:\/\/callside\//);
    const policy = await desk.page.evaluate(async () => (await fetch('app://callside/index.html')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  for (const path of ['../package.json', '%2e%2e/package.json', '..%2fpackage.json', 'assets/../../main/index.js', '%00', 'index.html%00.js', '..\\..\\package.json', '/etc/passwd']) {
    test(`app:// does not serve ${path}`, async () => {
      const status = await desk.page.evaluate(async (address) => (await fetch(address).then((reply) => reply.status, () => 404)), `app://callside/${path}`);
      expect(status).toBe(404);
    });
  }

  test('nothing but GET and our own host is answered', async () => {
    const answers = await desk.page.evaluate(async () => [
      await fetch('app://callside/index.html', { method: 'POST' }).then((reply) => reply.status, () => 0),
      await fetch('app://elsewhere/index.html').then((reply) => reply.status, () => 0),
    ]);
    expect(answers).toEqual([405, 0]);
  });

  test('a page cannot reach the network in any way', async () => {
    let reached = 0;
    const server = createServer((_request, reply) => {
      reached += 1;
      reply.setHeader('access-control-allow-origin', '*').end('reached');
    });
    server.on('upgrade', () => {
      reached += 1;
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const results = await desk.page.evaluate(async (base) => {
      const tried: Record<string, boolean> = {};
      const settle = (work: Promise<unknown>): Promise<boolean> => Promise.race([work.then(() => true, () => false), new Promise<boolean>((done) => setTimeout(() => done(false), 1_500))]);
      tried['fetch'] = await settle(fetch(`http://${base}/fetch`));
      tried['no-cors'] = await settle(fetch(`http://${base}/nocors`, { mode: 'no-cors' }));
      tried['image'] = await settle(new Promise((done, fail) => Object.assign(new Image(), { onload: done, onerror: fail, src: `http://${base}/image` })));
      tried['socket'] = await settle(new Promise((done, fail) => {
        const socket = new WebSocket(`ws://${base}/socket`);
        socket.addEventListener('open', done);
        socket.addEventListener('error', fail);
      }).catch((cause: unknown) => Promise.reject(cause)));
      navigator.sendBeacon(`http://${base}/beacon`, 'x');
      for (const rel of ['prefetch', 'preload', 'dns-prefetch', 'preconnect', 'stylesheet', 'icon']) {
        const link = document.createElement('link');
        Object.assign(link, { rel, href: `http://${base}/${rel}`, as: 'script' });
        document.head.append(link);
      }
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${base}` }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise((done) => setTimeout(done, 800));
      const candidates = (peer.localDescription?.sdp ?? '').split('\n').filter((line) => line.startsWith('a=candidate'));
      peer.close();
      tried['rtc-address'] = candidates.length > 0;
      return tried;
    }, `127.0.0.1:${port}`);
    server.close();
    expect(results).toEqual({ fetch: false, 'no-cors': false, image: false, socket: false, 'rtc-address': false });
    expect(reached).toBe(0);
  });

  const HOSTILE = ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'data:text/html,<b>x</b>', 'javascript:document.title="x"', 'app://elsewhere/', 'blob:app://callside/1', 'about:blank', 'chrome://gpu'];
  for (const [vector, run] of [
    ['location', (url: string) => { location.href = url; }],
    ['window.open', (url: string) => { window.open(url); }],
    ['a link', (url: string) => { const link = document.createElement('a'); link.href = url; document.body.append(link); link.click(); link.remove(); }],
    ['a link to a new window', (url: string) => { const link = document.createElement('a'); link.href = url; link.target = '_blank'; document.body.append(link); link.click(); link.remove(); }],
    ['a form', (url: string) => { const form = document.createElement('form'); form.action = url; form.method = 'post'; document.body.append(form); form.submit(); form.remove(); }],
    ['a frame', (url: string) => { const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame); setTimeout(() => frame.remove(), 100); }],
    ['a refresh', (url: string) => { const meta = document.createElement('meta'); meta.httpEquiv = 'refresh'; meta.content = `0;url=${url}`; document.head.append(meta); setTimeout(() => meta.remove(), 100); }],
    ['replace', (url: string) => { location.replace(url); }],
  ] as const) {
    test(`${vector} leads nowhere`, async () => {
      const before = desk.page.url();
      for (const url of HOSTILE) {
        await desk.page.evaluate(run, url).catch(() => undefined);
        await desk.page.waitForTimeout(60);
      }
      // An empty page cannot be refused by any browser hook; the app brings its own page back at once.
      await expect.poll(() => desk.page.url()).toBe(before);
      expect(desk.app.windows()).toHaveLength(1);
      await expect(desk.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
    });
  }

  test('every permission is denied', async () => {
    const states = await desk.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'persistent-storage'];
      return Promise.all(names.map((name) => navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state, () => 'denied')));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    const media = await desk.page.evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied'));
    expect(media).toBe('denied');
  });

  test('inline script and eval do not run', async () => {
    const ran = await desk.page.evaluate(() => {
      const flags = globalThis as unknown as Record<string, unknown>;
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.body.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = '<img src="x" onerror="globalThis.handlerRan = true">';
      document.body.append(holder);
      return new Promise((done) => setTimeout(() => done([flags['inlineRan'], flags['handlerRan']]), 200));
    });
    expect(ran).toEqual([undefined, undefined]);
  });

  test('requests are refused unless they are ours, known and well formed', async () => {
    const codes = await desk.page.evaluate(async () => {
      const { invoke } = (globalThis as unknown as { callside: { invoke(route: unknown, input: unknown, id: unknown): Promise<{ ok: boolean; error?: { code: string } }> } }).callside;
      const tried: [unknown, unknown, unknown][] = [
        ['no.such.route', {}, 'a1'], ['__proto__', {}, 'a2'], ['constructor', {}, 'a3'], ['toString', {}, 'a4'], [{}, {}, 'a5'], ['settings.get', { extra: 1 }, 'a6'],
        ['settings.update', { theme: 'pink' }, 'a7'], ['calls.save-note', { callId: '../x', text: 'x', seq: 1 }, 'a8'], ['calls.save-note', { callId: 'x', text: 'x'.repeat(60_000), seq: 1 }, 'a9'],
        ['settings.get', {}, 'bad id!'], ['app.open-external', { address: 'file:///etc/passwd' }, 'b1'], ['app.open-external', { address: 'javascript:alert(1)' }, 'b2'],
        ['knowledge.get', { refs: [{ kind: 'product', key: 'x'.repeat(1_000) }] }, 'b3'], ['knowledge.list', { kinds: ['product'] }, 'b4'],
      ];
      const replies = await Promise.all(tried.map(([route, input, id]) => invoke(route, input, id)));
      return replies.map((reply) => (reply.ok ? 'handled' : reply.error?.code));
    });
    expect(codes).toEqual(['unknown-route', 'unknown-route', 'unknown-route', 'unknown-route', 'bad-input', 'bad-input', 'bad-input', 'bad-input', 'bad-input', 'bad-input', 'refused', 'refused', 'bad-input', 'bad-input']);
  });

  test('the sandbox is on for an ordinary user', async () => {
    test.skip(process.platform !== 'linux' || process.getuid?.() === 0, 'Root cannot have the sandbox; an ordinary user on Linux shows it.');
    const pid = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/Seccomp:\s+2/);
  });
});
