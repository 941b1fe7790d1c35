/** What a rule says of a document that breaks it, cut to what matters: made of the documents of its tests. */
export interface Example {
  /** What findings of the rule say, each kind of sentence once, that of the example first. */
  readonly says: readonly string[];
  /** Whether the document is JSON, YAML or PEM. */
  readonly syntax: "json" | "yaml" | "pem";
  readonly lines: readonly ExampleLine[];
  /** The first that is offered. */
  readonly fix?: ExampleFix;
}

export interface ExampleLine {
  /** One-based; of lines that are left out, none. */
  readonly line?: number;
  readonly text: string;
  /** What is marked in it, in UTF-16 code units; of a line that is left out in part, all of it. */
  readonly mark?: { readonly from: number; readonly to: number };
}

export interface ExampleFix {
  readonly title: string;
  /** It is made without being asked for: there is no guess in it. */
  readonly safe: boolean;
  /** The same lines afterwards; none where the change is in what is left out. */
  readonly lines: readonly ExampleLine[];
}
