import * as vscode from "vscode";
import { describeEnvironment, describeProfile } from "../../account/profile-words.ts";
import type { Session } from "../../account/session.ts";
import type { Profile } from "../../aws/profiles.ts";
import { machine } from "../../platform/node/machine.ts";
import { pickOne } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
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
  const picked = await pickOne<ProfileItem>(items, {
    title: vscode.l10n.t("Select AWS Profile"),
    placeHolder: vscode.l10n.t("Select the profile to use for AWS"),
    matchOnDescription: true,
  });
  if (picked?.does === "explain") await explainProfiles();
  if (picked?.does !== "use") return false;
  await session.use(picked.profile);
  return true;
}

function itemsFor(profiles: readonly Profile[], session: Session): ProfileItem[] {
  const isInUse = session.state.kind !== "idle";
  const isCurrent = (name: string | undefined) => isInUse && name === session.profile;
  const environment: ProfileItem = {
    label: vscode.l10n.t("Environment"),
    iconPath: new vscode.ThemeIcon("terminal"),
    description: describeEnvironment(machine.environmentProfile(), isCurrent(undefined)),
    does: "use",
  };
  if (profiles.length === 0)
    return [
      environment,
      {
        label: vscode.l10n.t("No profiles found: show how to create one"),
        iconPath: new vscode.ThemeIcon("question"),
        description: "aws configure sso",
        does: "explain",
      },
    ];
  return [
    environment,
    { label: vscode.l10n.t("profiles"), kind: vscode.QuickPickItemKind.Separator, does: "none" },
    ...profiles.map(
      (profile): ProfileItem => ({
        label: iconless(profile.name),
        iconPath: new vscode.ThemeIcon(profile.isUsable ? "account" : "warning"),
        description: describeProfile(profile, isCurrent(profile.name)),
        profile: profile.name,
        does: "use",
      }),
    ),
  ];
}

async function explainProfiles(): Promise<void> {
  const command = "aws configure sso";
  const copy = vscode.l10n.t("Copy Command");
  const answer = await ask(
    vscode.l10n.t(
      "Profiles are read from the AWS CLI files (~/.aws/config and ~/.aws/credentials, or the files in AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE). To create a profile, run {0}.",
      command,
    ),
    [copy],
  );
  if (answer === copy) await vscode.env.clipboard.writeText(command);
}
