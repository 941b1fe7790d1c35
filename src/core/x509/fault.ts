/** What is wrong in DER, or in what a certificate says with it. */
export type FaultReason =
  | { readonly code: `der:${Plain}`; readonly args?: never }
  | { readonly code: "der:cut-off"; readonly args: { readonly expected: number; readonly found: number } }
  | { readonly code: "der:missing"; readonly args: { readonly expected: string } }
  | { readonly code: "der:extra-bytes"; readonly args: { readonly count: number } }
  | { readonly code: "der:in-pieces" | "der:not-of-its-type" | "der:type-in-name"; readonly args: OfType }
  | { readonly code: "der:another-type"; readonly args: { readonly expected: string; readonly found: string } }
  | { readonly code: "der:no-text"; readonly args: { readonly found: string } }
  | { readonly code: "der:long-exponent"; readonly args: { readonly length: number; readonly most: number } }
  | { readonly code: "der:many-extensions" | "der:long-name"; readonly args: { readonly most: number } }
  | { readonly code: "der:address-length"; readonly args: { readonly found: number } }
  | { readonly code: "der:repeated-extension" | "der:repeated-policy"; readonly args: { readonly oid: string } }
  | { readonly code: "der:key-length"; readonly args: { readonly found: number; readonly expected: number } }
  | { readonly code: "der:no-date"; readonly args: { readonly text: string } }
  | { readonly code: "der:date-form"; readonly args: { readonly text: string; readonly form: string } };

type OfType = { readonly type: string };

type Plain =
  | "ber"
  | "ends"
  | "length"
  | "tag"
  | "too-deep"
  | "ends-early"
  | "empty-integer"
  | "long-integer"
  | "unused-bits"
  | "boolean"
  | "end-marker"
  | "null"
  | "object-identifier"
  | "long-path-length"
  | "negative-path-length"
  | "another-algorithm"
  | "kind-of-name"
  | "empty"
  | "exponent"
  | "nameless-point"
  | "not-ascii"
  | "subtree-distance"
  | "characters"
  | "timestamps"
  | "no-pkcs7"
  | "no-pss-parameters"
  | "number-out-of-range"
  | "negative-number"
  | "no-curve"
  | "not-on-curve";
