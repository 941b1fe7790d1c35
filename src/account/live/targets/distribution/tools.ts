import type { Distribution } from "../../../../core/cloudfront/distribution.ts";
import type { Failure } from "../../../../core/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../../../../core/inventory.ts";
import type { Context } from "../../../../core/rules/rule.ts";
import type { FaultListener } from "../../../../core/rules/run.ts";
import type { Kind } from "../../../origin-mtls-words.ts";
import type { SessionSource } from "../../../session-source.ts";
import type { LiveTools } from "../../tools.ts";
import type { LiveUi } from "../../ui.ts";
import type { Likeness } from "./likeness.ts";

/** What CloudFront is asked and told. */
export type DistributionCalls = Pick<
  typeof import("../../../../aws/distributions.ts"),
  "getDistribution" | "getDistributionConfig" | "putDistributionConfig" | "distributionTags"
>;

/** What is known of the account, and asked for where it is not. */
export interface DistributionAccount {
  /** `undefined` while nothing is connected. */
  current(): Inventory | undefined;
  refreshDistribution(id: string): Promise<LiveDistribution | Failure>;
  details(arn: string): Promise<AcmCertificate | Failure>;
  /** Details as if for the first time. */
  refreshCertificate(arn: string): Promise<AcmCertificate | Failure>;
}

/** How CloudFront and the account are reached, and by what a config is judged. */
export interface DistributionAccess {
  readonly session: SessionSource;
  readonly account: DistributionAccount;
  /** Loaded with the first call. */
  calls(): Promise<DistributionCalls>;
  /** By what the rules judge: as the user set it, since no folder decides what is sent to AWS. */
  context(): Context;
  readonly onRuleFault: FaultListener;
  /** Tags that name the tool which owns a distribution: key, or `key=value`, and the tool. */
  ownerTags(): Readonly<Record<string, string>>;
  readonly log: LiveTools["log"];
}

/** What is asked before a change to a distribution is complete. */
export interface DistributionUi extends LiveUi {
  /** @param likeness which ones are offered first */
  chooseDistribution(
    title: string,
    of: number | undefined,
    likeness?: (distribution: LiveDistribution) => Likeness | undefined,
  ): Promise<LiveDistribution | undefined>;
  /** Ids of origins. */
  chooseOrigins(
    kind: Kind,
    distribution: Distribution,
    aimed: string | undefined,
    steps: { readonly before: number },
  ): Promise<readonly string[] | undefined>;
  /** An ARN. */
  chooseCertificate(
    kind: Exclude<Kind, "disable">,
    distribution: Distribution,
    steps: { readonly before: number },
  ): Promise<string | undefined>;
}

/** What a distribution is changed with. */
export interface DistributionTools extends LiveTools, DistributionAccess {
  readonly ui: DistributionUi;
}
