// What tells whether a message is one that is understood.
export type Guard<T> = (value: unknown) => value is T;

export const isString: Guard<string> = (value) => typeof value === "string";
export const isBoolean: Guard<boolean> = (value) => typeof value === "boolean";
/** A place in a list, or one of the few below it that `least` allows. */
export const isPlace =
  (least: number): Guard<number> =>
  (value): value is number =>
    Number.isSafeInteger(value) && Number(value) >= least;

export function isOneOf<const T extends string>(...words: readonly T[]): Guard<T> {
  return (value): value is T => words.some((word) => word === value);
}

export function isList<T>(isItem: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(isItem);
}

/** On its way a member that is `undefined` is lost, so that one that is missing is the same. */
export function isOptional<T>(isValue: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || isValue(value);
}

/** The compiler asks for a guard for each member of T. */
export function isObject<T extends object>(members: { readonly [Name in keyof T]-?: Guard<T[Name]> }): Guard<T> {
  const guards: readonly (readonly [string, Guard<unknown>])[] = Object.entries(members);
  return (value): value is T =>
    typeof value === "object" &&
    value !== null &&
    guards.every(([name, isMember]) => isMember(Reflect.get(value, name)));
}

export const isTexts: Guard<Readonly<Record<string, string>>> = (value): value is Readonly<Record<string, string>> =>
  typeof value === "object" && value !== null && Object.values(value).every(isString);
