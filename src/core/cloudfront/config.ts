import type { Member, ObjectNode } from "../document/tree.ts";
import type { Distribution } from "./distribution.ts";

/** A document that holds a distribution config, or a part of one. */
export interface Config {
  readonly kind: "distribution";
  readonly distribution: Distribution;
  readonly wrapper: Wrapper | undefined;
}

/** What stands around the config. */
export interface Wrapper {
  /**
   * `get-distribution-config`: `ETag` and `DistributionConfig`. `get-distribution`: all of the distribution.
   * `etag-removed`: only `DistributionConfig` is left, as after the update walk-through of AWS's guide.
   * `cli-input`: a complete `--cli-input-json` or `--distribution-config-with-tags`.
   */
  readonly kind: "get-distribution-config" | "get-distribution" | "etag-removed" | "cli-input";
  readonly root: ObjectNode;
  /** The `DistributionConfig` member, or what `--query` made of its name. */
  readonly member: Member;
  /** Where the config held nothing but another one: the outermost, and the one right in it. */
  readonly nested: { readonly outer: Member; readonly inner: Member } | undefined;
  /** It says that the config replaces another one: it has the version, or the ID. */
  readonly isUpdate: boolean;
  /** Settings that belong into the config and stand beside it. */
  readonly beside: readonly Beside[];
  /** What else is lost without the wrapper, and says something. */
  readonly others: readonly Member[];
  readonly etag: string | undefined;
  readonly id: string | undefined;
}

export interface Beside {
  readonly member: Member;
  /** What the API calls it; the member is called otherwise where its name is a slip. */
  readonly key: string;
  /** Where it belongs: in the config, in its block for viewers, in an origin, or among its origins. */
  readonly home: "config" | "viewer-mtls" | "origin" | "origins";
  /** It decides about mTLS. */
  readonly isMtls: boolean;
}
