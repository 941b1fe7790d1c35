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
  /** The `DistributionConfig` member. */
  readonly member: Member;
  readonly etag: string | undefined;
  readonly id: string | undefined;
}
