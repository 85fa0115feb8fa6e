import { tidy } from './text.ts';

/** A task as its file has it: what the desk says by name, and which name follows which. */
export type TaskSource = { domain: string; title: string; replies: Record<string, string>; graph: Record<string, string> };

export type Edge = { label: string; to: string };
/** Where each reply or look-up leads; `next` when the caller has no say in it. */
export type TaskNode = { edges: Edge[]; next?: string };

const OUTCOMES: Readonly<Record<string, string>> = {
  yes: 'Yes', no: 'No', available: 'Available', unavailable: 'Not available', query_success: 'It worked', query_failure: 'It failed',
  correct: 'Right answer', incorrect: 'Wrong answer', noanswer: 'Does not know', done: 'Finished',
};
const EMPTY_WORDS = new Set(['info', 'missing', 'cant', 'remember', 'or', 'of', 'name', 'number', 'date']);

/**
 * The source leaves out where its outcomes ("available", "yes", "no account number") come from and never
 * says how some replies are reached. This puts both where they can only belong, so that nothing the
 * author wrote is lost and every path ends.
 */
export function connectTask(task: TaskSource): Map<string, TaskNode> {
  const isOutcome = (name: string): boolean => name in OUTCOMES || name.startsWith('info_missing');
  const nodes = new Map<string, TaskNode>();
  for (const name of new Set([...Object.keys(task.replies), ...Object.keys(task.graph), ...Object.values(task.graph)])) {
    if (!isOutcome(name)) nodes.set(name, { edges: [], ...(task.graph[name] === undefined ? {} : { next: task.graph[name] }) });
  }
  const reached = new Set(Object.values(task.graph));
  const names = [...nodes.keys()];
  const has = (name: string): boolean => task.graph[name] !== undefined;
  const sinks = names.filter((name) => reached.has(name) && nodes.get(name)!.next === undefined);
  const add = (from: string, label: string, to: string): void => {
    nodes.get(from)?.edges.push({ label, to });
  };
  const outcome = (from: string, name: string): void => {
    if (has(name)) add(from, OUTCOMES[name] ?? 'Cannot say', task.graph[name]!);
  };
  const end = 'anything_else';
  const bye = names.find((name) => /(^|_)(bye|goodbye)(_|$)/u.test(name)) ?? 'goodbye_1';
  if (!nodes.has(bye)) nodes.set(bye, { edges: [] });
  if (!nodes.has(end)) nodes.set(end, { edges: [] });
  const firstAsk = names.find((name) => reached.has(name) && /ask|criteria|optional/u.test(name) && name !== 'ask_name') ?? 'hello';
  const queries = names.filter((name) => name.startsWith('query') && reached.has(name));

  connectQueries(task, sinks.filter((name) => name.startsWith('query')), outcome);
  connectSpoken();
  connectMissing();
  connectNothingFound();
  connectOptional();
  connectRest();
  return nodes;

  function connectSpoken(): void {
    for (const name of sinks) {
      if (name.startsWith('query') || name === end || name === bye) continue;
      const asks = /\?\s*$/u.test(task.replies[name] ?? '');
      if (has('correct') && !/next/u.test(name)) for (const kind of ['correct', 'incorrect', 'noanswer']) outcome(name, kind);
      else if (asks && has('yes') && has('no')) for (const kind of ['yes', 'no', 'done']) outcome(name, kind);
      else if (asks && has('done')) {
        add(name, 'Go on', queries[0] ?? firstAsk);
        outcome(name, 'done');
      } else if (/unavailable|not_available/u.test(name)) {
        add(name, 'Try something else', firstAsk);
        add(name, 'Leave it', end);
      } else if (has('done')) {
        const again = task.graph['yes'];
        if (again !== undefined) add(name, 'Next', again);
        outcome(name, 'done');
      } else nodes.get(name)!.next = end;
    }
  }

  /** "Can't remember the PIN" belongs to the questions it names. */
  function connectMissing(): void {
    for (const [name, to] of Object.entries(task.graph)) {
      if (!name.startsWith('info_missing')) continue;
      const about = (task.replies[name] ?? '').toLowerCase().replaceAll("'", '').split(/[^a-z]+/u).filter((word) => word.length > 2 && !EMPTY_WORDS.has(word));
      for (const ask of names.filter((one) => one.includes('ask_') && reached.has(one))) {
        const words = `${ask} ${task.replies[ask] ?? ''}`.toLowerCase();
        const node = nodes.get(ask)!;
        if (!about.some((word) => words.includes(word)) || node.next === undefined) continue;
        if (node.edges.length === 0) add(ask, 'Knows it', node.next);
        add(ask, 'Cannot remember', to);
      }
    }
  }

  function connectNothingFound(): void {
    for (const name of names.filter((one) => /nothing_found|^[a-z]+_no_.*available/u.test(one))) {
      const node = nodes.get(name)!;
      if (node.edges.length === 0) {
        add(name, 'Change something', firstAsk);
        add(name, 'Leave it', end);
        delete node.next;
      }
      if (reached.has(name)) continue;
      for (const query of queries) {
        const from = nodes.get(query)!;
        if (from.edges.length === 0 && from.next !== undefined) add(query, 'Found', from.next);
        add(query, 'Nothing found', name);
      }
    }
  }

  /** Questions the flow never asks by itself can be asked at the point where wishes are taken. */
  function connectOptional(): void {
    const unused = names.filter((name) => !reached.has(name) && /ask_/u.test(name));
    const hub = names.find((name) => reached.has(name) && /_criteria|request_optional/u.test(name))
      ?? names.filter((name) => reached.has(name) && /ask_/u.test(name) && (nodes.get(name)!.next ?? '').startsWith('query')).at(-1) ?? firstAsk;
    if (unused.length === 0) return;
    const from = nodes.get(hub)!;
    if (from.edges.length === 0) add(hub, 'That is all', from.next ?? end);
    for (const ask of unused) {
      add(hub, ask.replace(/^.*ask_/u, '').replaceAll('_', ' '), ask);
      const told = ask.replace('ask_', 'inform_');
      const tell = nodes.get(told);
      const goesTo = tell && told !== ask && !reached.has(told) ? told : hub;
      nodes.get(ask)!.next = goesTo;
      if (tell && goesTo === told) tell.next = hub;
      reached.add(ask);
      reached.add(goesTo);
    }
  }

  function connectRest(): void {
    for (const name of names) {
      if (reached.has(name) || name === 'hello' || name === bye || name === end || name.startsWith('query')) continue;
      const node = nodes.get(name)!;
      if (name === 'out_of_scope') {
        const hello = nodes.get('hello')!;
        if (hello.next !== undefined) add('hello', 'Go on', hello.next);
        add('hello', 'It is about something else', name);
        node.next = bye;
      } else if (nodes.get(name)!.edges.length === 0 || !/nothing_found|_no_/u.test(name)) attach(name, node);
    }
    const last = nodes.get(end)!;
    delete last.next;
    if (!last.edges.some((edge) => edge.label === 'No')) add(end, 'No, thank you', bye);
    add(end, 'Yes, the same again', firstAsk);
    outcomeOfEnd();
  }

  function attach(name: string, node: TaskNode): void {
    const like = sinks.find((sink) => name.startsWith(sink)) ?? (/done|last/u.test(name) ? sinks.find((sink) => nodes.get(sink)!.edges.some((edge) => edge.label === 'Yes')) : undefined);
    const from = nodes.get(like ?? end)!;
    if (from.edges.length === 0 && from.next !== undefined) add(like ?? end, 'Go on', from.next);
    add(like ?? end, tidy(name.replace(/^[a-z]+_/u, '').replaceAll('_', ' ')), name);
    if (node.next !== undefined) return;
    if (has('done') && /\?\s*$/u.test(task.replies[name] ?? '')) {
      add(name, 'Yes', task.graph['done']!);
      if (has('no')) add(name, 'No', task.graph['no']!);
    } else node.next = end;
  }

  function outcomeOfEnd(): void {
    if (has('no') && !has('yes')) nodes.get(end)!.edges = nodes.get(end)!.edges.filter((edge) => edge.label !== 'No, thank you').concat({ label: 'No', to: task.graph['no']! });
  }
}

/** A check ends in "available" or not, a booking in "worked" or not; a task with one look-up has what it has. */
function connectQueries(task: TaskSource, queries: readonly string[], outcome: (from: string, name: string) => void): void {
  const has = (name: string): boolean => task.graph[name] !== undefined;
  for (const name of queries) {
    if (has('available') && name !== 'query_book') for (const kind of ['available', 'unavailable']) outcome(name, kind);
    else for (const kind of ['query_success', 'query_failure']) outcome(name, kind);
  }
}
