import { setTimeout } from "node:timers/promises";
import {
  CloudFrontClient,
  type DistributionConfig,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
  UpdateDistributionCommand,
} from "@aws-sdk/client-cloudfront";
import { readWireConfig, type WireConfig } from "../core/cloudfront/wire.ts";
import { readDistributionList } from "../core/cloudfront/wire-list.ts";
import { isXmlFault, parseXml, type XmlElement, type XmlFault } from "../core/document/xml.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import type { LiveDistribution } from "../core/inventory.ts";
import { inSlices } from "../platform/node/turns.ts";
import type { Page } from "./certificates.ts";
import { type ClientOptions, type Connection, call, clientOf, noticing, wiresOf } from "./connection.ts";
import { isThrottled } from "./failure-of.ts";
import { otherEncoding, xmlText } from "./xml-text.ts";

export interface FetchedConfig {
  readonly etag: string;
  readonly config: WireConfig;
}

export interface DistributionState {
  /** `Deployed` or `InProgress`. */
  readonly status: string;
  readonly etag: string;
  readonly lastModified: Date | undefined;
  readonly arn: string;
  readonly comment: string;
  readonly domainName: string;
}

/** CloudFront gives no more at once. */
const mostOnPage = 100;
/**
 * At most, before the second, third and fourth try of a change that CloudFront refused as too many requests; how much
 * of it is left to chance.
 */
const throttleDelays: readonly number[] = [2_000, 4_000, 8_000];

/**
 * One page. Its XML, which is as large as all of its configs, is read in slices by core; the SDK sees an empty list.
 */
export function listDistributions(
  connection: Connection,
  next: string | undefined,
  signal: AbortSignal,
): Promise<Page<LiveDistribution> | Failure> {
  const action = "cloudfront:ListDistributions";
  return call(connection, { service: "cloudfront", action }, signal, async (abortSignal) => {
    const command = new ListDistributionsCommand({
      MaxItems: mostOnPage,
      ...(next === undefined ? {} : { Marker: next }),
    });
    const kept = keepXml(
      action,
      "<DistributionList><Marker/><MaxItems>0</MaxItems><IsTruncated>false</IsTruncated><Quantity>0</Quantity></DistributionList>",
    );
    command.middlewareStack.add(kept.middleware, innermost);
    await clientFor(connection).send(command, { abortSignal });
    const reading = readDistributionList(kept.xml());
    const page = await inSlices(() => reading.next(), { signal: abortSignal });
    abortSignal.throwIfAborted();
    if (page === undefined || "fault" in page) throw kept.unreadable(page);
    return page;
  });
}

export function getDistributionConfig(
  connection: Connection,
  id: string,
  signal: AbortSignal,
): Promise<FetchedConfig | Failure> {
  const action = "cloudfront:GetDistributionConfig";
  return call(connection, { service: "cloudfront", action }, signal, async (abortSignal) => {
    const command = new GetDistributionConfigCommand({ Id: id });
    const kept = keepXml(action, "<DistributionConfig/>");
    command.middlewareStack.add(kept.middleware, innermost);
    const { ETag: etag } = await clientFor(connection).send(command, { abortSignal });
    const config = readWireConfig(kept.xml());
    if ("fault" in config) throw kept.unreadable(config);
    if (etag === undefined) throw kept.unreadable();
    return { etag, config };
  });
}

/**
 * Replaces the config by `xml`, byte for byte, if it is unchanged since `etag`. Sent once: only what CloudFront
 * refused as too many requests is sent again. A failure with `mayHaveApplied` leaves open whether CloudFront took it.
 */
export async function putDistributionConfig(
  connection: Connection,
  id: string,
  etag: string,
  xml: string,
  signal: AbortSignal,
): Promise<{ readonly etag: string; readonly status: string } | Failure> {
  const action = "cloudfront:UpdateDistribution";
  for (let attempt = 0; ; attempt++) {
    const delay = throttleDelays[attempt];
    // What comes of a wait that was aborted: nothing was applied.
    const answer = await call(
      connection,
      { service: "cloudfront", action, isChange: true },
      signal,
      async (abortSignal) => {
        try {
          return await put(connection, { id, etag, xml }, abortSignal);
        } catch (error) {
          if (delay !== undefined && isThrottled(error)) return undefined;
          throw error;
        }
      },
    );
    if (answer !== undefined) return answer;
    wiresOf(connection).onThrottled?.(action);
    const waited = await call(connection, { service: "cloudfront", action }, signal, (abortSignal) =>
      setTimeout(Math.random() * (delay ?? 0), true, { signal: abortSignal }),
    );
    if (isFailure(waited)) return waited;
  }
}

async function put(
  connection: Connection,
  { id, etag, xml }: { readonly id: string; readonly etag: string; readonly xml: string },
  abortSignal: AbortSignal,
): Promise<{ readonly etag: string; readonly status: string }> {
  const command = new UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: emptyConfig });
  // Ahead of what counts its length and signs it.
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (!isRequest(request)) throw new Error("The SDK makes another kind of request");
      request.body = xml;
      return next(args);
    },
    { step: "build", priority: "high", name: "ownBody" },
  );
  const answer = await clientFor(connection, "once").send(command, { abortSignal });
  const status = answer.Distribution?.Status;
  if (answer.ETag === undefined || status === undefined) throw unreadable(answer);
  return { etag: answer.ETag, status };
}

