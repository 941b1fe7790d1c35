import * as l10n from "@vscode/l10n";
import type { RefusalReason } from "../dialect/refusal.ts";
import type { SaysOf } from "../reason.ts";

/** Who refuses what is not known where it stands. */
export const refused: SaysOf<RefusalReason> = {
  "refused:api-it": () => l10n.t("The AWS CLI rejects it, and the AWS SDK for JavaScript silently ignores it."),
  "refused:api-it-here": () =>
    l10n.t("The AWS CLI rejects it here, and the AWS SDK for JavaScript silently ignores it."),
  "refused:api-them": () => l10n.t("The AWS CLI rejects them, and the AWS SDK for JavaScript silently ignores them."),
  "refused:api-them-here": () =>
    l10n.t("The AWS CLI rejects them here, and the AWS SDK for JavaScript silently ignores them."),
  "refused:api-named": ({ member }) =>
    l10n.t("The AWS CLI rejects {0}, and the AWS SDK for JavaScript silently ignores it.", member),
  "refused:api-null": () => l10n.t("The AWS CLI rejects null."),
  "refused:api-unknown": () =>
    l10n.t("The AWS CLI rejects unknown members. A newer AWS CLI might support this member."),
  "refused:api-answered": () => l10n.t("The AWS CLI rejects it as input."),
  "refused:cloudformation-it": () => l10n.t("CloudFormation rejects it."),
  "refused:cloudformation-it-here": () => l10n.t("CloudFormation rejects it here."),
  "refused:cloudformation-them": () => l10n.t("CloudFormation rejects them."),
  "refused:cloudformation-them-here": () => l10n.t("CloudFormation rejects them here."),
  "refused:cloudformation-named": ({ member }) => l10n.t("CloudFormation rejects {0}.", member),
  "refused:cloudformation-null": () => l10n.t("CloudFormation rejects null."),
  "refused:cloudformation-unknown": () =>
    l10n.t("CloudFormation rejects unknown members. A newer version of the resource type might support this member."),
  "refused:cloudformation-answered": () => l10n.t("CloudFormation rejects it."),
  "refused:sam-it": () => l10n.t("AWS SAM silently ignores it."),
  "refused:sam-it-here": () => l10n.t("AWS SAM silently ignores it here."),
  "refused:sam-them": () => l10n.t("AWS SAM silently ignores them."),
  "refused:sam-them-here": () => l10n.t("AWS SAM silently ignores them here."),
  "refused:sam-named": ({ member }) => l10n.t("AWS SAM silently ignores {0}.", member),
};
