import type { Documents } from "../documents/documents.ts";
import type { Signatures } from "../documents/signatures.ts";
import type { Previews } from "../editor/preview.ts";

/** What commands on files of certificates work with. */
export interface BundleTools {
  readonly documents: Documents;
  readonly signatures: Pick<Signatures, "verdicts" | "verify">;
  readonly previews: Previews;
}
