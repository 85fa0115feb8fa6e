/** Note commits through the whole way page → main → records → disk and back. `node scripts/run.mjs --build test/bench/notes.ts [notes]` */
import { percentile, round, startToNote, withFolder } from './lib-app.ts';

const notes = Number(process.argv[2] ?? 1_000);
await withFolder(async (dir) => {
  const { desk } = await startToNote(dir);
  const times = await desk.page.evaluate(async (count) => {
    const { invoke } = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<{ ok: boolean; data: { id: string; note: { seq: number } }[] }> } }).callside;
    const open = await invoke('calls.open', {}, crypto.randomUUID());
    const call = open.data[0];
    const taken: number[] = [];
    let text = '';
    for (let index = 1; index <= count; index += 1) {
      text = `${text} word${index}`.slice(-2_000);
      const begun = performance.now();
      const reply = await invoke('calls.save-note', { callId: call?.id, text, seq: (call?.note.seq ?? 0) + 1_000 + index }, crypto.randomUUID());
      taken.push(performance.now() - begun);
      if (!reply.ok) throw new Error('a note was not saved');
    }
    return taken;
  }, notes);
  console.log(JSON.stringify({ bench: 'notes', notes, p50Ms: round(percentile(times, 0.5), 2), p95Ms: round(percentile(times, 0.95), 2), p99Ms: round(percentile(times, 0.99), 2), maxMs: round(Math.max(...times), 2) }));
  await desk.app.close();
});
