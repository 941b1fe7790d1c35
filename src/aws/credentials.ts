import { readFile } from "node:fs/promises";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandOutput,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import {
  fromEnv,
  fromHttp,
  fromInstanceMetadata,
  fromLoginCredentials,
  fromProcess,
  fromSSO,
} from "@aws-sdk/credential-providers";
import * as l10n from "@vscode/l10n";
import { clientOptions } from "./client-options.ts";
import type { Failure } from "./failure.ts";
import { type Asked, expiredFailure, FailureError, failureOf, type Source } from "./failure-of.ts";
import { isPassedOver, profileKind } from "./profiles.ts";
import { defaultRegion, env, type Service, type Settings, shownEndpoint } from "./settings.ts";
import { type Section, withHome } from "./shared-files.ts";
import { type HttpRequest, NoAnswer, type Transport } from "./transport.ts";

/** What requests are signed with. Held in memory only, for as long as the connection lives. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface Credentials {
  /** Found on first use, and anew shortly before they expire; who asks meanwhile shares it. Throws a `FailureError`. */
  readonly keys: () => Promise<Keys>;
  /** Known after the first use. */
  readonly source: () => Source | undefined;
  /** What no message may hold. */
  readonly secrets: () => readonly string[];
}

export interface CredentialTools {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly askMfaCode: (serial: string) => Promise<string>;
  /** Ends with the connection. */
  readonly signal: AbortSignal;
}

interface Found {
  readonly keys: Keys;
  readonly source: Source;
}

/** Within that of their end new ones are asked for. */
const renewBefore = 5 * 60_000;
/** For the address where a machine of AWS finds its own credentials; on others nobody may answer there at all. */
const metadataTimeout = 2_000;
const containerTimeout = 5_000;

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
        'The MFA session of the profile "{0}" has ended, and no new code was given. Try again to be asked for one.',
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
            'No AWS credentials were found: not in the environment, and there is no default profile. Set up a profile with "aws configure sso" or "aws login", or choose one.',
          )
        : l10n.t(
            'The profile "{0}" says nothing of credentials, and there are none elsewhere. Set it up with "aws configure sso" or "aws login", or choose another one.',
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
        'The profile "{0}" takes its credentials from the profile "{1}", which is not there.',
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
            "The profiles {0} take their credentials from each other in a circle.",
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
        l10n.t('The profile "{0}", from which "{1}" takes its credentials, has none.', name, first ?? name),
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
  const code = serial === undefined ? undefined : await askMfaCode(serial, tools);
  const seconds = Number(section.get("duration_seconds") ?? "3600");
  const role = section.get("role_arn") ?? "";
  return assume(
    { action: "sts:AssumeRole", source, role, secrets: [keys.secretAccessKey, keys.sessionToken ?? ""] },
    tools,
    (client, abortSignal) =>
      client.send(
        new AssumeRoleCommand({
          RoleArn: role,
          RoleSessionName: section.get("role_session_name") ?? sessionName(),
          DurationSeconds: Number.isInteger(seconds) ? seconds : 3600,
          ...(section.has("external_id") ? { ExternalId: section.get("external_id") } : {}),
          ...(serial === undefined ? {} : { SerialNumber: serial, TokenCode: code }),
        }),
        { abortSignal },
      ),
    keys,
  );
}

