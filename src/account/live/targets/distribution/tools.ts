import type { Distribution } from "../../../../core/cloudfront/distribution.ts";
import type { Failure } from "../../../../core/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../../../../core/inventory.ts";
import type { Context } from "../../../../core/rules/rule.ts";
import type { FaultListener } from "../../../../core/rules/run.ts";
import type { Back, Place } from "../../../asking.ts";
import type { Kind } from "../../../origin-mtls-words.ts";
import type { KnownProofs } from "../../../proved-target.ts";
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
  /** What probes of servers proved. */
  readonly proofs: KnownProofs;
  readonly log: LiveTools["log"];
}

/** What is asked before a change to a distribution is complete. */
export interface DistributionUi extends LiveUi {
  /**
   * Always the first question: nothing is before it.
   * @param of how many questions there are, where it is one of several
   * @param likeness which ones are offered first
   * @param chosen the id of one that was chosen before
   */
  chooseDistribution(
    title: string,
    of: number | undefined,
    likeness?: (distribution: LiveDistribution) => Likeness | undefined,
    chosen?: string,
  ): Promise<LiveDistribution | undefined>;
  /** Ids of origins. */
  chooseOrigins(question: OriginsQuestion): Promise<readonly string[] | Back | undefined>;
  /** An ARN. */
  chooseCertificate(question: ClientCertificateQuestion): Promise<string | Back | undefined>;
}

export interface OriginsQuestion {
  /** What is done, and to what. */
  readonly title: string;
  readonly kind: Kind;
  readonly distribution: Distribution;
  /** The id of one that is meant already. */
  readonly aimed: string | undefined;
  /** Those that were chosen before. */
  readonly chosen: readonly string[];
  /** `undefined`: nothing is to be chosen, and the answer, or why there is none, follows without the user. */
  readonly place: Place | undefined;
}

export interface ClientCertificateQuestion {
  readonly title: string;
  readonly kind: Exclude<Kind, "disable">;
  readonly distribution: Distribution;
  /** The origins that it is for. */
  readonly origins: readonly string[];
  /** The ARN that was chosen before. */
  readonly chosen: string | undefined;
  readonly place: Place;
}

/** What a distribution is changed with. */
export interface DistributionTools extends LiveTools, DistributionAccess {
  readonly ui: DistributionUi;
}
