import { hasSupport } from "./syntaxes.ts";
import type { Syntax } from "./tree.ts";

/** Loads what reads a syntax; `undefined` where that is there already. */
export function whenReadable(syntax: Syntax | "pem"): Promise<unknown> | undefined {
  return syntax === "pem" || hasSupport(syntax) ? undefined : import("./yaml/support.ts");
}
