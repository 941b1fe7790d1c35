import { type Called, showable } from "./naming.ts";

/** What a certificate may be used for, or that it says of nothing. */
export type Usages = readonly Called[] | { readonly code: "x509:no-usages"; readonly args?: never };

export function usagesCalled(usages: readonly string[] | undefined): Usages {
  return usages === undefined || usages.length === 0
    ? { code: "x509:no-usages" }
    : usages.map((usage) => showable(usage));
}
