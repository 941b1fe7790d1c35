import type { WireConfig } from "../core/cloudfront/wire.ts";
import type { LiveDistribution } from "../core/inventory.ts";
import type { Page } from "./certificates.ts";
import type { Connection } from "./connection.ts";
import type { Failure } from "./failure.ts";

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

/** One page. */
export async function listDistributions(_connection: Connection, _next: string | undefined, _signal: AbortSignal): Promise<Page<LiveDistribution> | Failure> {
  throw new Error("Nothing is listed");
}

export async function getDistributionConfig(_connection: Connection, _id: string, _signal: AbortSignal): Promise<FetchedConfig | Failure> {
  throw new Error("There is no config");
}

/**
 * Replaces the config by `xml`, byte for byte, where nobody changed it since `etag`. Sent once: only what AWS refused as too
 * many requests is sent again. A failure with `mayHaveApplied` leaves open whether AWS took it.
 */
export async function putDistributionConfig(_connection: Connection, _id: string, _etag: string, _xml: string, _signal: AbortSignal): Promise<{ readonly etag: string; readonly status: string } | Failure> {
  throw new Error("Nothing is put");
}

export async function getDistribution(_connection: Connection, _id: string, _signal: AbortSignal): Promise<DistributionState | Failure> {
  throw new Error("There is no distribution");
}

export async function distributionTags(_connection: Connection, _arn: string, _signal: AbortSignal): Promise<ReadonlyMap<string, string> | Failure> {
  throw new Error("There are no tags");
}
