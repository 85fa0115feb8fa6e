import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Clock ticks of /proc (Linux: 100 a second on every architecture Debian has). */
const TICKS = 100;

export type Load = {
  /** Processor time used so far, seconds of one core. */
  cpuSeconds: number;
  /** Resident memory now and at its highest, MB. */
  rssMB: number;
  peakMB: number;
};

/** What a process has used, from /proc. */
export function loadOf(pid: number): Load {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string): number => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1_024);
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS, rssMB: megabytes('VmRSS'), peakMB: megabytes('VmHWM') };
}

const varzSchema = z.object({ in_bytes: z.number(), out_bytes: z.number(), in_msgs: z.number(), out_msgs: z.number(), slow_consumers: z.number(), connections: z.number() });

/** What the server says it has carried, from its monitoring port. */
export async function carriedBy(monitor: string): Promise<z.infer<typeof varzSchema>> {
  const answer = await fetch(`${monitor}/varz`);
  return varzSchema.parse(await answer.json());
}
