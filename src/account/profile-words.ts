import * as l10n from "@vscode/l10n";
import type { Profile } from "../aws/profiles.ts";

/** What is said of a profile beside its name. */
export function describeProfile({ kind, region, account, isUsable }: Profile, isCurrent: boolean): string {
  return [
    ...(isCurrent ? [l10n.t("current")] : []),
    ...(isUsable ? [] : [l10n.t("cannot be used: rename it to use only letters (a to z), digits, and hyphens")]),
    kindInWords(kind),
    ...(account === undefined ? [] : [l10n.t("account {0}", account)]),
    ...(region === undefined ? [] : [region]),
  ].join(" · ");
}

/** What is said of going without one. @param variable the value of AWS_PROFILE */
export function describeEnvironment(variable: string | undefined, isCurrent: boolean): string {
  return [
    ...(isCurrent ? [l10n.t("current")] : []),
    variable === undefined ? l10n.t("same as the AWS CLI without --profile") : l10n.t("AWS_PROFILE is {0}", variable),
  ].join(" · ");
}

function kindInWords(kind: Profile["kind"]): string {
  switch (kind) {
    case "sso":
      return l10n.t("IAM Identity Center");
    case "login":
      return l10n.t("aws login");
    case "role":
      return l10n.t("assumes a role");
    case "process":
      return l10n.t("credential process");
    case "web-identity":
      return l10n.t("web identity");
    case "keys":
      return l10n.t("access keys");
    case "other":
      return l10n.t("settings only");
  }
}
