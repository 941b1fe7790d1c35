// What a change to a distribution is planned from again after the window was loaded anew: names and ids alone.
import type { Kind } from "../../../origin-mtls-words.ts";
import type { KeptUndo } from "../../undo.ts";

export type KeptErrand =
  | {
      readonly what: "intent";
      readonly kind: Kind;
      /** Ids. */
      readonly origins: readonly string[];
      readonly certificate: string | undefined;
    }
  | KeptUndo
  | { readonly what: "draft" }
  | { readonly what: "file"; readonly uri: string };

/** As it was kept by this version or another; `undefined`: it cannot be planned from. */
export function keptErrand(kept: unknown): KeptErrand | undefined {
  if (typeof kept !== "object" || kept === null) return undefined;
  const { what, kind, origins, certificate, at, uri }: Readonly<Record<string, unknown>> = { ...kept };
  switch (what) {
    case "intent":
      return (kind === "enable" || kind === "disable" || kind === "change-certificate") &&
        Array.isArray(origins) &&
        origins.every((id) => typeof id === "string") &&
        (kind === "disable" || typeof certificate === "string")
        ? { what, kind, origins, certificate: typeof certificate === "string" ? certificate : undefined }
        : undefined;
    case "undo":
      return typeof at === "number" ? { what, at } : undefined;
    case "draft":
      return { what };
    case "file":
      return typeof uri === "string" ? { what, uri } : undefined;
    default:
      return undefined;
  }
}
