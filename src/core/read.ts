import { findDomainNames } from "./apigateway/domain-name.ts";
import { locate } from "./cloudfront/recognise.ts";
import { editJson, parseJson } from "./document/json.ts";
import { hasIntrinsics, isLookalike } from "./document/template.ts";
import type { Syntax, Tree } from "./document/tree.ts";
import { findListeners } from "./elb/listener.ts";
import type { BundleFacts, ConfigFacts, Encoding, Facts, Payload } from "./facts.ts";
import { hiddenBlockIn } from "./pem/hidden.ts";
import type { TextEdit } from "./text.ts";
import { type Bundle, editBundle, readBundle } from "./x509/bundle/bundle.ts";

/** What a document is handed over with. */
export interface Source {
  readonly text: string;
  /** `pem`: a text with PEM blocks in it, whatever stands around them. */
  readonly syntax: Syntax | "pem";
  readonly name: string;
  readonly encoding?: Encoding;
  /** Names of members that the service itself sent, where the document is its answer: no slip is looked for in them. */
  readonly served?: ReadonlySet<string> | undefined;
}

/** The one door: decides by content what a document is. Never throws. */
export function read(source: Source & { readonly syntax: "pem" }): BundleFacts;
export function read(source: Source & { readonly syntax: Syntax }): ConfigFacts;
export function read(source: Source): Facts;
export function read({ text, syntax, name, encoding = "unknown", served }: Source): Facts {
  return syntax === "pem"
    ? gatherBundle(readBundle(text), name, encoding)
    : gather(parseJson(text, syntax), name, encoding, served);
}

/** After edits, given in the order in which each applies to the text the one before it left. Takes `facts` over. */
export function reread(facts: ConfigFacts, edits: readonly TextEdit[]): ConfigFacts;
export function reread(facts: BundleFacts, edits: readonly TextEdit[]): BundleFacts;
export function reread(facts: Facts, edits: readonly TextEdit[]): Facts;
export function reread(facts: Facts, edits: readonly TextEdit[]): Facts {
  if (facts.kind === "bundle") return gatherBundle(editBundle(facts.bundle, edits), facts.name, facts.encoding);
  return gather(edits.reduce(editJson, facts.tree), facts.name, facts.encoding, facts.served);
}

function gatherBundle(bundle: Bundle, name: string, encoding: Encoding): BundleFacts {
  return {
    kind: "bundle",
    name,
    encoding,
    bundle,
    unread: bundle.pieces.length > 0 ? undefined : hiddenBlockIn(bundle.pem.text),
  };
}

function gather(tree: Tree, name: string, encoding: Encoding, served: ReadonlySet<string> | undefined): ConfigFacts {
  const config = locate(tree, served);
  return {
    kind: "config",
    name,
    tree,
    encoding,
    served,
    config,
    payload: config === undefined ? locatePayload(tree) : undefined,
  };
}

/**
 * What is written for API Gateway or a load balancer, or comes from there. Templates that hold the same are another's
 * matter.
 */
function locatePayload(tree: Tree): Payload | undefined {
  const { root } = tree;
  if (root === undefined || (root.kind === "object" && isLookalike(root))) return undefined;
  const soundUpTo = tree.problems[0]?.start ?? Number.POSITIVE_INFINITY;
  const domainNames = findDomainNames(root, soundUpTo);
  const listeners = domainNames === undefined ? findListeners(root, soundUpTo) : undefined;
  if ((domainNames === undefined && listeners === undefined) || hasIntrinsics(tree)) return undefined;
  if (domainNames !== undefined) return { kind: "domain-names", domainNames };
  return listeners === undefined ? undefined : { kind: "listeners", listeners };
}
