import type { Json } from "../document/tree.ts";

/** What the shorthand of the AWS CLI takes as it stands within a value: nothing that ends it, groups or escapes. */
const shorthand = /^[\w+:./-][\w+:./=@*?~-]*$/;

/** Members of what a parameter takes. */
export type Settings = readonly (readonly [key: string, value: string])[];

/** Whether the AWS CLI takes a word for an option, or for the name of a file or page to read. */
export function isMoreThanText(text: string): boolean {
  return text === "" || /^(-|\w+:\/\/)/.test(text);
}

/** One object, in the shorthand where it can hold the values, else as JSON. */
export function objectArgument(settings: Settings): string {
  return isShorthand([settings]) ? shorthandOf(settings) : JSON.stringify(objectOf(settings));
}

/** A list of objects, of which the shorthand takes each as a word. */
export function listArgument(items: readonly Settings[]): readonly string[] {
  return isShorthand(items) ? items.map(shorthandOf) : [JSON.stringify(items.map(objectOf))];
}

function isShorthand(items: readonly Settings[]): boolean {
  return items.every((settings) => settings.every(([, value]) => shorthand.test(value)));
}

function shorthandOf(settings: Settings): string {
  return settings.map((pair) => pair.join("=")).join(",");
}

function objectOf(settings: Settings): Json {
  return Object.fromEntries(settings);
}
