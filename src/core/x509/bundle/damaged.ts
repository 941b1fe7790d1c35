import type { BlockKind } from "../../pem/block.ts";
import type { Piece } from "./bundle.ts";

/** What the label promises is not there, or not all of it. */
export function isDamaged({ block, content }: Piece): boolean {
  if (block.placeholder) return false;
  return (
    block.damage.length > 0 ||
    content.kind === "unreadable" ||
    (content.kind === "opaque" && isReadable(block.kind) && block.bytes === undefined)
  );
}

function isReadable(kind: BlockKind): boolean {
  return kind !== "private-key" && kind !== "other";
}
