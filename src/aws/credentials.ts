import { readFile } from "node:fs/promises";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandOutput,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { fromEnv } from "@aws-sdk/credential-providers";
import * as l10n from "@vscode/l10n";
import { type Asked, type CredentialSource, FailureError } from "./asked.ts";
import { clientOptions } from "./client-options.ts";
import { failureOf, isWrongMfaCode } from "./failure-of.ts";
import {
  type Credentials,
  type CredentialTools,
  endpointOf,
  type Found,
  type Keys,
  signedOut,
} from "./found-credentials.ts";
import { profileKind } from "./profiles.ts";
import { isInContainer, ofContainer, ofInstance, ofSdk } from "./sdk-credentials.ts";
import { defaultRegion, env } from "./settings.ts";
import { type Section, withHome } from "./shared-files.ts";

/** Within that of their end new ones are asked for. */
const renewBefore = 5 * 60_000;

export function createCredentials(tools: CredentialTools): Credentials {
  let found: Found | undefined;
  let pending: Promise<Keys> | undefined;
  /** Who has declined once is not asked again by each call that follows, but by the next connection. */
  let hasDeclined = false;
  const isGood = (before: number) =>
    found !== undefined &&
    (found.keys.expiration === undefined || found.keys.expiration.getTime() - Date.now() > before);

  async function renew(): Promise<Keys> {
    if (!hasDeclined) {
      try {
        found = await find(tools);
        return found.keys;
      } catch (error) {
        hasDeclined = found !== undefined && error instanceof FailureError && error.failure.failure === "cancelled";
        if (!hasDeclined && !isGood(0)) throw error;
      }
    }
    if (found !== undefined && isGood(0)) return found.keys;
    throw new FailureError({
      failure: "expired",
      message: l10n.t(
        'The MFA session of the profile "{0}" has expired, and no new MFA code was entered. Try again to enter one.',
        tools.settings.profile,
      ),
    });
  }

  return {
    keys: async () =>
      found !== undefined && isGood(renewBefore)
        ? found.keys
        : (pending ??= renew().finally(() => (pending = undefined))),
    source: () => found?.source,
    secrets: () => (found === undefined ? [] : [found.keys.secretAccessKey, found.keys.sessionToken ?? ""]),
  };
}

/**
 * In the CLI's order: a profile that was asked for outweighs the environment, and the environment one that it names
 * itself.
 */
async function find(tools: CredentialTools): Promise<Found> {
  const { asked, profile, section } = tools.settings;
  if (asked === undefined && env("AWS_ACCESS_KEY_ID") !== undefined && env("AWS_SECRET_ACCESS_KEY") !== undefined) {
    return { keys: await fromEnv()(), source: { kind: "environment", profile: undefined } };
  }
  if (section !== undefined && profileKind(section) !== "other") return ofProfile(profile, [], tools);
  const tokenFile = env("AWS_WEB_IDENTITY_TOKEN_FILE");
  const role = env("AWS_ROLE_ARN");
  if (asked === undefined && tokenFile !== undefined && role !== undefined) {
    return ofWebIdentity(
      { tokenFile, role, session: env("AWS_ROLE_SESSION_NAME"), source: { kind: "web-identity", profile: undefined } },
      tools,
    );
  }
  if (isInContainer()) return ofContainer(tools);
  const found = await ofInstance(tools);
  if (found !== undefined) return found;
  throw new FailureError({
    failure: "signed-out",
    message:
      section === undefined
        ? l10n.t(
            'No AWS credentials were found: none are set in the environment, and there is no default profile. Set up a profile with "aws configure sso" or "aws login", or select one.',
          )
        : l10n.t(
            'The profile "{0}" contains no credentials, and none were found elsewhere. Set it up with "aws configure sso" or "aws login", or select another profile.',
            profile,
          ),
  });
}

async function ofProfile(name: string, visited: readonly string[], tools: CredentialTools): Promise<Found> {
  const section = tools.settings.files.profiles.get(name);
  const [first] = visited;
  if (section === undefined)
    throw signedOut(
      l10n.t(
        'The profile "{0}" gets its credentials from the profile "{1}", which does not exist.',
        visited.at(-1) ?? name,
        name,
      ),
    );
  // A role may be taken with the keys that stand beside it.
  const kind = visited.length > 0 && section.has("aws_access_key_id") ? "keys" : profileKind(section);
  switch (kind) {
    case "keys":
      return { keys: keysOf(section), source: { kind, profile: name } };
    case "role":
      if (visited.includes(name))
        throw signedOut(
          l10n.t(
            "The profiles {0} get their credentials from each other in a loop.",
            [...visited, name].map((one) => `"${one}"`).join(", "),
          ),
        );
      return ofRole(name, section, visited, tools);
    case "web-identity":
      return ofWebIdentity(
        {
          tokenFile: section.get("web_identity_token_file") ?? "",
          role: section.get("role_arn") ?? "",
          session: section.get("role_session_name"),
          source: { kind, profile: name },
        },
        tools,
      );
    case "sso":
    case "login":
    case "process":
      return ofSdk(kind, name, section, tools);
    default:
      throw signedOut(
        l10n.t(
          'The profile "{1}" gets its credentials from the profile "{0}", which contains none.',
          name,
          first ?? name,
        ),
      );
  }
}