/** What the SDK insists on; none of it is sent. */
const emptyConfig: DistributionConfig = {
  CallerReference: "",
  Comment: "",
  Enabled: false,
  Origins: { Quantity: 0, Items: [] },
  DefaultCacheBehavior: { TargetOriginId: "", ViewerProtocolPolicy: "https-only" },
};

export function getDistribution(
  connection: Connection,
  id: string,
  signal: AbortSignal,
): Promise<DistributionState | Failure> {
  const action = "cloudfront:GetDistribution";
  return call(connection, { service: "cloudfront", action }, signal, async (abortSignal) => {
    const {
      ETag: etag,
      Distribution: distribution,
      $metadata,
    } = await clientFor(connection).send(new GetDistributionCommand({ Id: id }), { abortSignal });
    if (etag === undefined || distribution?.Status === undefined) throw unreadable({ $metadata });
    return {
      etag,
      status: distribution.Status,
      lastModified: distribution.LastModifiedTime,
      arn: distribution.ARN ?? "",
      comment: distribution.DistributionConfig?.Comment ?? "",
      domainName: distribution.DomainName ?? "",
    };
  });
}

export function distributionTags(
  connection: Connection,
  arn: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | Failure> {
  const action = "cloudfront:ListTagsForResource";
  return call(connection, { service: "cloudfront", action }, signal, async (abortSignal) => {
    const command = new ListTagsForResourceCommand({ Resource: arn });
    const kept = keepXml(action);
    command.middlewareStack.add(kept.middleware, innermost);
    const { Tags: tags } = await clientFor(connection).send(command, { abortSignal });
    const root = parseXml(kept.xml());
    if (isXmlFault(root)) throw kept.unreadable(root);
    // The SDK takes whatever it cannot read for no tags, and without tags nobody owns a distribution.
    if (!areTags(kept.xml(), root)) throw kept.unreadable();
    return new Map((tags?.Items ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  });
}

function areTags(xml: string, root: XmlElement): boolean {
  if (root.name !== "Tags") return false;
  const [items, ...others] = root.children;
  return (
    items?.name === "Items" &&
    others.length === 0 &&
    (items.children.length > 0 || xml.slice(items.contentStart, items.contentEnd).trim() === "") &&
    items.children.every(({ name, children }) => name === "Tag" && children.some((child) => child.name === "Key"))
  );
}

// --- the wire

/** Next to the socket: what it hands on is what the SDK reads. */
const innermost = { step: "deserialize", priority: "low", name: "keepXml" } as const;

/**
 * Keeps the body of a successful answer as it came, and hands on `instead`, where that is given. The last try's, where
 * there were several.
 */
function keepXml(action: string, instead?: string) {
  let kept: Answer | undefined;
  return {
    xml: () => (kept === undefined ? "" : xmlText(kept.body, contentTypeOf(kept), { action })),
    unreadable: (found?: XmlFault) =>
      found?.fault.code === "xml:encoding"
        ? otherEncoding(found.fault.args.encoding, { action })
        : unreadable({ $response: kept }),
    middleware:
      <Args, Result extends { readonly response: unknown }>(next: (args: Args) => Promise<Result>) =>
      async (args: Args): Promise<Result> => {
        const result = await next(args);
        const { response } = result;
        if (isAnswer(response) && response.statusCode === 200) {
          kept = { ...response };
          if (instead !== undefined) response.body = Buffer.from(instead);
        }
        return result;
      },
  };
}

function contentTypeOf({ headers }: Answer): string {
  const type: unknown =
    typeof headers === "object" && headers !== null ? Reflect.get(headers, "content-type") : undefined;
  return typeof type === "string" ? type : "";
}

interface Answer {
  readonly statusCode: number;
  readonly headers: unknown;
  body: Uint8Array;
}

function isAnswer(value: unknown): value is Answer {
  return (
    typeof value === "object" &&
    value !== null &&
    "statusCode" in value &&
    "headers" in value &&
    "body" in value &&
    value.body instanceof Uint8Array
  );
}

/** For `failureOf`: an answer that says success, and that cannot be read. */
function unreadable(answer: { readonly $response: unknown } | { readonly $metadata: unknown }): Error {
  return Object.assign(new Error("Unreadable"), answer);
}

function isRequest(value: unknown): value is { body: unknown } {
  return typeof value === "object" && value !== null && "body" in value;
}

/** Always signed for one region of a partition, whatever the profile's is (botocore, endpoint rules of CloudFront). */
function clientFor(connection: Connection, way: "retrying" | "once" = "retrying"): CloudFrontClient {
  const behind = wiresOf(connection);
  const region = connection.identity.partition === "aws-cn" ? "cn-northwest-1" : "us-east-1";
  const make = (options: ClientOptions) => {
    const client = new CloudFrontClient(way === "once" ? { ...options, maxAttempts: 1 } : options);
    client.middlewareStack.add(noticing("cloudfront", behind), {
      step: "finalizeRequest",
      priority: "low",
      name: "noticing",
    });
    return client;
  };
  return clientOf(behind, "cloudfront", region, make, way);
}
