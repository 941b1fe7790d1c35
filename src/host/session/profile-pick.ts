import * as vscode from "vscode";
import type { Session } from "../../account/session.ts";
import type { Profile } from "../../aws/profiles.ts";
import { machine } from "../../platform/node/machine.ts";
import { ask } from "../editor/say.ts";

interface ProfileItem extends vscode.QuickPickItem {
  /** `undefined`: the environment decides. */
  readonly profile?: string | undefined;
  readonly does: "use" | "explain" | "none";
}

/** *Select AWS Profile*. @returns whether one was chosen, the same again included */
export async function selectProfile(session: Session): Promise<boolean> {
  const { listProfiles } = await import("../../aws/profiles.ts");
  const items = listProfiles().then((profiles) => itemsFor(profiles, session));
  const picked = await vscode.window.showQuickPick<ProfileItem>(items, {
    title: vscode.l10n.t("AWS Profile"),
    placeHolder: vscode.l10n.t("Choose with which profile AWS is spoken to"),
    matchOnDescription: true,
  });
  if (picked?.does === "explain") await explainProfiles();
  if (picked?.does !== "use") return false;
  await session.use(picked.profile);
  return true;
}

function itemsFor(profiles: readonly Profile[], session: Session): ProfileItem[] {
  const isInUse = session.state.kind !== "idle";
  const marked = (name: string | undefined) => (isInUse && name === session.profile ? [vscode.l10n.t("current")] : []);
  const environment: ProfileItem = {
    label: vscode.l10n.t("Environment"),
    iconPath: new vscode.ThemeIcon("terminal"),
    description: [
      ...marked(undefined),
      machine.environmentProfile() === undefined
        ? vscode.l10n.t("as the AWS CLI without --profile")
        : vscode.l10n.t("AWS_PROFILE is {0}", machine.environmentProfile() ?? ""),
    ].join(" · "),
    does: "use",
  };
  if (profiles.length === 0)
    return [
      environment,
      {
        label: vscode.l10n.t("No profiles were found: how to make one"),
        iconPath: new vscode.ThemeIcon("question"),
        description: "aws configure sso",
        does: "explain",
      },
    ];
  return [
    environment,
    { label: vscode.l10n.t("profiles"), kind: vscode.QuickPickItemKind.Separator, does: "none" },
    ...profiles.map(
      ({ name, kind, region, account, isUsable }): ProfileItem => ({
        // What stands between such signs would become an icon.
        label: name.replaceAll("$(", "$\u200b("),
        iconPath: new vscode.ThemeIcon(isUsable ? "account" : "warning"),
        description: [
          ...marked(name),
          ...(isUsable ? [] : [vscode.l10n.t("cannot be used: rename it to letters (a to z), digits and hyphens")]),
          kindInWords(kind),
          ...(account === undefined ? [] : [vscode.l10n.t("account {0}", account)]),
          ...(region === undefined ? [] : [region]),
        ].join(" · "),
        profile: name,
        does: "use",
      }),
    ),
  ];
}

function kindInWords(kind: Profile["kind"]): string {
  switch (kind) {
    case "sso":
      return vscode.l10n.t("IAM Identity Center");
    case "login":
      return vscode.l10n.t("aws login");
    case "role":
      return vscode.l10n.t("assumes a role");
    case "process":
      return vscode.l10n.t("credential process");
    case "web-identity":
      return vscode.l10n.t("web identity");
    case "keys":
      return vscode.l10n.t("access keys");
    case "other":
      return vscode.l10n.t("settings only");
  }
}

async function explainProfiles(): Promise<void> {
  const command = "aws configure sso";
  const copy = vscode.l10n.t("Copy Command");
  const answer = await ask(
    vscode.l10n.t(
      "Profiles are read from the files of the AWS CLI (~/.aws/config and ~/.aws/credentials, or where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say). The command {0} makes one.",
      command,
    ),
    [copy],
  );
  if (answer === copy) await vscode.env.clipboard.writeText(command);
}
