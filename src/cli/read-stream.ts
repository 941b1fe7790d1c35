import { createReadStream } from "node:fs";

/**
 * Not by the size that the file system tells: a pipe has none.
 * @returns `undefined`: there are more bytes than `most`
 */
export async function readStream(file: string, most: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of createReadStream(file)) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
