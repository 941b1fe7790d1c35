import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { readUri } from "../../apigateway/truststore-uri.ts";
import type { Spelling } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import { memberOf, type Node, type ObjectNode } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  missing: ({ member }: { member: string }) =>
    l10n.t("{0} is missing: it says where in S3 the trust store is.", member),
  takes: ({ member, inner }: { member: string; inner: string }) =>
    l10n.t("{0} takes an object with the member {1}.", member, inner),
  type: () => l10n.t("The place of the trust store must be a text, as in s3://bucket-name/key-name."),
  spaces: () => l10n.t("There are spaces or line breaks around the place of the trust store."),
  length: ({ length, most }: { length: number; most: number }) =>
    l10n.t("The place of the trust store has {0} characters; API Gateway takes at most {1} here.", length, most),
  change: ({ to }: { to: string }) => l10n.t("Change to {0}", to),
  versioned: ({ member }: { member: string }) =>
    l10n.t(
      "“?versionId=” is no part of the place: API Gateway would take it for a part of the key. The version belongs in {0}.",
      member,
    ),
  "name-version": ({ member }: { member: string }) => l10n.t("Name the version in {0}", member),
  placeholder: () =>
    l10n.t(
      "This is a placeholder: put the bucket and the key of the trust store here, as in s3://bucket-name/key-name.",
    ),
  "no-key": ({ written }: { written: string }) =>
    l10n.t(
      'The key is missing: "{0}" names a bucket, and API Gateway reads one object, as in s3://bucket-name/key-name.',
      written,
    ),
  "no-bucket": () => l10n.t("The bucket is missing: API Gateway reads one object, as in s3://bucket-name/key-name."),
  "scheme-case": () => l10n.t("The documented form begins with s3:// in small letters."),
  url: () =>
    l10n.t("API Gateway takes the place of the trust store as s3://bucket-name/key-name, not as a web address."),
  arn: () => l10n.t("API Gateway takes the place of the trust store as s3://bucket-name/key-name, not as an ARN."),
  "no-scheme": () => l10n.t("The place of the trust store begins with s3://, as in s3://bucket-name/key-name."),
  foreign: () => l10n.t("This is not the place of an object in S3, which looks like s3://bucket-name/key-name."),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const truststoreUri: Rule<DomainName, typeof says> = {
  id: "domain-name/truststore-uri",
  severity: "error",
  requires: l10n.t("The trust store of a custom domain name must be named as s3://bucket-name/key-name."),
  source: sources.apiGatewayMtls,
  says,
  *check({ uri, spelling, complete, block, at, version, slips }) {
    if (uri === undefined) {
      // Under a name that API Gateway does not know nothing is missing yet: domain-name/mtls-spelling.
      if (slips.some(({ member }) => member === at)) return;
      if (complete && at !== undefined && block !== undefined && version === undefined)
        yield { at: at.keySpan, reason: { code: "missing", args: { member: spelling.uri } } };
      else if (at?.value !== undefined && block === undefined && !isNothing(at.value))
        yield { at: at.value, reason: { code: "takes", args: { member: at.key, inner: spelling.uri } } };
      return;
    }
    const { node, text } = uri;
    // Of an operation, domain-name/patch-operation says it.
    if (text === undefined && uri.member !== undefined) yield { at: node, reason: { code: "type" } };
    // The empty text turns mutual TLS off: domain-name/mtls-off.
    else if (text !== undefined && text !== "" && !isTemplated(text))
      yield* judge(node, text, spelling, memberOf(block, spelling.version) === undefined ? block : undefined);
  },
};

/** Not there, or filled in later. */
function isNothing(node: Node): boolean {
  return (
    node.kind === "scalar" &&
    (node.value === null || node.value === undefined || (typeof node.value === "string" && isTemplated(node.value)))
  );
}

function* judge(
  node: Node,
  written: string,
  { longestUri: most, version: versionName }: Spelling,
  withoutVersion: ObjectNode | undefined,
): Iterable<Finding<Said>> {
  const text = written.trim();
  const change = (value: string, safe: boolean): { readonly fixes: readonly Fix<Said>[] } => ({
    fixes: [{ reason: { code: "change", args: { to: value } }, safe, changes: [{ kind: "set", node, value }] }],
  });
  if (text !== written && readUri(text).kind === "right") {
    yield { at: node, reason: { code: "spaces" }, ...change(text, true) };
    return;
  }
  if (most !== undefined && written.length > most)
    yield { at: node, reason: { code: "length", args: { length: written.length, most } } };
  const form = readUri(text);
  switch (form.kind) {
    case "right":
      return;
    case "versioned":
      yield {
        at: node,
        severity: "warning",
        reason: { code: "versioned", args: { member: versionName } },
        // One that is named already is another: which is meant, nobody can tell.
        ...(withoutVersion === undefined
          ? {}
          : {
              fixes: [
                {
                  reason: { code: "name-version", args: { member: versionName } },
                  safe: false,
                  changes: [
                    { kind: "set", node, value: form.meant },
                    { kind: "add", to: withoutVersion, key: versionName, value: form.version },
                  ],
                },
              ],
            }),
      };
      return;
    case "placeholder":
    case "no-bucket":
    case "foreign":
      yield { at: node, reason: { code: form.kind } };
      return;
    case "no-key":
      yield { at: node, reason: { code: "no-key", args: { written: text } } };
      return;
    case "scheme-case":
      yield {
        at: node,
        severity: "warning",
        reason: { code: "scheme-case" },
        ...(form.meant === undefined ? {} : change(form.meant, true)),
      };
      return;
    case "url":
    case "arn":
      yield { at: node, reason: { code: form.kind }, ...(form.meant === undefined ? {} : change(form.meant, true)) };
      return;
    case "no-scheme":
      yield { at: node, reason: { code: "no-scheme" }, ...(form.meant === undefined ? {} : change(form.meant, false)) };
  }
}
