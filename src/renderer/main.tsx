import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import type { Bridge } from '#shared/ipc/channels.ts';
import { App, Strip } from './app.tsx';
import { createClient } from './ipc/client.ts';

declare global {
  // eslint-disable-next-line no-var -- a global the preload defines
  var callside: Bridge;
}

// The page may not build code from text: zod must not even try.
config({ jitless: true });

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
const client = createClient(globalThis.callside);
createRoot(root).render(globalThis.location.hash === '#strip' ? <Strip client={client} /> : <App client={client} />);
