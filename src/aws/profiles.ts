import { parseArn } from "../core/arn.ts";
import { readSharedFiles, type Section } from "./shared-files.ts";

/** A profile of the shared files, as far as it can be told without using it. */
export interface Profile {
  readonly name: string;
  /** Where its credentials come from. */
  readonly kind: ProfileKind;
  readonly region: string | undefined;
  /** Twelve digits, where the file says them: `sso_account_id`, or the account of `role_arn`. */
  readonly account: string | undefined;
  /** Not where the SDK would have to find it by a name that it passes over. */
  readonly isUsable: boolean;
}

export type ProfileKind = "sso" | "login" | "role" | "process" | "web-identity" | "keys" | "other";

/**
 * The profiles of the shared config and credentials files, in their order. A file that is missing or broken has none.
 */
export async function listProfiles(): Promise<readonly Profile[]> {
  const { profiles, passedOver } = await readSharedFiles();
  return [...profiles].map(([name, section]) => ({
    name,
    kind: profileKind(section),
    region: section.get("region"),
    account: section.get("sso_account_id") ?? section.get("aws_account_id") ?? accountOf(section.get("role_arn")),
    isUsable: !isReadBySdk.has(profileKind(section)) || !isPassedOver(passedOver, name, section),
  }));
}

/** The others are read here. */
const isReadBySdk: ReadonlySet<ProfileKind> = new Set(["sso", "login", "process"]);

/** The profile, or the sso-session that it names. */
export function isPassedOver(titles: ReadonlySet<string>, name: string, section: Section): boolean {
  return titles.has(`profile ${name}`) || titles.has(`sso-session ${section.get("sso_session") ?? ""}`);
}

/** Where a profile has several sources, the one that the CLI takes. */
export function profileKind(section: Section): ProfileKind {
  if (section.has("role_arn") && (section.has("source_profile") || section.has("credential_source"))) return "role";
  if (section.has("role_arn") && section.has("web_identity_token_file")) return "web-identity";
  if (section.has("sso_account_id") || section.has("sso_role_name")) return "sso";
  if (section.has("aws_access_key_id") && section.has("aws_secret_access_key")) return "keys";
  if (section.has("login_session")) return "login";
  if (section.has("credential_process")) return "process";
  return "other";
}

function accountOf(arn: string | undefined): string | undefined {
  const account = arn === undefined ? undefined : parseArn(arn)?.account;
  return account === "" ? undefined : account;
}
