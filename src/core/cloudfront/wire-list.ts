import { forget, isXmlFault, type XmlElement, type XmlFault, XmlReader } from "../document/xml.ts";
import { textOfElement } from "../document/xml-text.ts";
import type { LiveBehavior, LiveDistribution, LiveOrigin } from "../inventory.ts";

/** One page of `ListDistributions`. */
export interface DistributionPage {
  readonly items: LiveDistribution[];
  /** The marker of the page that follows. */
  readonly next: string | undefined;
}

/** Well below a millisecond of work on a slow machine. */
const slice = 16 * 1024;

/**
 * Reads one page of `ListDistributions` in slices: yields after each, so that others can run. Of the page only what is
 * returned stays in memory.
 */
export function* readDistributionList(xml: string): Generator<void, DistributionPage | XmlFault> {
  const kept = keeper();
  const items: LiveDistribution[] = [];
  const reader = new XmlReader(xml, (element) => {
    if (
      element.name !== "DistributionSummary" ||
      element.parent?.name !== "Items" ||
      element.parent.parent?.parent !== undefined
    )
      return;
    items.push(distributionOf(xml, element, kept));
    forget(element);
  });
  while (!reader.read(reader.at + slice)) yield;
  const root = reader.result();
  if (isXmlFault(root)) return root;
  if (root.name !== "DistributionList")
    return {
      fault: { code: "xml:other-element", args: { expected: "DistributionList", found: root.name.slice(0, 60) } },
      at: root.start,
    };
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
    const copy = [text.slice(0, 1), text.slice(1)].join("");
    kept.set(copy, copy);
    return copy as Text;
  };
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
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
    viewerMtls:
      viewerMtls === undefined
        ? undefined
        : {
            mode: keep(textAt(xml, viewerMtls, "Mode")),
            trustStore: keep(textAt(xml, child(viewerMtls, "TrustStoreConfig"), "TrustStoreId")),
          },
    origins: itemsAt(summary, "Origins").map((origin) => originOf(xml, origin, keep)),
    originGroups: itemsAt(summary, "OriginGroups").map((group) => ({
      id: keep(textAt(xml, group, "Id") ?? ""),
      members: itemsAt(group, "Members").map((member) => keep(textAt(xml, member, "OriginId") ?? "")),
    })),
    behaviors: [...(defaultBehavior === undefined ? [] : [defaultBehavior]), ...itemsAt(summary, "CacheBehaviors")].map(
      (behavior) => behaviorOf(xml, behavior, keep),
    ),
  };
}

function originOf(xml: string, origin: XmlElement, keep: Keep): LiveOrigin {
  const custom = child(origin, "CustomOriginConfig");
  return {
    id: keep(textAt(xml, origin, "Id") ?? ""),
    domainName: keep(textAt(xml, origin, "DomainName") ?? ""),
    kind:
      custom !== undefined
        ? "custom"
        : child(origin, "S3OriginConfig") !== undefined
          ? "s3"
          : child(origin, "VpcOriginConfig") !== undefined
            ? "vpc"
            : "unknown",
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
    lambdaEvents: itemsAt(behavior, "LambdaFunctionAssociations").map((association) =>
      keep(textAt(xml, association, "EventType") ?? ""),
    ),
  };
}
