import type { DomainNames } from "./apigateway/domain-name.ts";
import type { Config } from "./cloudfront/config.ts";
import type { Tree } from "./document/tree.ts";
import type { Listeners } from "./elb/listener.ts";
import type { HiddenBlock } from "./pem/hidden.ts";
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
  /** `undefined`: the document holds no distribution config, or not yet. */
  readonly config: Config | undefined;
  /** What another service is told, or says, where the document is not about a distribution. */
  readonly payload: Payload | undefined;
}

/** An input or output of API Gateway, or of Elastic Load Balancing, as far as it is about mutual TLS. */
export type Payload =
  | { readonly kind: "domain-names"; readonly domainNames: DomainNames }
  | { readonly kind: "listeners"; readonly listeners: Listeners };

/** A document of PEM blocks. */
export interface BundleFacts extends About {
  readonly kind: "bundle";
  readonly bundle: Bundle;
  /** The first block that is there and that nobody reads, where none is read. */
  readonly unread?: HiddenBlock | undefined;
}

export function textOf(facts: Facts): string {
  return facts.kind === "config" ? facts.tree.text : facts.bundle.pem.text;
}

/** Whether there is anything in the document that rules are written about. */
export function isOurs(facts: Facts): boolean {
  return facts.kind === "config"
    ? facts.config !== undefined || facts.payload !== undefined
    : facts.bundle.pieces.length > 0 || facts.unread !== undefined;
}

/** What a document tells API Gateway or a load balancer. */
export function payloadOf(facts: Facts | undefined): Payload | undefined {
  return facts?.kind === "config" ? facts.payload : undefined;
}

/** The distribution config a document holds. */
export function configOf(facts: Facts | undefined): Config | undefined {
  return facts?.kind === "config" ? facts.config : undefined;
}

/**
 * How the file's bytes say its text; the editor hides it. `unknown`: nobody looked, or it is not on disk.
 * `utf8bom` is UTF-8 that begins with a byte order mark.
 */
export type Encoding = "utf8" | "utf8bom" | "utf16le" | "utf16be" | "other" | "unknown";
