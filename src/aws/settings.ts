import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import type { Failure } from "../core/failure.ts";
import { readSharedFiles, type Section, type SharedFiles, withHome } from "./shared-files.ts";

/** As `AWS_ENDPOINT_URL_…` and the keys of a `services` section call them, in lower case. */
export type Service = "acm" | "cloudfront" | "sts" | "sso" | "sso_oidc" | "signin";

/** What the environment and the shared files say, with the CLI's precedence, at the moment of connecting. */
export interface Settings {
  /** As it was asked for; `undefined`: the environment decides. */
  readonly asked: string | undefined;
  /** The profile that holds: as asked for, of the environment, or `default`. */
  readonly profile: string;
  /** `undefined`: the files have no such profile. */
  readonly section: Section | undefined;
  readonly files: SharedFiles;
  readonly region: string | undefined;
  /** Only those that are not AWS's own. */
  readonly endpoints: ReadonlyMap<Service, URL>;
  /** PEM of the authorities to be trusted, instead of those that are trusted otherwise. */
  readonly ca: string | undefined;
}

export const defaultRegion = "us-east-1";
const services: readonly Service[] = ["acm", "cloudfront", "sts", "sso", "sso_oidc", "signin"];

export async function readSettings(asked: string | undefined): Promise<Settings | Failure> {
  const files = await readSharedFiles();
  const named = asked ?? env("AWS_PROFILE") ?? env("AWS_DEFAULT_PROFILE");
  const profile = named ?? "default";
  const section = files.profiles.get(profile);
  if (section === undefined && named !== undefined) {
    const message =
      asked === undefined
        ? l10n.t(
            'AWS_PROFILE is set to "{0}", which is in neither the AWS config file nor the credentials file. Select another profile.',
            profile,
          )
        : l10n.t(
            'The profile "{0}" is in neither the AWS config file nor the credentials file. Select another profile.',
            profile,
          );
    return { failure: "signed-out", message };
  }
  const endpoints = readEndpoints(profile, section, files);
  if ("failure" in endpoints) return endpoints;
  const ca = await readAuthorities(profile, section);
  if (typeof ca === "object") return ca;
  return {
    asked,
    profile,
    section,
    files,
    region: env("AWS_REGION") ?? env("AWS_DEFAULT_REGION") ?? section?.get("region"),
    endpoints,
    ca,
  };
}

/** Set to nothing is not set. */
export function env(name: string): string | undefined {
  return process.env[name] || undefined;
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}

function readEndpoints(
  profile: string,
  section: Section | undefined,
  files: SharedFiles,
): ReadonlyMap<Service, URL> | Failure {
  const endpoints = new Map<Service, URL>();
  if (isTrue(env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ?? section?.get("ignore_configured_endpoint_urls")))
    return endpoints;
  const servicesName = section?.get("services");
  const ofServices = servicesName === undefined ? undefined : files.services.get(servicesName);
  for (const service of services) {
    const ownName = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
    const found =
      saying(env(ownName), ownName) ??
      saying(env("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL") ??
      saying(
        ofServices?.get(`${service}.endpoint_url`),
        l10n.t('endpoint_url in the services section "{0}"', servicesName ?? ""),
      ) ??
      saying(section?.get("endpoint_url"), l10n.t('endpoint_url in the profile "{0}"', profile));
    if (found === undefined) continue;
    const url = URL.canParse(found.text) ? new URL(found.text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      return {
        failure: "wrong-endpoint",
        message: l10n.t("The value of {0} is not a URL that starts with https:// or http://.", found.source),
      };
    }
    endpoints.set(service, url);
  }
  if (servicesName !== undefined && ofServices === undefined) {
    return {
      failure: "wrong-endpoint",
      message: l10n.t(
        'The profile "{0}" refers to the services section "{1}", which is not in the AWS config file.',
        profile,
        servicesName,
      ),
    };
  }
  return endpoints;
}

function saying(
  text: string | undefined,
  source: string,
): { readonly text: string; readonly source: string } | undefined {
  return text === undefined ? undefined : { text, source };
}

/** The SDK for JavaScript knows neither `AWS_CA_BUNDLE` nor `ca_bundle`. */
async function readAuthorities(profile: string, section: Section | undefined): Promise<string | Failure | undefined> {
  const ofEnvironment = env("AWS_CA_BUNDLE");
  const path = ofEnvironment ?? section?.get("ca_bundle");
  if (path === undefined) return undefined;
  const source = ofEnvironment === undefined ? l10n.t('ca_bundle in the profile "{0}"', profile) : "AWS_CA_BUNDLE";
  try {
    const text = await readFile(withHome(path), "utf8");
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*(-----END CERTIFICATE-----)?/g);
    if (blocks === null) {
      return {
        failure: "offline",
        message: l10n.t("The file {0}, set by {1}, contains no PEM certificates. AWS was not called.", path, source),
      };
    }
    // TLS would pass over what it cannot read, and say later that the server is not trusted.
    for (const block of blocks) new X509Certificate(block);
    return text;
  } catch (error) {
    const message = isMissing(error)
      ? l10n.t("The file {0}, set by {1}, does not exist. AWS was not called.", path, source)
      : l10n.t("The file {0}, set by {1}, could not be read as PEM certificates. AWS was not called.", path, source);
    return { failure: "offline", message };
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}

/** For people: without a name and a password that a URL may hold. */
export function shownEndpoint(url: URL): string {
  return `${url.origin}${url.pathname === "/" ? "" : url.pathname}`;
}
