import { isTemplated } from "../arn.ts";
import { isMoreThanText, listArgument, objectArgument, type Settings } from "../dialect/cli.ts";
import { stringOf, valueOf } from "../document/tree.ts";
import { commandOf, type Terminal, type Unquotable } from "../shell.ts";
import type { DomainName } from "./domain-name.ts";
import { accessModePath, isEnhancedPolicy, policyPath, uriPath, versionPath } from "./vocabulary.ts";

/**
 * The command that makes mutual TLS of a domain name what the document says; `undefined` where the domain name may not
 * be there yet, or something is not said.
 * @param before what the document said before: a version that is gone from it is still on the server
 */
export function updateDomainNameCommand(
  domain: DomainName,
  terminal: Terminal,
  before?: DomainName,
): string | Unquotable | undefined {
  const { form, role, spelling, uri } = domain;
  if (form === "patch") return commandFor(domain, operationsIn(domain), terminal);
  if (role !== "output" || uri?.text === undefined || uri.text === "") return undefined;
  const settings = spelling.api === "rest" ? operationsOf(domain, uri.text, before) : configurationOf(domain, uri.text);
  return commandFor(domain, settings, terminal);
}

/**
 * The command that turns mutual TLS of a domain name off, which the document has no more: an empty place does. An input
 * of the HTTP API may be that of an update; one of the REST API creates a domain name, unless it has operations.
 */
export function turnOffDomainNameCommand(domain: DomainName, terminal: Terminal): string | Unquotable | undefined {
  const { form, role, spelling } = domain;
  if (form === "patch") return commandFor(domain, operationsIn(domain), terminal);
  if (spelling.api === "http") return commandFor(domain, configurationOf(domain, ""), terminal);
  return role === "output" ? commandFor(domain, patchOf([replacement(uriPath, "")]), terminal) : undefined;
}

function commandFor(
  { name, spelling }: DomainName,
  settings: readonly string[] | undefined,
  terminal: Terminal,
): string | Unquotable | undefined {
  if (settings === undefined || name === undefined || isTemplated(name) || isMoreThanText(name)) return undefined;
  return commandOf(["aws", spelling.service, "update-domain-name", "--domain-name", name, ...settings], terminal);
}

function operationsOf(domain: DomainName, uri: string, before: DomainName | undefined): readonly string[] | undefined {
  const policy = domain.policies[0]?.text;
  const version = versionOf(domain);
  const values: readonly (readonly [path: string, value: string])[] = [
    ...(policy === undefined ? [] : [[policyPath, policy] as const]),
    ...(leavesEnhancedPolicy(domain, before) ? [[accessModePath, ""] as const] : []),
    [uriPath, uri],
    ...(version === undefined ? [] : [[versionPath, version] as const]),
  ];
  if (values.some(([, value]) => isTemplated(value))) return undefined;
  const operations = values.map(([path, value]) => replacement(path, value));
  // What an operation does not name stays as it is: it would be the version of another object.
  const removed: readonly Settings[] =
    version === undefined && before !== undefined && versionOf(before) !== undefined
      ? [
          [
            ["op", "remove"],
            ["path", versionPath],
          ],
        ]
      : [];
  return patchOf([...operations, ...removed]);
}

/** All that the document has; `undefined` where one of them does not say what it does. */
function operationsIn({ operations }: DomainName): readonly string[] | undefined {
  const known = operations.flatMap(({ op, path, value }): Settings[] => {
    if (op?.text === undefined || path?.text === undefined) return [];
    const said: Settings = [
      ["op", op.text],
      ["path", path.text],
    ];
    if (op.text === "remove") return [said];
    return value?.text === undefined || isTemplated(value.text) ? [] : [[...said, ["value", value.text]]];
  });
  return known.length === operations.length ? patchOf(known) : undefined;
}

function patchOf(operations: readonly Settings[]): readonly string[] {
  return ["--patch-operations", ...listArgument(operations)];
}

function replacement(path: string, value: string): Settings {
  return [
    ["op", "replace"],
    ["path", path],
    ["value", value],
  ];
}

/** On the server there is an endpoint access mode then, which no other policy allows: it must be unset. */
function leavesEnhancedPolicy({ policies, accessModes }: DomainName, before: DomainName | undefined): boolean {
  const isEnhanced = (domain: DomainName): boolean =>
    domain.policies.some(({ text }) => text !== undefined && isEnhancedPolicy(text));
  return (
    before !== undefined &&
    isEnhanced(before) &&
    policies.some(({ text }) => text !== undefined && !isEnhancedPolicy(text)) &&
    accessModes.every(({ text }) => text === "")
  );
}

/** The empty text names none. */
function versionOf({ version }: DomainName): string | undefined {
  return version?.text === "" ? undefined : version?.text;
}

/** Members of a configuration that an update gives again. */
const configured = [
  "CertificateArn",
  "EndpointType",
  "SecurityPolicy",
  "IpAddressType",
  "OwnershipVerificationCertificateArn",
] as const;

/** An update must give the one configuration again (see domain-name/one-configuration). */
function configurationOf(domain: DomainName, uri: string): readonly string[] | undefined {
  const { configurations, spelling } = domain;
  const [only, another] = configurations?.items ?? [];
  if (only === undefined || another !== undefined) return undefined;
  const members = configured.flatMap((key) => {
    const value = stringOf(valueOf(only, key));
    return value === undefined ? [] : [[key, value] as const];
  });
  const version = versionOf(domain);
  const mtls: Settings = [
    [spelling.uri, uri],
    ...(version === undefined ? [] : [[spelling.version, version] as const]),
  ];
  if ([...members, ...mtls].some(([, value]) => isTemplated(value))) return undefined;
  return [
    ...["--domain-name-configurations", ...listArgument([members])],
    ...["--mutual-tls-authentication", objectArgument(mtls)],
  ];
}
