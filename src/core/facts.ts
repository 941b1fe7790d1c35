import type { Config } from "./cloudfront/config.ts";
import type { Dialect } from "./dialect/dialect.ts";
import type { Tree } from "./document/tree.ts";
import type { Encoding } from "./encoding.ts";
import type { Alternative, Subject, SubjectKind, SubjectOf } from "./subjects.ts";
import type { Template } from "./template/template.ts";
import type { Bundle } from "./x509/bundle/bundle.ts";

/** Everything rules are written about, gathered from one document. */
export type Facts = ConfigFacts | BundleFacts;

interface About {
  /** For messages and commands: the last part of the path. */
  readonly name: string;
  readonly encoding: Encoding;
}

/** A document with a tree: JSON. */
export interface ConfigFacts extends About {
  readonly kind: "config";
  readonly tree: Tree;
  /** Names of members that the service itself sent, where the document is its answer. */
  readonly served?: ReadonlySet<string> | undefined;
  readonly dialect: Dialect;
  /** What rules are written about, in document order; none where the document holds nothing of ours, or not yet. */
  readonly subjects: readonly Subject[];
  /** The same subjects as they may be otherwise, in a template. */
  readonly alternatives: readonly Alternative[];
  /** Of a template, its resources. */
  readonly template: Template | undefined;
  /** A program writes the file: what is changed in it is lost. */
  readonly isGenerated?: boolean | undefined;
  /** The listeners of the template that have or had mutual TLS since the document was first read, by logical ID. */
  readonly everOn: ReadonlySet<string>;
}

/** Every reading of every subject: the one that is shown, and those under other conditions. */
export function readingsIn({ subjects, alternatives }: ConfigFacts): readonly Subject[] {
  return [...subjects, ...alternatives.map(({ subject }) => subject)];
}

/** A document of PEM blocks. */
export interface BundleFacts extends About {
  readonly kind: "bundle";
  readonly bundle: Bundle;
}

export function textOf(facts: Facts): string {
  return facts.kind === "config" ? facts.tree.text : facts.bundle.pem.text;
}

/** The subjects of one kind that a document holds, in document order. */
export function subjectsOf<Kind extends SubjectKind>(facts: Facts | undefined, kind: Kind): readonly SubjectOf<Kind>[] {
  if (facts?.kind !== "config") return [];
  return facts.subjects.filter((subject): subject is SubjectOf<Kind> => subject.kind === kind);
}

/** The distribution config a document holds, the first where there are several. */
export function configOf(facts: Facts | undefined): Config | undefined {
  return subjectsOf(facts, "distribution")[0];
}
