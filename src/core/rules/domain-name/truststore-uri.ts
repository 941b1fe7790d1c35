import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { readUri } from "../../apigateway/truststore-uri.ts";
import { type Spelling, shapes } from "../../apigateway/vocabulary.ts";
import { isTemplated } from "../../arn.ts";
import { nameIn } from "../../dialect/dialect.ts";
import { lostIn } from "../../dialect/lost-text.ts";
import { shape } from "../../dialect/shape.ts";
import { nameOf } from "../../dialect/spell.ts";
import { dialectOf, seen, siteOf } from "../../dialect/view.ts";
import { isComputed, memberOf, type Node, type ObjectNode } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { withoutAttribute } from "../../template/intrinsics.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  missing: ({ member }: { member: string }) =>
    l10n.t("{0} is missing. It sets the S3 location of the trust store.", member),
  takes: ({ member, inner }: { member: string; inner: string }) =>
    l10n.t("{0} must be an object with the member {1}.", member, inner),
  type: () => l10n.t("The trust store URI must be a string, for example s3://bucket-name/key-name."),
  spaces: () => l10n.t("The trust store URI has spaces or line breaks around it."),
  length: ({ length, most }: { length: number; most: number }) =>
    l10n.t("The trust store URI has {0} characters. API Gateway accepts up to {1} here.", length, most),
  change: ({ to }: { to: string }) => l10n.t("Change to {0}", to),
  versioned: ({ member }: { member: string }) =>
    l10n.t(
      "“?versionId=” is not part of a trust store URI. API Gateway would read it as part of the key. Set the version in {0}.",
      member,
    ),
  "name-version": ({ member }: { member: string }) => l10n.t("Set the version in {0}", member),
  placeholder: () =>
    l10n.t(
      "This is a placeholder. Enter the bucket and key of the trust store, for example s3://bucket-name/key-name.",
    ),
  "no-key": ({ written }: { written: string }) =>
    l10n.t(
      'The key is missing. "{0}" names a bucket, but API Gateway reads one object, for example s3://bucket-name/key-name.',
      written,
    ),
  "no-bucket": () =>
    l10n.t("The bucket is missing. API Gateway reads one object, for example s3://bucket-name/key-name."),
  "scheme-case": () => l10n.t("The documented format begins with s3:// in lower case."),
  url: () =>
    l10n.t("This is a web address. API Gateway requires the trust store URI in the format s3://bucket-name/key-name."),
  arn: () =>
    l10n.t("This is an ARN. API Gateway requires the trust store URI in the format s3://bucket-name/key-name."),
  "arn-in-uri": () =>
    l10n.t(
      "There is an ARN after s3://. API Gateway requires the name of the bucket there: s3://bucket-name/key-name.",
    ),
  "endpoint-in-uri": () =>
    l10n.t(
      "There is an S3 endpoint after s3://. API Gateway requires the name of the bucket there: s3://bucket-name/key-name.",
    ),
  "name-of": ({ id }: { id: string }) => l10n.t("Use the name of {0} instead of its ARN", id),
  "bucket-name": ({ bucket }: { bucket: string }) =>
    l10n.t(
      'No bucket can be named "{0}". A bucket name has only letters, digits, dots, hyphens, and underscores.',
      bucket,
    ),
  folder: () =>
    l10n.t(
      "The key ends with a slash, so it looks like a folder. API Gateway reads one object. Add the name of the file, for example s3://bucket-name/folder/clients.pem.",
    ),
  "no-scheme": () => l10n.t("The trust store URI must begin with s3://, for example s3://bucket-name/key-name."),
  foreign: () => l10n.t("This is not the URI of an S3 object. The format is s3://bucket-name/key-name."),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const truststoreUri: Rule<DomainName, typeof says> = {
  id: "domain-name/truststore-uri",
  severity: "error",
  requires: l10n.t("The trust store URI of a custom domain name must have the format s3://bucket-name/key-name."),
  source: sources.apiGatewayMtls,
  says,
  *check({ node: domain, uri, spelling, complete, block, at, version, slips }) {
    if (uri === undefined) {
      // Under a name that API Gateway does not know nothing is missing yet: domain-name/mtls-spelling.
      if (slips.some(({ member }) => member === at)) return;
      if (complete && at !== undefined && block !== undefined && version === undefined)
        yield { at: at.keySpan, reason: { code: "missing", args: { member: nameOf(block, spelling.uri) } } };
      // What a program wrote in its place: domain-name/member-type.
      else if (
        at?.value !== undefined &&
        block === undefined &&
        !isNothing(at.value) &&
        lostIn(at.value, shape(spelling.blockShape)) === undefined
      )
        yield {
          at: at.value,
          reason: {
            code: "takes",
            args: {
              member: at.spelled,
              inner: nameIn(dialectOf(domain), shapes.get(spelling.blockShape), spelling.uri),
            },
          },
        };
      return;
    }
    const { node, text } = uri;
    if (isComputed(node)) {
      yield* judgeParts(node);
      return;
    }
    // Of an operation, domain-name/patch-operation says it.
    if (text === undefined && uri.member !== undefined) yield { at: node, reason: { code: "type" } };
    // The empty text turns mutual TLS off: domain-name/mtls-off.
    else if (text !== undefined && text !== "" && !isTemplated(text))
      yield* judge(node, text, spelling, memberOf(block, spelling.version) === undefined ? block : undefined);
  },
};

