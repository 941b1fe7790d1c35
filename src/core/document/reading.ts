/** What is known of a document while what it holds is looked for. */
export interface Reading {
  /** Where the text stops being well formed; behind it, nothing tells what stands inside what. */
  readonly soundUpTo: number;
  /** Names of members that the service itself sent, where the document is its answer. */
  readonly served: ReadonlySet<string> | undefined;
  /** Whether intrinsic functions stand in it: then what looks like a part belongs to a template. */
  isTemplate(): boolean;
}
