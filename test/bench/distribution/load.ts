import { mkdirSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
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

export function bytesBelow(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true }).reduce((sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0), 0);
}

export function makeFolder(dir: string, name: string): string {
  const made = join(dir, name);
  mkdirSync(made);
  return made;
}

/** Left on the disk for everybody else (bytes). */
const SPARE = 5e9;
/** What a desk writes beside its files while it is measured: its log, and what single changes add (bytes). */
const BESIDE = 80e6;

/** Throws when the disk has no room for so many desks. */
export function hasRoom(dir: string, deskBytes: number, desks: number): void {
  const { bavail, bsize } = statfsSync(dir);
  const wanted = (deskBytes + BESIDE) * desks + SPARE;
  if (bavail * bsize < wanted) throw new Error(`${desks} desks would need ${Math.ceil(wanted / 1e9)} GB in ${dir}, and ${Math.floor((bavail * bsize) / 1e9)} GB are free`);
}
