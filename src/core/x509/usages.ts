import { type Called, showable } from "./naming.ts";

export const serverAuth = "1.3.6.1.5.5.7.3.1";
export const clientAuth = "1.3.6.1.5.5.7.3.2";
export const anyPurpose = "2.5.29.37.0";

/** What a certificate may be used for, or that it says of nothing. */
export type Usages = readonly Called[] | { readonly code: "x509:no-usages"; readonly args?: never };

export function usagesCalled(usages: readonly string[] | undefined): Usages {
  return usages === undefined || usages.length === 0
    ? { code: "x509:no-usages" }
    : usages.map((usage) => showable(usage));
}
