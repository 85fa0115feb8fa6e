import { z } from 'zod';
import { idSchema, LIMITS, recordBase } from './common.ts';

/** Bytes a picture may have at most, as the file it would be on disk. */
export const MAX_IMAGE_BYTES = 1_048_576;
/** Base64 takes four letters for three bytes. */
const MAX_IMAGE_LETTERS = Math.ceil(MAX_IMAGE_BYTES / 3) * 4;

/** Policy, how-to or troubleshooting text. `body` is Markdown, rendered to React nodes, never as HTML. */
export const articleSchema = z.strictObject({
  ...recordBase,
  kind: z.enum(['policy', 'how-to', 'troubleshooting', 'reference']),
  title: z.string().min(1).max(LIMITS.line),
  /** One sentence: the answer an agent can give at once. */
  summary: z.string().min(1).max(LIMITS.text),
  body: z.string().max(LIMITS.body),
  scripts: z.array(idSchema).max(20).optional(),
});
export type Article = z.infer<typeof articleSchema>;

/**
 * A picture in an article, kept as a record of its own so that lists of articles stay light. The text refers
 * to it as `![what it shows](image:its-id)`; nothing else is ever loaded into a page.
 */
export const imageSchema = z.strictObject({
  ...recordBase,
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  /** Base64 of the file. */
  data: z.string().min(4).max(MAX_IMAGE_LETTERS).regex(/^[A-Za-z0-9+/]+={0,2}$/),
  /** What the picture shows, for those who do not see it. */
  alt: z.string().min(1).max(LIMITS.line),
  /** Pixels. */
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
});
export type ArticleImage = z.infer<typeof imageSchema>;

/** How files of each type begin; undefined: any byte. */
const BEGINS: Readonly<Record<ArticleImage['type'], readonly (number | undefined)[]>> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/webp': [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50],
};

/** Whether the bytes are what `type` says: a file with another name is no picture. */
export function isPictureOf({ type, data }: Pick<ArticleImage, 'type' | 'data'>): boolean {
  const head = firstBytes(data.slice(0, 16));
  return BEGINS[type].every((byte, at) => byte === undefined || head[at] === byte);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of a piece of base64 whose length is a multiple of four. */
function firstBytes(letters: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at + 3 < letters.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = Array.from(letters.slice(at, at + 4), (letter) => Math.max(0, LETTERS.indexOf(letter)));
    bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
  }
  return bytes;
}

const IMAGE_REF = /!\[[^\]]*\]\(\s*image:([a-z0-9][a-z0-9._-]*)\s*\)/g;

/** Ids of the pictures a text refers to, each once, in their order. */
export function imagesIn(body: string): string[] {
  return [...new Set([...body.matchAll(IMAGE_REF)].map((match) => match[1] as string))];
}

/** A picture as an address the content policy of the page allows. */
export function imageAddress(image: Pick<ArticleImage, 'type' | 'data'>): string {
  return `data:${image.type};base64,${image.data}`;
}
