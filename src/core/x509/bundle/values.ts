import { areBeside, type Encoded, type EncodedBlock, encodedRead, farthest } from "../../pem/encoded.ts";
import { readBundle } from "./bundle.ts";

/** What stands side by side in a header, a log or a token, such as a chain; `at` is the place of one block. */
export interface Value {
  readonly blocks: readonly EncodedBlock[];
  readonly at: number;
}

/** The value around an offset. */
export function valueAt(text: string, offset: number): Value | undefined {
  const base = Math.max(0, offset - farthest);
  const near = text.slice(base, offset + farthest);
  const read = valuesRead(near);
  const found = [...read.blocks, ...read.plain].sort((one, other) => one.span.start - other.span.start);
  const at = found.findIndex(({ span }) => span.start <= offset - base && offset - base <= span.end);
  if (at < 0) return undefined;
  const isApart = (one: number): boolean => {
    const [before, behind] = [found[one - 1], found[one]];
    return before === undefined || behind === undefined || !areBeside(near, before, behind);
  };
  let [first, end] = [at, at + 1];
  while (!isApart(first)) first--;
  while (!isApart(end)) end++;
  const inValue = found.slice(first, end);
  if (inValue.every((block) => read.plain.includes(block))) return undefined;
  const blocks = inValue.map((block) => ({
    ...block,
    span: { start: base + block.span.start, end: base + block.span.end },
  }));
  return { blocks, at: at - first };
}

/** The blocks of all values in a text. */
export function valuesIn(text: string): readonly EncodedBlock[] {
  return valuesRead(text).blocks;
}

/** The same, and whether there may be more; what has no boundaries, or was mended, counts where its DER proves it. */
export function valuesRead(text: string): Encoded {
  const { blocks, plain, isCut } = encodedRead(text);
  const proven = blocks.filter((block) => {
    if (block.cut !== undefined || (block.form !== "base64" && block.spaces === 0)) return true;
    const kind = readBundle(block.text).pieces[0]?.content.kind;
    return kind === "certificate" || (block.form !== "base64" && kind !== "unreadable");
  });
  return { blocks: proven, plain, isCut };
}
