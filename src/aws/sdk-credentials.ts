import { fromHttp, fromInstanceMetadata, fromLoginCredentials, fromSSO } from "@aws-sdk/credential-providers";
import * as l10n from "@vscode/l10n";
import { type CredentialSource, FailureError } from "./asked.ts";
import { ofProcess } from "./credential-process.ts";
import { expiredFailure, failureOf } from "./failure-of.ts";
import { type CredentialTools, endpointOf, type Found, signedOut } from "./found-credentials.ts";
import { isPassedOver } from "./profiles.ts";
import { defaultRegion, env, type Service } from "./settings.ts";
import type { Section } from "./shared-files.ts";
import { type HttpRequest, NoAnswer } from "./transport.ts";

/** For the address where an AWS machine finds its own credentials; on other machines there may be no answer at all. */
const metadataTimeout = 2_000;

const containerTimeout = 5_000;

/** What the SDK has a provider for, and reads from the files itself by the name of the profile; but for processes. */
export async function ofSdk(
  kind: "sso" | "login" | "process",
  name: string,
  section: Section,
  tools: CredentialTools,
): Promise<Found> {
  if (isPassedOver(tools.settings.files.passedOver, name, section)) {
    throw signedOut(
      l10n.t(
        'The profile "{0}" cannot be used here: the AWS SDK ignores profiles and sso-sessions with such a name. Rename it to use only letters (a to z), digits, and - _ . @ + % : /, or select another profile.',
        name,
      ),
    );
  }
  switch (kind) {
    case "sso":
      return ofSso(name, section, tools);
    case "login":
      return ofLogin(name, tools);
    case "process":
      return ofProcess(name, section.get("credential_process") ?? "", tools);
  }
}

async function ofSso(name: string, section: Section, tools: CredentialTools): Promise<Found> {
  const session = section.get("sso_session");
  const ofSession = session === undefined ? section : tools.settings.files.ssoSessions.get(session);
  if (ofSession === undefined)
    throw signedOut(
      l10n.t(
        'The profile "{0}" refers to the sso-session "{1}", which is not in the AWS config file.',
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
  const source: CredentialSource = { kind: "sso", profile: name };
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
            "IAM Identity Center does not grant you the role {0} in the account {1}. Request access, or select another profile.",
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
            'IAM Identity Center has no role {0} in the account {1}. Correct the profile "{2}".',
            role,
            account,
            name,
          ),
          action: "sso:GetRoleCredentials",
        });
      case "TooManyRequestsException":
        throw new FailureError({
          failure: "throttled",
          message: l10n.t("IAM Identity Center is throttling requests. Wait a moment, then try again."),
          action: "sso:GetRoleCredentials",
        });
      default:
        throw new FailureError(expiredFailure(source));
    }
  }
}

async function ofLogin(name: string, tools: CredentialTools): Promise<Found> {
  const source: CredentialSource = { kind: "login", profile: name };
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

interface Trail {
  /** The SDK reports an expired session also where no request got through. */
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

export function isInContainer(): boolean {
  return (
    env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") !== undefined ||
    env("AWS_CONTAINER_CREDENTIALS_FULL_URI") !== undefined
  );
}

export async function ofContainer({ signal }: CredentialTools): Promise<Found> {
  const keys = isInContainer()
    ? await withinTime(fromHttp({ timeout: 1000, maxRetries: 1, logger: silent })(), containerTimeout, signal)
    : undefined;
  if (keys === undefined)
    throw signedOut(
      l10n.t("The container's credential endpoint (AWS_CONTAINER_CREDENTIALS_…) returned no credentials."),
    );
  return { keys, source: { kind: "container", profile: undefined } };
}

export async function ofInstance({ signal }: CredentialTools): Promise<Found | undefined> {
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
