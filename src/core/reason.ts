/**
 * Why something is so: what core decides with, and hands on. Words are made of it at the edge alone, one whole sentence
 * for each language.
 */
export interface Reason {
  readonly code: string;
  readonly args?: Args;
}

/** One whose sentence stands in core/messages, because several give it: its code begins with who decides it, and a colon. */
export interface SharedReason extends Reason {
  readonly code: `${string}:${string}`;
}

export type Args = Readonly<Record<string, Arg>>;

/**
 * What belongs into a sentence. A date is told as the language tells dates, a list as it lists things; a reason within
 * a reason is told first: what has no name of its own is called by one.
 */
export type Arg = string | number | boolean | Date | Reason | readonly Arg[];

/** The sentences of some reasons by their codes; what belongs in them is words already. */
export type Says = Readonly<Record<string, (args: never) => string>>;

/** The reasons that sentences are there for: a code without one, or without what belongs in it, is not compiled. */
export type ReasonOf<Sentences extends Says> = {
  [Code in keyof Sentences & string]: Parameters<Sentences[Code]> extends readonly [infer Words]
    ? { readonly code: Code; readonly args: { readonly [Name in keyof Words]: ArgFor<Words[Name]> } }
    : { readonly code: Code; readonly args?: never };
}[keyof Sentences & string];

/** What becomes words may be handed over as what the words are made of. */
type ArgFor<Word> = [Word] extends [string] ? (string extends Word ? Arg : Word) : Word;

/** Sentences for every one of some reasons. */
export type SaysOf<Known extends Reason> = {
  readonly [One in Known as One["code"]]: (args: WordsOf<One["args"]>) => string;
};

type WordsOf<Given> = { readonly [Name in keyof Given]: WordFor<Given[Name]> };

type WordFor<Given> = [Given] extends [number | boolean | undefined] ? Given : string;

/** Two things to be said one after the other, each a sentence or more. */
export interface Both extends SharedReason {
  readonly code: "text:both";
  readonly args: { readonly first: SharedReason; readonly then: SharedReason };
}

/** What is to be said one after the other, as one reason. */
export function allOf(first: SharedReason, ...others: readonly SharedReason[]): SharedReason {
  return others.reduce((said, then): Both => ({ code: "text:both", args: { first: said, then } }), first);
}

/** Whether two say the same. */
export function isSameReason(one: Reason, other: Reason): boolean {
  return one === other || (one.code === other.code && isSameArgs(one.args ?? {}, other.args ?? {}));
}

function isSameArgs(one: Args, other: Args): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSameArg(one[name], other[name]));
}

function isSameArg(one: Arg | undefined, other: Arg | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return false;
  if (one instanceof Date || other instanceof Date)
    return one instanceof Date && other instanceof Date && one.getTime() === other.getTime();
  if (isList(one) || isList(other))
    return (
      isList(one) &&
      isList(other) &&
      one.length === other.length &&
      one.every((item, index) => isSameArg(item, other[index]))
    );
  return isSameReason(one, other);
}

function isList(arg: Reason | readonly Arg[]): arg is readonly Arg[] {
  return Array.isArray(arg);
}