async function ofCredentialSource(name: string, from: string, tools: CredentialTools): Promise<Found> {
  switch (from) {
    case "Environment":
      if (env("AWS_ACCESS_KEY_ID") === undefined || env("AWS_SECRET_ACCESS_KEY") === undefined) {
        throw signedOut(
          l10n.t(
            'The profile "{0}" takes its credentials from the environment, where AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.',
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
            'The profile "{0}" takes its credentials from the EC2 instance metadata, which gives none here.',
            name,
          ),
        );
      return found;
    }
    default:
      throw signedOut(
        l10n.t(
          'The profile "{0}" names the credential_source "{1}": it has to be Environment, Ec2InstanceMetadata or EcsContainer.',
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
  readonly source: Source;
}

async function ofWebIdentity(
  { tokenFile, role, session, source }: WebIdentity,
  tools: CredentialTools,
): Promise<Found> {
  let token: string;
  try {
    token = (await readFile(withHome(tokenFile), "utf8")).trim();
  } catch {
    throw signedOut(l10n.t("The file {0}, which should hold the web identity token, cannot be read.", tokenFile));
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
  }: { readonly action: string; readonly source: Source; readonly role: string; readonly secrets: readonly string[] },
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
        message: l10n.t("STS gave no credentials for the role {0}: what answers may not be AWS.", role),
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
        ? { ...failure, message: l10n.t("The role {0} may not be assumed with these credentials ({1}).", role, action) }
        : failure,
    );
  }
}

function sessionName(): string {
  return `mtls-workbench-${Date.now()}`;
}

async function askMfaCode(serial: string, { askMfaCode: ask }: CredentialTools): Promise<string> {
  try {
    return await ask(serial);
  } catch {
    throw new FailureError({
      failure: "cancelled",
      message: l10n.t("Signing in was cancelled: no MFA code was given."),
    });
  }
}

// --- IAM Identity Center, aws login, credential_process

/** What the SDK reads from the files itself, by the name of the profile. */
async function ofSdk(
  kind: "sso" | "login" | "process",
  name: string,
  section: Section,
  tools: CredentialTools,
): Promise<Found> {
  if (isPassedOver(tools.settings.files.passedOver, name, section)) {
    throw signedOut(
      l10n.t(
        'The profile "{0}" cannot be used here: the AWS SDK passes over a profile or an sso-session with such a name. Rename it to letters (a to z), digits and - _ . @ + % : / only, or choose another profile.',
        name,
      ),
    );
  }
  return kind === "sso" ? ofSso(name, section, tools) : kind === "login" ? ofLogin(name, tools) : ofProcess(name);
}

async function ofSso(name: string, section: Section, tools: CredentialTools): Promise<Found> {
  const session = section.get("sso_session");
  const ofSession = session === undefined ? section : tools.settings.files.ssoSessions.get(session);
  if (ofSession === undefined)
    throw signedOut(
      l10n.t(
        'The profile "{0}" names the sso-session "{1}", which is not in the AWS config file.',
        name,
        session ?? "",
      ),
    );
  const missing = [
    ...["sso_account_id", "sso_role_name"].filter((key) => !section.has(key)),
    ...["sso_start_url", "sso_region"].filter((key) => !ofSession.has(key)),
  ];
  if (missing.length > 0)
    throw signedOut(
      l10n.t('The profile "{0}" cannot be used with IAM Identity Center: {1} is missing.', name, missing.join(", ")),
    );
  const source: Source = { kind: "sso", profile: name };
  const trail: Trail = { lost: undefined };
  try {
    return {
      keys: await fromSSO({ profile: name, ignoreCache: true, clientConfig: nestedOptions(tools, trail) })(),
      source,
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    if (trail.lost !== undefined)
      throw new FailureError(
        failureOf(trail.lost, {
          action: "sso:GetRoleCredentials",
          source,
          endpoint: endpointOf(tools.settings, "sso"),
        }),
      );
    const account = section.get("sso_account_id") ?? "";
    const role = section.get("sso_role_name") ?? "";
    // The SDK keeps the name of the service's answer only within a text.
    switch (/^(\w+)(?=:)/.exec(text)?.[0]) {
      case "ForbiddenException":
        throw new FailureError({
          failure: "denied",
          message: l10n.t(
            "IAM Identity Center gives you no role {0} in the account {1}. Ask for it, or choose another profile.",
            role,
            account,
          ),
          action: "sso:GetRoleCredentials",
        });
      case "ResourceNotFoundException":
      case "InvalidRequestException":
        throw new FailureError({
          failure: "refused",
          message: l10n.t(
            'IAM Identity Center knows no role {0} in the account {1}. Correct the profile "{2}".',
            role,
            account,
            name,
          ),
          action: "sso:GetRoleCredentials",
        });
      case "TooManyRequestsException":
        throw new FailureError({
          failure: "throttled",
          message: l10n.t("IAM Identity Center asks to slow down. Wait a moment, then try again."),
          action: "sso:GetRoleCredentials",
        });
      default:
        throw new FailureError(expiredFailure(source));
    }
  }
}

async function ofLogin(name: string, tools: CredentialTools): Promise<Found> {
  const source: Source = { kind: "login", profile: name };
  const trail: Trail = { lost: undefined };
  try {
    return {
      keys: await fromLoginCredentials({
        profile: name,
        ignoreCache: true,
        clientConfig: { region: tools.settings.region ?? defaultRegion, ...nestedOptions(tools, trail) },
      })(),
      source,
    };
  } catch {
    if (trail.lost !== undefined)
      throw new FailureError(
        failureOf(trail.lost, {
          action: "signin:CreateOAuth2Token",
          source,
          endpoint: endpointOf(tools.settings, "signin"),
        }),
      );
    throw new FailureError(expiredFailure(source));
  }
}

async function ofProcess(name: string): Promise<Found> {
  try {
    return {
      keys: await fromProcess({ profile: name, ignoreCache: true })(),
      source: { kind: "process", profile: name },
    };
  } catch (error) {
    // What the command wrote may hold anything.
    const text = error instanceof Error ? error.message : "";
    if (/returned expired credentials/.test(text))
      throw new FailureError(expiredFailure({ kind: "process", profile: name }));
    throw signedOut(
      /^Command failed/.test(text)
        ? l10n.t('The credential_process of the profile "{0}" failed. Run its command in a terminal to see why.', name)
        : l10n.t(
            'The credential_process of the profile "{0}" does not write credentials in the form that AWS asks for. Run its command in a terminal to see what it writes.',
            name,
          ),
    );
  }
}

interface Trail {
  /** The SDK tells of an expired session also where nobody could be asked. */
  lost: NoAnswer | undefined;
}

/** For the clients that the SDK makes itself: our transport, and the endpoints that the settings have for each. */
function nestedOptions({ settings, transport }: CredentialTools, trail: Trail) {
  const services: readonly (readonly [RegExp, Service])[] = [
    [/^portal\.sso\./, "sso"],
    [/^oidc\./, "sso_oidc"],
    [/(^|\.)signin\./, "signin"],
  ];
  return {
    ignoreConfiguredEndpointUrls: true,
    requestHandler: {
      ...transport,
      async handle(request: HttpRequest, options?: { readonly abortSignal?: unknown }) {
        const service = services.find(([host]) => host.test(request.hostname))?.[1];
        const endpoint = service === undefined ? undefined : settings.endpoints.get(service);
        try {
          const answer = await transport.handle(endpoint === undefined ? request : moved(request, endpoint), options);
          trail.lost = undefined;
          return answer;
        } catch (error) {
          if (error instanceof NoAnswer) trail.lost = error;
          throw error;
        }
      },
    },
  };
}

function moved(request: HttpRequest, { protocol, hostname, port, pathname }: URL): HttpRequest {
  const { port: _, ...rest } = request;
  return {
    ...rest,
    protocol,
    hostname,
    ...(port === "" ? {} : { port: Number(port) }),
    path: `${pathname.replace(/\/$/, "")}${request.path}`,
    headers: { ...request.headers, host: port === "" ? hostname : `${hostname}:${port}` },
  };
}

// --- the machine's own

function isInContainer(): boolean {
  return (
    env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") !== undefined ||
    env("AWS_CONTAINER_CREDENTIALS_FULL_URI") !== undefined
  );
}

async function ofContainer({ signal }: CredentialTools): Promise<Found> {
  const keys = isInContainer()
    ? await withinTime(fromHttp({ timeout: 1000, maxRetries: 1, logger: silent })(), containerTimeout, signal)
    : undefined;
  if (keys === undefined)
    throw signedOut(l10n.t("The container's credential endpoint (AWS_CONTAINER_CREDENTIALS_…) gives no credentials."));
  return { keys, source: { kind: "container", profile: undefined } };
}

async function ofInstance({ signal }: CredentialTools): Promise<Found | undefined> {
  const disabled = env("AWS_EC2_METADATA_DISABLED");
  if (disabled !== undefined && disabled.toLowerCase() !== "false") return undefined;
  const keys = await withinTime(
    fromInstanceMetadata({ timeout: 1000, maxRetries: 0, logger: silent })(),
    metadataTimeout,
    signal,
  );
  return keys === undefined ? undefined : { keys, source: { kind: "instance", profile: undefined } };
}

/** The SDK would write warnings to the console. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** `undefined` where there is nothing in time, or nothing at all. */
function withinTime<T>(promise: Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve) => {
    const give = (value: T | undefined) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(value);
    };
    const stop = () => give(undefined);
    const timer = setTimeout(stop, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(give, stop);
  });
}

// --- words

function signedOut(message: string): FailureError {
  const failure: Failure = { failure: "signed-out", message };
  return new FailureError(failure);
}

function endpointOf(settings: Settings, service: Service): string | undefined {
  const url = settings.endpoints.get(service);
  return url === undefined ? undefined : shownEndpoint(url);
}