/** A text that a template puts together: of what is not known yet, the kind may be. */
function* judgeParts(node: Node): Iterable<Finding<Said>> {
  const [first, second] = seen(node)?.parts ?? [];
  if (first !== "s3://" || typeof second !== "object" || second.attribute !== "Arn") return;
  const named = siteOf(node)?.resources.get(second.id);
  if (named !== undefined && named.type !== "AWS::S3::Bucket") return;
  const changes = withoutAttribute(node, second);
  yield {
    at: node,
    reason: { code: "arn-in-uri" },
    ...(changes.length === 0
      ? {}
      : { fixes: [{ reason: { code: "name-of", args: { id: second.id } }, safe: true, changes }] }),
  };
}

/** Not there, or filled in later. */
function isNothing(node: Node): boolean {
  return (
    node.kind === "computed" ||
    (node.kind === "scalar" &&
      (node.value === null || node.value === undefined || (typeof node.value === "string" && isTemplated(node.value))))
  );
}

function* judge(
  node: Node,
  written: string,
  { longestUri: most, version: versionName, blockShape }: Spelling,
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
    yield {
      at: node,
      source: sources.httpApiDomainName,
      reason: { code: "length", args: { length: written.length, most } },
    };
  const form = readUri(text);
  switch (form.kind) {
    case "right":
      return;
    case "versioned":
      yield {
        at: node,
        severity: "warning",
        reason: {
          code: "versioned",
          args: { member: nameIn(dialectOf(node), shapes.get(blockShape), versionName) },
        },
        // One that is named already is another: it is not known which one is meant.
        ...(withoutVersion === undefined
          ? {}
          : {
              fixes: [
                {
                  reason: { code: "name-version", args: { member: nameOf(withoutVersion, versionName) } },
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
    case "folder":
      yield { at: node, severity: "warning", reason: { code: "folder" } };
      return;
    case "bucket-name":
      yield {
        at: node,
        reason: { code: "bucket-name", args: { bucket: form.bucket.slice(0, 100) } },
        ...(form.meant === undefined ? {} : change(form.meant, true)),
      };
      return;
    case "endpoint-in-uri":
      yield {
        at: node,
        severity: "warning",
        reason: { code: "endpoint-in-uri" },
        ...(form.meant === undefined ? {} : change(form.meant, false)),
      };
      return;
    case "url":
    case "arn":
    case "arn-in-uri":
      yield { at: node, reason: { code: form.kind }, ...(form.meant === undefined ? {} : change(form.meant, true)) };
      return;
    case "no-scheme":
      yield { at: node, reason: { code: "no-scheme" }, ...(form.meant === undefined ? {} : change(form.meant, false)) };
  }
}
