import { kindOf } from "../../pem/boundary.ts";
import { type ContentKind, contentKindOf, labelOf } from "../read/contents.ts";
import type { Piece } from "./bundle.ts";

/** What is in a block whose label says something else, where the bytes say so beyond doubt. */
export function mislabelledIn({ block: { bytes, kind }, content }: Piece): ContentKind | undefined {
  if (bytes === undefined || content.kind === "certificate" || content.kind === "request") return undefined;
  const found = contentKindOf(bytes);
  const right = found && labelOf(found);
  return right !== undefined && kindOf(right) === kind ? undefined : found;
}
