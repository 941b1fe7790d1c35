/** A profile of the shared files, as far as it can be told without using it. */
export interface Profile {
  readonly name: string;
  /** Where its credentials come from. */
  readonly kind: "sso" | "login" | "role" | "process" | "web-identity" | "keys" | "other";
  readonly region: string | undefined;
  /** Twelve digits, where the file says them: `sso_account_id`, or the account of `role_arn`. */
  readonly account: string | undefined;
}

/** The profiles of the shared config and credentials files, in their order. A file that is missing or broken has none. */
export async function listProfiles(): Promise<readonly Profile[]> {
  return [];
}
