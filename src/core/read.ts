import { api, type Dialect } from "./dialect/dialect.ts";
import { siteOf } from "./dialect/view.ts";
import { supportOf } from "./document/syntaxes.ts";
import type { Syntax, Tree } from "./document/tree.ts";
import type { Encoding } from "./encoding.ts";
import type { BundleFacts, ConfigFacts, Facts } from "./facts.ts";
import { findSubjects } from "./find-subjects.ts";
import { finish, type Steps } from "./steps.ts";
import type { Subject } from "./subjects.ts";
import type { TextEdit } from "./text.ts";
import { type Bundle, editBundle, readBundleInSteps } from "./x509/bundle/bundle.ts";
import { hiddenPieces, lookForHidden } from "./x509/bundle/hidden.ts";

/** What a document is handed over with. */
export interface GivenText {
  readonly text: string;
  /** `pem`: a text with PEM blocks in it, whatever stands around them. */
  readonly syntax: Syntax | "pem";
  readonly name: string;
  readonly encoding?: Encoding;
  /** Names of members that the service itself sent, where the document is its answer: no slip is looked for in them. */
  readonly served?: ReadonlySet<string> | undefined;
  /** How the document spells what the API calls by its own names; left out: as the API does. */
  readonly dialect?: Dialect | undefined;
  /** A program writes the file: what is changed in it is lost. */
  readonly isGenerated?: boolean | undefined;
  /** As the document was before: what was on then, and is not named any more, may still be on. */
  readonly since?: Facts | undefined;
}

/** The one door: decides by content what a document is. Never throws. */
export function read(source: GivenText & { readonly syntax: "pem" }): BundleFacts;
export function read(source: GivenText & { readonly syntax: Syntax }): ConfigFacts;
export function read(source: GivenText): Facts;
export function read(source: GivenText): Facts {
  return finish(readInSteps(source));
}

/** The same, for a large text: until it is done, nothing of it counts. */
export function* readInSteps({
  text,
  syntax,
  name,
  encoding = "unknown",
  served,
  dialect = api,
  isGenerated,
  since,
}: GivenText): Steps<Facts> {
  if (syntax !== "pem") {
    const given = { name, encoding, served, dialect, isGenerated, everOn: everOnIn(since) };
    return yield* gather(yield* supportOf(syntax).read(text), given);
  }
  const bundle = yield* readBundleInSteps(text);
  yield* lookForHidden(bundle);
  return gatherBundle(bundle, name, encoding);
}

/** Whether there is anything in the document that rules are written about. */
export function isOurs(facts: Facts): boolean {
  return facts.kind === "config"
    ? facts.subjects.length > 0
    : facts.bundle.pieces.length > 0 || facts.bundle.marker !== undefined || hiddenPieces(facts.bundle).length > 0;
}

/** Another text in the place of a document's: as the document would be with it. Leaves `facts` as they are. */
export function readAs(facts: ConfigFacts, text: string): ConfigFacts;
export function readAs(facts: Facts, text: string): Facts;
export function readAs(facts: Facts, text: string): Facts {
  return finish(readAsInSteps(facts, text));
}

export function readAsInSteps(facts: Facts, text: string): Steps<Facts> {
  const { name, encoding } = facts;
  if (facts.kind === "bundle") return readInSteps({ text, syntax: "pem", name, encoding });
  const { tree, served, dialect, isGenerated } = facts;
  return readInSteps({ text, syntax: tree.syntax, name, encoding, served, dialect, isGenerated, since: facts });
}

/** After edits, given in the order in which each applies to the text the one before it left. Takes `facts` over. */
export function reread(facts: ConfigFacts, edits: readonly TextEdit[]): ConfigFacts;
export function reread(facts: BundleFacts, edits: readonly TextEdit[]): BundleFacts;
export function reread(facts: Facts, edits: readonly TextEdit[]): Facts;
export function reread(facts: Facts, edits: readonly TextEdit[]): Facts {
  if (facts.kind === "bundle") return gatherBundle(editBundle(facts.bundle, edits), facts.name, facts.encoding);
  return finish(gather(edits.reduce(supportOf(facts.tree.syntax).edit, facts.tree), facts));
}

function gatherBundle(bundle: Bundle, name: string, encoding: Encoding): BundleFacts {
  return { kind: "bundle", name, encoding, bundle };
}

function* gather(
  tree: Tree,
  given: Pick<ConfigFacts, "name" | "encoding" | "served" | "dialect" | "isGenerated" | "everOn">,
): Steps<ConfigFacts> {
  const { name, encoding, served, dialect, isGenerated } = given;
  const found = yield* findSubjects(tree, served, dialect);
  const on = found.template === undefined ? [] : listenersOn(found.subjects).filter((id) => !given.everOn.has(id));
  const everOn = on.length === 0 ? given.everOn : new Set([...given.everOn, ...on]);
  return { kind: "config", name, tree, encoding, served, dialect, isGenerated, everOn, ...found };
}

const none: ReadonlySet<string> = new Set();

function everOnIn(facts: Facts | undefined): ReadonlySet<string> {
  return facts?.kind === "config" ? facts.everOn : none;
}

/** Those of a template that have mutual TLS, by logical ID. */
function listenersOn(subjects: readonly Subject[]): readonly string[] {
  return subjects.flatMap((subject) =>
    subject.kind !== "listeners"
      ? []
      : subject.listeners.flatMap(({ node, at, knownMode }) => {
          const site = siteOf(node);
          return site === undefined || at === undefined || knownMode === "off" ? [] : [site.resource.id];
        }),
  );
}
