/**
 * A row of the resources view: by name and not by content, for what a name stands for may be loaded anew at any time.
 * Plain data, which commands take as their argument; what else it holds its kind knows.
 */
export interface Row {
  readonly kind: string;
}

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

/** The guard of rows whose names are texts: what a command is called with may come from anywhere. */
export function named<const Name extends string, const Field extends string = never>(
  kind: Name,
  ...fields: readonly Field[]
): (value: unknown) => value is { readonly kind: Name } & { readonly [Each in Field]: string } {
  return (value): value is { readonly kind: Name } & { readonly [Each in Field]: string } =>
    isRow(value) && value.kind === kind && fields.every((field) => typeof Reflect.get(value, field) === "string");
}
