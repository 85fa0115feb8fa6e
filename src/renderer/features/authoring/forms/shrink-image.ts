import type { NewImage } from '../editing.ts';

/** Pixels of the longer side: enough to read a screenshot on any desk. */
const LONGEST = 1_600;
/** Bytes to stay below: with its frame around it, a message of a broker takes one mebibyte. */
const ENOUGH = 700_000;
const QUALITIES = [0.9, 0.8, 0.7, 0.55, 0.4] as const;

export type Shrunk = Omit<NewImage, 'alt'>;

/**
 * A picture file drawn anew, small enough to travel: at most 1,600 pixels and 700 kB. Drawing it anew also leaves
 * behind what cameras write into files, the place among it. Undefined when the file is no picture.
 */
export async function shrinkImage(file: Blob): Promise<Shrunk | undefined> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return undefined;
  }
  try {
    for (let scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height)); scale > 0.05; scale *= 0.7) {
      const width = Math.max(1, Math.round(bitmap.width * scale));
      const height = Math.max(1, Math.round(bitmap.height * scale));
      const found = await drawn(bitmap, width, height);
      if (found !== undefined) return { ...found, width, height };
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

async function drawn(bitmap: ImageBitmap, width: number, height: number): Promise<Pick<Shrunk, 'type' | 'data'> | undefined> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
  // Screenshots stay sharp as PNG where that is small enough.
  const sharp = await canvas.convertToBlob({ type: 'image/png' });
  if (sharp.size <= ENOUGH / 3) return { type: 'image/png', data: await base64(sharp) };
  for (const quality of QUALITIES) {
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
    if (blob.size <= ENOUGH) return { type: 'image/webp', data: await base64(blob) };
  }
  return undefined;
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
