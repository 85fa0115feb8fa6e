import { contextBridge, ipcRenderer } from 'electron';

// The whole surface between page and app: two functions, two channels. Kept as one CommonJS file
// because a sandboxed preload cannot load ES modules.
const REQUEST = 'callside:request';
const EVENT = 'callside:event';

contextBridge.exposeInMainWorld('callside', {
  invoke: (route: string, input: unknown, id: string): Promise<unknown> => ipcRenderer.invoke(REQUEST, { route, input, id }),
  subscribe: (listener: (name: string, payload: unknown) => void): (() => void) => {
    const forward = (_event: Electron.IpcRendererEvent, message: { name: string; payload: unknown }): void => {
      listener(message.name, message.payload);
    };
    ipcRenderer.on(EVENT, forward);
    return () => ipcRenderer.removeListener(EVENT, forward);
  },
});
