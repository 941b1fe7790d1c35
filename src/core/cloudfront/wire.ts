/**
 * Between CloudFront's XML on the wire and the JSON of the AWS CLI. What the vocabulary does not know is read generically
 * and written back to the letter: nothing that the service sends is lost, whatever it adds to its API.
 */
import * as l10n from "@vscode/l10n";
import type { Json } from "../document/tree.ts";
import { forget, isXmlFault, parseXml, textOfElement, type XmlElement, type XmlFault, XmlReader } from "../document/xml.ts";
import type { LiveBehavior, LiveDistribution, LiveOrigin } from "../inventory.ts";
import { type MemberType, type Shape, shapeOf } from "./vocabulary.ts";

export interface WireConfig {
  readonly xml: string;
  /** The inner config as the AWS CLI says it, members in the wire's order. Those that are not in the vocabulary are there too. */
  readonly json: Json;
  /** That, laid out as the AWS CLI lays it out, which is with four blanks; with a final line end. */
  readonly text: string;
}

const configType: MemberType = { kind: "shape", shape: "DistributionConfig" };

/** @param xml what `GetDistributionConfig` answers: a `DistributionConfig` */
export function readWireConfig(xml: string): WireConfig | XmlFault {
  const root = parseXml(xml);
  if (isXmlFault(root)) return root;
  if (root.name !== "DistributionConfig") return { fault: l10n.t("The XML must be a <{0}>, not a <{1}>.", "DistributionConfig", root.name.slice(0, 60)), at: root.start };
  const json = jsonOf(xml, root, configType);
  return { xml, json, text: `${JSON.stringify(json, undefined, 4)}\n` };
}

// --- from XML to JSON

/** How an element is to be read: what is in it decides where the vocabulary does not know it. */
type Form = "scalar" | "list" | "object";

/** @param type `undefined`: not in the vocabulary */
function formOf(xml: string, element: XmlElement, type: MemberType | undefined): Form {
  const { children, name } = element;
  const [first] = children;
  if (first === undefined) {
    const form = type?.kind === "shape" ? "object" : type?.kind === "list" || (type === undefined && name === "Items") ? "list" : "scalar";
    return form === "scalar" || textOfElement(xml, element).trim() === "" ? form : "scalar";
  }
  if (type?.kind === "shape") return "object";
  if (type?.kind === "list" || name === "Items") return "list";
  const isRepeated = children.length > 1 || first.name === "member";
  return isRepeated && children.every((child) => child.name === first.name) ? "list" : "object";
}

/** Calls itself for each level, of which `parseXml` lets there be few. */
function jsonOf(xml: string, element: XmlElement, type: MemberType | undefined): Json {
  switch (formOf(xml, element, type)) {
    case "scalar":
      return scalarOf(textOfElement(xml, element), element.name, type);
    case "list": {
      const itemType = type?.kind === "list" ? type.of : undefined;
      return element.children.map((child) => jsonOf(xml, child, itemType));
    }
    case "object": {
      const shape = type?.kind === "shape" ? shapeOf(type.shape) : undefined;
      return Object.fromEntries(
        [...membersOf(element)].map(([name, elements]) => {
          const values = elements.map((child) => jsonOf(xml, child, shape?.members.get(name)));
          return [name, values.length === 1 ? (values[0] ?? null) : values];
        }),
      );
    }
  }
}

/** By name, in the order of the first of that name: an unknown list may come without an element around it. */
function membersOf(element: XmlElement): ReadonlyMap<string, readonly XmlElement[]> {
  const members = new Map<string, XmlElement[]>();
  for (const child of element.children) {
    const same = members.get(child.name);
    if (same === undefined) members.set(child.name, [child]);
    else same.push(child);
  }
  return members;
}

/** What is no number, or none that can be said without loss, stays a text. */
function scalarOf(text: string, name: string, type: MemberType | undefined): Json {
  if (type?.kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type?.kind === "number" || (type === undefined && name === "Quantity")) {
    return /^\s*[+-]?\d{1,16}\s*$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
  }
  return text;
}

