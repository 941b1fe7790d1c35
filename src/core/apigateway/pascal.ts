import type { Dialect, Spelled } from "../dialect/dialect.ts";
import { hasAny } from "../dialect/payload.ts";
import { type Node, stringOf, valueOf } from "../document/tree.ts";
import { shapes } from "./vocabulary.ts";

/**
 * The REST API as the SDKs for Go and .NET and the tools for PowerShell write their objects out: every name begins with
 * a capital. CloudFormation writes a domain name alike, but has neither a status nor operations.
 */
export const pascal: Dialect = {
  name: "pascal",
  spellings: new Map(
    [...shapes.values()].map(({ name, members }) => [
      name,
      new Map([...members.keys()].map((key): readonly [string, Spelled] => [key, { path: [capital(key)] }])),
    ]),
  ),
  rootsIn: (root) => {
    const shape = shapes.get("RestDomainName");
    return shape !== undefined && root.kind === "object" && isOfSdk(root) ? [{ node: root, shape }] : [];
  },
};

function isOfSdk(root: Node): boolean {
  if (root.kind !== "object" || hasAny(root, ["DomainNameConfigurations", "Type"])) return false;
  const operations = valueOf(root, "PatchOperations");
  if (operations?.kind === "list")
    return operations.items.every((item) => item.kind === "object" && hasAny(item, ["Path"]) && hasAny(item, ["Op"]));
  return (
    stringOf(valueOf(root, "DomainName")) !== undefined &&
    hasAny(root, ["RegionalCertificateArn", "EndpointConfiguration"]) &&
    hasAny(root, ["DomainNameStatus"])
  );
}

function capital(key: string): string {
  return key.slice(0, 1).toUpperCase() + key.slice(1);
}