function keysOf(section: Section): Keys {
  const sessionToken = section.get("aws_session_token");
  return {
    accessKeyId: section.get("aws_access_key_id") ?? "",
    secretAccessKey: section.get("aws_secret_access_key") ?? "",
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

// --- roles

async function ofRole(
  name: string,
  section: Section,
  visited: readonly string[],
  tools: CredentialTools,
): Promise<Found> {
  const from = section.get("source_profile");
  const { keys, source } =
    from === undefined
      ? await ofCredentialSource(name, section.get("credential_source") ?? "", tools)
      : await ofProfile(from, [...visited, name], tools);
  const serial = section.get("mfa_serial");
  const seconds = Number(section.get("duration_seconds") ?? "3600");
  const role = section.get("role_arn") ?? "";
  const assumeWith = (code: string | undefined) =>
    assume(
      { action: "sts:AssumeRole", source, role, secrets: [keys.secretAccessKey, keys.sessionToken ?? ""] },
      tools,
      (client, abortSignal) =>
        client.send(
          new AssumeRoleCommand({
            RoleArn: role,
            RoleSessionName: section.get("role_session_name") ?? sessionName(),
            DurationSeconds: Number.isInteger(seconds) ? seconds : 3600,
            ...(section.has("external_id") ? { ExternalId: section.get("external_id") } : {}),
            ...(code === undefined ? {} : { SerialNumber: serial, TokenCode: code }),
          }),
          { abortSignal },
        ),
      keys,
    );
  if (serial === undefined) return assumeWith(undefined);
  for (let isAgain = false; ; isAgain = true) {
    const code = await askMfaCode(serial, isAgain, tools);
    try {
      return await assumeWith(code);
    } catch (error) {
      // A slip of the fingers, or a code that was used before: the next one may do.
      if (!(error instanceof FailureError && isWrongMfaCode(error.failure))) throw error;
    }
  }
}

async function ofCredentialSource(name: string, from: string, tools: CredentialTools): Promise<Found> {
  switch (from) {
    case "Environment":
      if (env("AWS_ACCESS_KEY_ID") === undefined || env("AWS_SECRET_ACCESS_KEY") === undefined) {
        throw signedOut(
          l10n.t(
            'The profile "{0}" gets its credentials from the environment, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.',
            name,
          ),
        );
      }
      return { keys: await fromEnv()(), source: { kind: "environment", profile: name } };
    case "EcsContainer":
      return ofContainer(tools);
    case "Ec2InstanceMetadata": {
      const found = await ofInstance(tools);
      if (found === undefined)
        throw signedOut(
          l10n.t(
            'The profile "{0}" gets its credentials from the EC2 instance metadata, which provides none here.',
            name,
          ),
        );
      return found;
    }
    default:
      throw signedOut(
        l10n.t(
          'The profile "{0}" has the credential_source "{1}". Valid values are Environment, Ec2InstanceMetadata, and EcsContainer.',
          name,
          from,
        ),
      );
  }
}

interface WebIdentity {
  readonly tokenFile: string;
  readonly role: string;
  readonly session: string | undefined;
  readonly source: CredentialSource;
}

async function ofWebIdentity(
  { tokenFile, role, session, source }: WebIdentity,
  tools: CredentialTools,
): Promise<Found> {
  let token: string;
  try {
    token = (await readFile(withHome(tokenFile), "utf8")).trim();
  } catch {
    throw signedOut(l10n.t("Could not read the web identity token file {0}.", tokenFile));
  }
  return assume(
    { action: "sts:AssumeRoleWithWebIdentity", source, role, secrets: [token] },
    tools,
    (client, abortSignal) =>
      client.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: role,
          RoleSessionName: session ?? sessionName(),
          WebIdentityToken: token,
        }),
        { abortSignal },
      ),
  );
}

async function assume(
  {
    action,
    source,
    role,
    secrets,
  }: {
    readonly action: string;
    readonly source: CredentialSource;
    readonly role: string;
    readonly secrets: readonly string[];
  },
  { settings, transport, signal }: CredentialTools,
  send: (client: STSClient, signal: AbortSignal) => Promise<Pick<AssumeRoleCommandOutput, "Credentials">>,
  keys?: Keys,
): Promise<Found> {
  const client = new STSClient({
    ...clientOptions({ settings, transport, service: "sts", region: settings.region ?? defaultRegion }),
    ...(keys === undefined ? {} : { credentials: keys }),
  });
  const asked: Asked = { action, source, endpoint: endpointOf(settings, "sts"), secrets };
  try {
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration,
    } = (await send(client, signal)).Credentials ?? {};
    if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
      throw new FailureError({
        failure: "wrong-endpoint",
        message: l10n.t(
          "Unexpected response: STS returned no credentials for the role {0}. This may not be AWS.",
          role,
        ),
        action,
      });
    }
    return {
      keys: { accessKeyId, secretAccessKey, sessionToken, ...(expiration === undefined ? {} : { expiration }) },
      source,
    };
  } catch (error) {
    const failure = failureOf(error, asked);
    throw new FailureError(
      failure.failure === "denied"
        ? {
            ...failure,
            message: l10n.t("These credentials are not authorized to assume the role {0} ({1}).", role, action),
          }
        : failure,
    );
  }
}

function sessionName(): string {
  return `mtls-workbench-${Date.now()}`;
}

async function askMfaCode(serial: string, isAgain: boolean, { askMfaCode: ask }: CredentialTools): Promise<string> {
  try {
    return await ask(serial, isAgain);
  } catch {
    throw new FailureError({
      failure: "cancelled",
      message: l10n.t("Sign-in was canceled because no MFA code was entered."),
    });
  }
}
