import type { Desk } from '../e2e/fixtures.ts';

type Invoke = (route: string, input: unknown, id: string) => Promise<{ ok: boolean; data: never; error?: { message: string } }>;

/** Imports a catalogue file as a supervisor would: chosen in the (stubbed) dialog, mapped as suggested. Resolves at its end. */
export async function importFile(desk: Desk, file: string): Promise<{ rows: number; ms: number }> {
  await desk.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, file);
  return desk.page.evaluate(async () => {
    const { invoke } = (globalThis as unknown as { callside: { invoke: Invoke } }).callside;
    const call = async <T>(route: string, input: unknown): Promise<T> => {
      const reply = await invoke(route, input, crypto.randomUUID());
      if (!reply.ok) throw new Error(`${route}: ${reply.error?.message ?? ''}`);
      return reply.data as T;
    };
    const begun = performance.now();
    const chosen = await call<{ token: string }>('transfer.choose', {});
    const looked = await call<{ preview: { mapping: unknown } }>('transfer.preview', { token: chosen.token, choice: {} });
    await call('transfer.start', { token: chosen.token, mapping: looked.preview.mapping });
    for (;;) {
      await new Promise((done) => setTimeout(done, 100));
      const state = await call<{ state: string; result?: { state: string; counts?: { rows: number } } }>('transfer.state', {});
      if (state.state !== 'ended') continue;
      if (state.result?.counts === undefined) throw new Error(`the import ended as ${state.result?.state ?? 'nothing'}`);
      return { rows: state.result.counts.rows, ms: performance.now() - begun };
    }
  });
}
