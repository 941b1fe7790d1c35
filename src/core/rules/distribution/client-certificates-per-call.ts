import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { arnOf } from "../../cloudfront/origin-mtls.ts";
import { mostClientCertificatesPerCall } from "../../cloudfront/vocabulary.ts";
import type { Node } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  many: ({ count, most }: { count: number; most: number }) =>
    l10n.t(
      "This configuration names {0} distinct client certificates. A request can add or change at most {1}. If more are new, use several updates.",
      count,
      most,
    ),
  "many-in-template": ({ count, most }: { count: number; most: number }) =>
    l10n.t(
      "This distribution names {0} distinct client certificates. CloudFormation creates or updates it in one request, which can add or change at most {1}. If more are new, use several stack updates.",
      count,
      most,
    ),
} satisfies Says;

export const clientCertificatesPerCall: Rule<Distribution, typeof says> = {
  id: "distribution/client-certificates-per-call",
  severity: "info",
  requires: l10n.t("A create or update request must not add or change more than five distinct client certificates."),
  source: sources.clientCertificate,
  says,
  *check({ origins, dialect }) {
    const first = new Map<string, Node>();
    for (const block of origins.flatMap((origin) => origin.blocks)) {
      const arn = arnOf(block);
      const node = block.certificate;
      if (arn !== undefined && arn !== "" && node !== undefined && !isTemplated(arn) && !first.has(arn))
        first.set(arn, node);
    }
    const [beyond] = [...first.values()].slice(mostClientCertificatesPerCall);
    if (beyond === undefined) return;
    yield {
      at: beyond,
      reason: {
        code: dialect.deployedBy === undefined ? "many" : "many-in-template",
        args: { count: first.size, most: mostClientCertificatesPerCall },
      },
    };
  },
};
