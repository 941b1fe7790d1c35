import type * as vscode from "vscode";
import { type Bundle, readBundle } from "../../core/x509/bundle/bundle.ts";
import { type Documents, isFollowed, mayBeOurs } from "./documents.ts";

/** What was read of documents that are not checked, and at which version. */
const read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly bundle: Bundle | undefined }>();

/**
 * The blocks of a document; of one that is not followed, such as the old side of a comparison, too. `undefined`: it has
 * none.
 */
export async function bundleIn(document: vscode.TextDocument, documents: Documents): Promise<Bundle | undefined> {
  const checked = await documents.current(document);
  if (checked !== undefined) return checked.facts.kind === "bundle" ? checked.facts.bundle : undefined;
  return isFollowed(document) ? undefined : unfollowed(document);
}

function unfollowed(document: vscode.TextDocument): Bundle | undefined {
  const known = read.get(document);
  if (known?.version === document.version) return known.bundle;
  const text = document.getText();
  const bundle = mayBeOurs(document, text) ? readBundle(text) : undefined;
  const found = bundle === undefined || bundle.pieces.length === 0 ? undefined : bundle;
  read.set(document, { version: document.version, bundle: found });
  return found;
}
