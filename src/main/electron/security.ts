import { app, type Session, type WebContents } from 'electron';
import { APP_SCHEME } from '#main/lib/app-path.ts';

/**
 * Command-line switches that must be set before the app is ready: no name is ever resolved by the
 * browser side, so that nothing a page does can reach the network.
 */
export function forbidBrowserNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

/** Seals a session: own files only, no permission, no download, and a dead proxy for whatever slips past. */
export async function sealSession(session: Session): Promise<void> {
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isOwnFile(details.url) }));
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  // Port 9 is the discard service; with loopback not bypassed every socket of a page ends there.
  await session.setProxy({ mode: 'fixed_servers', proxyRules: 'socks5://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
}

/** Pages stay where they are: no navigation, no new window, no webview, for every contents ever made. */
export function sealNavigation(): void {
  app.on('web-contents-created', (_event, contents) => sealContents(contents));
}

function sealContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

function isOwnFile(address: string): boolean {
  return address.startsWith(`${APP_SCHEME}://callside/`) || (!app.isPackaged && address.startsWith('devtools://'));
}
