import { stringOf, valueOf } from "../document/tree.ts";
import type { DomainName } from "./domain-name.ts";
import { uriPath, versionPath } from "./vocabulary.ts";

/** What no shell and no shorthand of the AWS CLI reads anything into. */
const harmless = /^[\w+:./-]+$/;

/**
 * The command that makes mutual TLS of a domain name what the document says; `undefined` where the domain name may not be
 * there yet, or something would have to be quoted.
 */
export function updateDomainNameCommand(domain: DomainName): string | undefined {
  const { name, role, spelling, uri, version } = domain;
  if (role !== "output" || name === undefined || uri?.text === undefined || uri.text === "") return undefined;
  const settings = spelling.api === "rest" ? operationsOf(domain, uri.text) : configurationOf(domain, uri.text);
  const words = [name, uri.text, ...(version?.text === undefined ? [] : [version.text])];
  if (settings === undefined || !words.every((word) => harmless.test(word))) return undefined;
  return `aws ${spelling.service} update-domain-name --domain-name ${name} ${settings}`;
}

function operationsOf({ version, policies }: DomainName, uri: string): string | undefined {
  const [policy] = policies;
  const values = [...(policy?.text === undefined ? [] : [["/securityPolicy", policy.text]]), [uriPath, uri], ...(version?.text === undefined ? [] : [[versionPath, version.text]])];
  return values.every(([, value = ""]) => harmless.test(value)) ? `--patch-operations ${values.map(([path, value]) => `op=replace,path=${path},value=${value}`).join(" ")}` : undefined;
}

/** Members of a configuration that an update gives again. */
const configured = ["CertificateArn", "EndpointType", "SecurityPolicy", "IpAddressType", "OwnershipVerificationCertificateArn"] as const;

/** An update must give the one configuration again (see domain-name/one-configuration). */
function configurationOf({ configurations, spelling, version }: DomainName, uri: string): string | undefined {
  const [only, another] = configurations?.items ?? [];
  if (only === undefined || another !== undefined) return undefined;
  const members = configured.flatMap((key) => {
    const value = stringOf(valueOf(only, key));
    return value === undefined ? [] : [[key, value] as const];
  });
  if (!members.every(([, value]) => harmless.test(value))) return undefined;
  const mtls = [`${spelling.uri}=${uri}`, ...(version?.text === undefined ? [] : [`${spelling.version}=${version.text}`])];
  return `--domain-name-configurations ${members.map((pair) => pair.join("=")).join(",")} --mutual-tls-authentication ${mtls.join(",")}`;
}
