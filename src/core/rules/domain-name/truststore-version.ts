import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { readUri } from "../../apigateway/truststore-uri.ts";
import { uriPath, versionPath } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import { nameOf } from "../../dialect/spell.ts";
import { isComputed } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "not-named": () =>
    l10n.t(
      "No version of the S3 object is set. API Gateway uses a changed trust store only after you update the domain name. If versioning is enabled on the bucket, set the version that you want to use.",
    ),
  type: () => l10n.t("The version of an S3 object must be a string."),
  empty: ({ member }: { member: string }) =>
    l10n.t("The version is empty. Set a version of the object or remove {0}.", member),
  length: ({ length, most }: { length: number; most: number }) =>
    l10n.t("The version has {0} characters. API Gateway accepts up to {1} here.", length, most),
  "of-nothing": ({ version, uri }: { version: string; uri: string }) =>
    l10n.t("{0} sets the version of an object, but {1} is missing.", version, uri),
} satisfies Says;

export const truststoreVersion: Rule<DomainName, typeof says> = {
  id: "domain-name/truststore-version",
  severity: "error",
  requires: l10n.t(
    "The version of a trust store must be the version of the S3 object, and should be set, because API Gateway does not use a changed object automatically.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check({ version, uri, mtls, form, role, complete, spelling, operations, block }) {
    const removes = (removed: string) =>
      operations.some(({ op, path }) => op?.text === "remove" && path?.text === removed);
    if (version === undefined) {
      // An update that takes the version away means to name none.
      if (removes(versionPath)) return;
      if (mtls !== "on" || role === "output" || !complete || uri === undefined || !namesObject(uri.text ?? "")) return;
      yield { at: uri.member?.keySpan ?? uri.node, severity: "info", reason: { code: "not-named" } };
      return;
    }
    const { text, node } = version;
    if (isComputed(node)) return;
    if (text === undefined) {
      // Of an operation, domain-name/patch-operation says it.
      if (version.member !== undefined) yield { at: node, reason: { code: "type" } };
      return;
    }
    if (isTemplated(text)) return;
    // With mutual TLS goes the version: domain-name/mtls-off.
    if (text === "" && (uri?.text === "" || removes(uriPath))) return;
    if (text.trim() === "")
      yield {
        at: node,
        severity: "warning",
        reason: { code: "empty", args: { member: nameOf(block, spelling.version) } },
      };
    else if (spelling.longestVersion !== undefined && text.length > spelling.longestVersion)
      yield {
        at: node,
        source: sources.httpApiDomainName,
        reason: { code: "length", args: { length: text.length, most: spelling.longestVersion } },
      };
    // An update may name another version of the object that is set already; that of an HTTP API looks like any request.
    if (uri === undefined && form !== "patch" && spelling.api === "rest" && complete)
      yield {
        at: version.at,
        severity: "warning",
        reason: {
          code: "of-nothing",
          args: { version: nameOf(block, spelling.version), uri: nameOf(block, spelling.uri) },
        },
      };
  },
};

/** An object, and no version of it, in whatever form: once that is corrected, nothing new should come up. */
function namesObject(text: string): boolean {
  const form = readUri(text.trim());
  return form.kind === "right" || (form.kind !== "versioned" && "meant" in form && form.meant !== undefined);
}
