import type { Json } from "../document/tree.ts";

/** What a shell takes as it stands. */
const plain = /^[\w+:./-][\w+:./=,-]*$/;
/** What the shorthand of the AWS CLI takes as it stands within a value: nothing that ends it, groups or escapes. */
const shorthand = /^[\w+:./-][\w+:./=@*?~-]*$/;

/** Members of what a parameter takes. */
export type Settings = readonly (readonly [key: string, value: string])[];

/** A word as sh and its kin read it; `undefined` for what no terminal should be given. */
export function shellWord(text: string): string | undefined {
  // What is pasted may be carried out at the end of a line, and some characters are commands to the terminal itself.
  if (text === "" || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return undefined;
  return plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A word that the AWS CLI takes for nothing but what it says: not for an option, or for the name of a file or page to
 * read.
 */
export function argument(text: string): string | undefined {
  return /^(-|\w+:\/\/)/.test(text) ? undefined : shellWord(text);
}

/** One object, in the shorthand where it can hold the values, else as JSON. */
export function objectArgument(settings: Settings): string | undefined {
  return shellWord(written([settings]) ?? JSON.stringify(objectOf(settings)));
}

/** A list of objects, of which the shorthand takes each as a word. */
export function listArgument(items: readonly Settings[]): string | undefined {
  if (written(items) === undefined) return shellWord(JSON.stringify(items.map(objectOf)));
  const words = items.map((item) => shellWord(written([item]) ?? ""));
  return words.includes(undefined) ? undefined : words.join(" ");
}

function written(items: readonly Settings[]): string | undefined {
  if (!items.every((settings) => settings.every(([, value]) => shorthand.test(value)))) return undefined;
  return items.map((settings) => settings.map((pair) => pair.join("=")).join(",")).join(" ");
}

function objectOf(settings: Settings): Json {
  return Object.fromEntries(settings);
}
