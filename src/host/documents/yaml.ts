import { hasSupport } from "../../core/document/syntaxes.ts";
import type { Syntax } from "../../core/document/tree.ts";

/** Loads what reads a syntax; `undefined` where that is there already. */
export function whenReadable(syntax: Syntax | "pem"): Promise<unknown> | undefined {
  return syntax === "pem" || hasSupport(syntax) ? undefined : import("../../core/document/yaml/support.ts");
}
