import type { z } from 'zod';

/** Where a route is answered: the main process, or one of the two data processes. */
export type Home = 'main' | 'records' | 'knowledge';

/** One callable route. Queries may be asked again freely; commands carry a command id and are applied once. */
export type Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly kind: 'query' | 'command';
  readonly home: Home;
  readonly input: I;
  readonly output: O;
};

type RouteSpec<H extends Home, I extends z.ZodType, O extends z.ZodType> = { home: H; input: I; output: O };

/** Declares a route that reads and changes nothing. */
export function query<H extends Home, I extends z.ZodType, O extends z.ZodType>(spec: RouteSpec<H, I, O>) {
  return { kind: 'query', ...spec } as const;
}

/** Declares a route that changes something. */
export function command<H extends Home, I extends z.ZodType, O extends z.ZodType>(spec: RouteSpec<H, I, O>) {
  return { kind: 'command', ...spec } as const;
}

export type Contract = Readonly<Record<string, Route>>;

/** Names of the routes of contract `C` answered at home `H`. */
export type RouteNames<C extends Contract, H extends Home = Home> = {
  [R in keyof C & string]: C[R]['home'] extends H ? R : never;
}[keyof C & string];

export type InputOf<C extends Contract, R extends keyof C> = z.output<C[R]['input']>;
/** What a caller may pass: defaults may be left out. */
export type RequestOf<C extends Contract, R extends keyof C> = z.input<C[R]['input']>;
export type OutputOf<C extends Contract, R extends keyof C> = z.output<C[R]['output']>;

/** What a handler learns about a request besides its input. */
export type RequestContext = {
  /** Unique per command; a replay after a crash carries the same id. */
  readonly id: string;
};

/** A table that must name every route of `H` in `C`: a missing handler does not compile. */
export type Handlers<C extends Contract, H extends Home> = {
  [R in RouteNames<C, H>]: (input: InputOf<C, R>, context: RequestContext) => OutputOf<C, R> | Promise<OutputOf<C, R>>;
};
