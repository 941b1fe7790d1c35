import * as l10n from "@vscode/l10n";
import type { UpdateReason } from "../cloudfront/update-members.ts";
import type { SaysOf } from "../reason.ts";

/** What an update of a distribution needs besides what a new one needs. */
export const update: SaysOf<UpdateReason> = {
  "update:config": ({ keys }) =>
    l10n.t(
      "UpdateDistribution requires members that CreateDistribution does not require. This configuration does not have {0}. Add them with the values that the distribution has now.",
      keys,
    ),
  "update:behaviors": ({ keys }) =>
    l10n.t(
      "UpdateDistribution requires these members in each cache behavior, but not every cache behavior has them: {0}.",
      keys,
    ),
  "update:reported": ({ keys }) =>
    l10n.t(
      "Users report that UpdateDistribution also requires these members in CustomOriginConfig, but not every custom origin has them: {0}.",
      keys,
    ),
};
