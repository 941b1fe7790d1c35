/**
 * What a row of the resources view stands for, by name and not by content: what a name stands for may be loaded anew
 * at any time. Commands take it as their argument.
 */
export type Resource =
  | { readonly kind: "certificates"; readonly region: string }
  | { readonly kind: "distributions" }
  | { readonly kind: "certificate"; readonly arn: string }
  | { readonly kind: "distribution"; readonly id: string }
  | { readonly kind: "origin"; readonly distribution: string; readonly origin: string }
  | { readonly kind: "behavior"; readonly distribution: string; readonly origin: string; readonly index: number };

export function isResource(value: unknown): value is Resource {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    typeof value.kind === "string" &&
    ["certificates", "distributions", "certificate", "distribution", "origin", "behavior"].includes(value.kind)
  );
}
