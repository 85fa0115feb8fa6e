import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { MessageKey } from '#renderer/messages/messages.tsx';

type Basics = {
  /** Property of the record (or of the row). */
  readonly name: string;
  readonly says: MessageKey;
  readonly help?: MessageKey;
  readonly required?: boolean;
};

/** One field of a form, as data: each kind of knowledge is a list of these. */
export type FieldSpec =
  | (Basics & { readonly type: 'line' | 'text' | 'markdown' | 'code' | 'day'; readonly maxLength?: number; /** Words in several languages. */ readonly local?: boolean })
  | (Basics & { readonly type: 'choice'; readonly options: readonly (readonly [string, MessageKey])[]; readonly short?: boolean; /** May be taken away again. */ readonly none?: MessageKey })
  | (Basics & { readonly type: 'check'; /** Left out when false, rather than stored. */ readonly omit?: boolean })
  | (Basics & { readonly type: 'number'; readonly min?: number; readonly max?: number; readonly unit?: MessageKey })
  | (Basics & { readonly type: 'list'; readonly maxLength?: number })
  | (Basics & { readonly type: 'moment' })
  | (Basics & { readonly type: 'ticks'; readonly options: readonly (readonly [string, MessageKey])[] })
  | (Basics & { readonly type: 'reference'; readonly to: KnowledgeKind; readonly many?: boolean })
  | (Basics & { readonly type: 'rows'; readonly add: MessageKey; readonly item: readonly FieldSpec[]; readonly fresh: Readonly<Record<string, unknown>>; readonly max: number; readonly inline?: boolean });

/** Fields that stand together under a heading. */
export type FormSection = { readonly id: string; readonly says: MessageKey; readonly fields: readonly FieldSpec[]; /** Closed until asked for. */ readonly folded?: boolean };