/** Names of members, wherever they stand, that the vocabulary does not know and the service sends all the same: nobody's mistake. */
export function unknownMembers(config: WireConfig): ReadonlySet<string> {
  const unknown = new Set<string>();
  const open: { readonly json: Json; readonly type: MemberType }[] = [{ json: config.json, type: configType }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { json, type } = next;
    if (isList(json)) {
      if (type.kind === "list") for (const item of json) open.push({ json: item, type: type.of });
    } else if (isObject(json) && type.kind === "shape") {
      const { members }: Shape = shapeOf(type.shape);
      for (const [name, value] of Object.entries(json)) {
        const member = members.get(name);
        if (member === undefined) unknown.add(name);
        else open.push({ json: value, type: member });
      }
    }
  }
  return unknown;
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

// --- the list of distributions

/** One page of `ListDistributions`. */
export interface DistributionPage {
  readonly items: LiveDistribution[];
  /** The marker of the page that follows. */
  readonly next: string | undefined;
}

/** Well below a millisecond of work on a slow machine. */
const slice = 16 * 1024;

/**
 * Reads one page of `ListDistributions` in slices: yields after each, so that others can run. Of the page only what is returned stays in memory.
 */
export function* readDistributionList(xml: string): Generator<void, DistributionPage | XmlFault> {
  const kept = keeper();
  const items: LiveDistribution[] = [];
  const reader = new XmlReader(xml, (element) => {
    if (element.name !== "DistributionSummary" || element.parent?.name !== "Items" || element.parent.parent?.parent !== undefined) return;
    items.push(distributionOf(xml, element, kept));
    forget(element);
  });
  while (!reader.read(reader.at + slice)) yield;
  const root = reader.result();
  if (isXmlFault(root)) return root;
  if (root.name !== "DistributionList") return { fault: l10n.t("The XML must be a <{0}>, not a <{1}>.", "DistributionList", root.name.slice(0, 60)), at: root.start };
  const next = kept(textAt(xml, root, "NextMarker"));
  return { items, next: next === "" || textAt(xml, root, "IsTruncated") === "false" ? undefined : next };
}

/** Keeps a text for longer than the page it is cut from; the same for the same. */
type Keep = <Text extends string | undefined>(text: Text) => Text;

function keeper(): Keep {
  const kept = new Map<string, string>();
  return <Text extends string | undefined>(text: Text): Text => {
    if (text === undefined) return text;
    const known = kept.get(text);
    if (known !== undefined) return known as Text;
    // A part of a text keeps all of it in memory, unless it is put together anew.
    const copy = ` ${text}`.slice(1);
    kept.set(copy, copy);
    return copy as Text;
  };
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((member) => member.name === name);
}

function textAt(xml: string, element: XmlElement | undefined, name: string): string | undefined {
  const found = child(element, name);
  return found === undefined ? undefined : textOfElement(xml, found);
}

/** The items of a counted list. */
function itemsAt(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return child(child(element, name), "Items")?.children ?? [];
}

function distributionOf(xml: string, summary: XmlElement, keep: Keep): LiveDistribution {
  const text = (name: string) => textAt(xml, summary, name);
  const viewerMtls = child(summary, "ViewerMtlsConfig");
  const defaultBehavior = child(summary, "DefaultCacheBehavior");
  const modified = new Date(text("LastModifiedTime") ?? "");
  return {
    id: keep(text("Id") ?? ""),
    arn: keep(text("ARN") ?? ""),
    domainName: keep(text("DomainName") ?? ""),
    aliases: itemsAt(summary, "Aliases").map((alias) => keep(textOfElement(xml, alias))),
    comment: keep(text("Comment") ?? ""),
    enabled: text("Enabled") === "true",
    staging: text("Staging") === "true",
    status: keep(text("Status") ?? ""),
    lastModified: Number.isNaN(modified.getTime()) ? undefined : modified,
    etag: keep(text("ETag")),
    connectionMode: keep(text("ConnectionMode")),
    httpVersion: keep(text("HttpVersion")),
    viewerCertificate: keep(textAt(xml, child(summary, "ViewerCertificate"), "ACMCertificateArn")),
    viewerMtls: viewerMtls === undefined ? undefined : { mode: keep(textAt(xml, viewerMtls, "Mode")), trustStore: keep(textAt(xml, child(viewerMtls, "TrustStoreConfig"), "TrustStoreId")) },
    origins: itemsAt(summary, "Origins").map((origin) => originOf(xml, origin, keep)),
    originGroups: itemsAt(summary, "OriginGroups").map((group) => ({
      id: keep(textAt(xml, group, "Id") ?? ""),
      members: itemsAt(group, "Members").map((member) => keep(textAt(xml, member, "OriginId") ?? "")),
    })),
    behaviors: [...(defaultBehavior === undefined ? [] : [defaultBehavior]), ...itemsAt(summary, "CacheBehaviors")].map((behavior) => behaviorOf(xml, behavior, keep)),
  };
}

function originOf(xml: string, origin: XmlElement, keep: Keep): LiveOrigin {
  const custom = child(origin, "CustomOriginConfig");
  return {
    id: keep(textAt(xml, origin, "Id") ?? ""),
    domainName: keep(textAt(xml, origin, "DomainName") ?? ""),
    kind: custom !== undefined ? "custom" : child(origin, "S3OriginConfig") !== undefined ? "s3" : child(origin, "VpcOriginConfig") !== undefined ? "vpc" : "unknown",
    protocolPolicy: keep(textAt(xml, custom, "OriginProtocolPolicy")),
    clientCertificate: keep(textAt(xml, child(custom, "OriginMtlsConfig"), "ClientCertificateArn")),
  };
}

function behaviorOf(xml: string, behavior: XmlElement, keep: Keep): LiveBehavior {
  return {
    pathPattern: keep(textAt(xml, behavior, "PathPattern")),
    target: keep(textAt(xml, behavior, "TargetOriginId") ?? ""),
    viewerProtocolPolicy: keep(textAt(xml, behavior, "ViewerProtocolPolicy")),
    grpc: textAt(xml, child(behavior, "GrpcConfig"), "Enabled") === "true",
    lambdaEvents: itemsAt(behavior, "LambdaFunctionAssociations").map((association) => keep(textAt(xml, association, "EventType") ?? "")),
  };
}
