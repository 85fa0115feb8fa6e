import { spawn } from 'node:child_process';
import type { NotReadyCommand } from '#shared/domain/policy.ts';

export type CommandDeps = {
  /** The organisation's command, read anew each time; undefined: there is none. */
  command: () => NotReadyCommand | undefined;
  warn: (message: string, details?: Record<string, unknown>) => void;
};

export type CommandTeller = {
  /** Tells the program; undefined: ready again. Calls that come while it runs are told after it, the newest alone. */
  tell(reason: string | undefined): void;
  /** Waits for what is under way. */
  settled(): Promise<void>;
};

/** What a program gets for an argument of the template. Values are put in as they are: no shell ever reads them. */
export function fillArguments(template: readonly string[], reason: string | undefined): string[] {
  const values: Readonly<Record<string, string>> = { state: reason === undefined ? 'ready' : 'not-ready', reason: harmless(reason ?? '') };
  return template.map((argument) => argument.replaceAll(/\{(state|reason)\}/g, (_match, name: string) => values[name] ?? ''));
}

/** One line without control characters, and nothing a program could take for a switch. */
function harmless(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').trim().replace(/^-+/, '').slice(0, 120);
}

/** Tells a telephone system by a program of the organisation. Its output is not read and it gets nothing but state and reason. */
export function createCommandTeller({ command, warn }: CommandDeps): CommandTeller {
  let wanted: { reason: string | undefined } | undefined;
  let running: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    for (let next = wanted; next !== undefined; next = wanted) {
      wanted = undefined;
      const template = command();
      if (template !== undefined) await run(template, next.reason, warn);
    }
    running = undefined;
  };

  return {
    tell: (reason) => {
      wanted = { reason };
      running ??= work();
    },
    settled: () => running ?? Promise.resolve(),
  };
}

/** Ends when the program has ended, however it did. */
function run({ program, arguments: template, timeoutSeconds }: NotReadyCommand, reason: string | undefined, warn: CommandDeps['warn']): Promise<void> {
  return new Promise((done) => {
    const failed = (kind: string): void => {
      warn('the program that tells the telephone system did not succeed', { kind });
      done();
    };
    try {
      const child = spawn(program, fillArguments(template, reason), { shell: false, stdio: 'ignore', windowsHide: true, timeout: timeoutSeconds * 1_000, killSignal: 'SIGKILL' });
      child.once('error', (cause) => failed('code' in cause ? String(cause.code) : 'error'));
      child.once('exit', (code, signal) => (code === 0 ? done() : failed(signal ?? `exit ${code ?? ''}`)));
    } catch (cause) {
      failed(cause instanceof Error && 'code' in cause ? String(cause.code) : 'error');
    }
  });
}
