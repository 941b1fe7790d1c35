import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { stringOf, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { relatedToViewerMtls } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  http3: ({ version }: { version: string }) =>
    l10n.t("{0} enables HTTP/3. CloudFront does not support viewer mTLS with HTTP/3.", version),
  change: ({ version }: { version: string }) => l10n.t("Change to {0}", version),
} satisfies Says;

export const httpVersion: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/http-version",
  severity: "error",
  requires: l10n.t("With viewer mTLS, HTTP/3 must be turned off, which requires HttpVersion http2 or http1.1."),
  source: sources.viewerMtls,
  says,
  *check(distribution) {
    if (distribution.viewerMtls?.on !== true) return;
    const node = valueOf(distribution.node, "HttpVersion");
    const value = stringOf(node)?.toLowerCase();
    if (node === undefined || node.start >= distribution.soundUpTo || (value !== "http3" && value !== "http2and3"))
      return;
    const both = value === "http2and3";
    const use = (version: string, safe: boolean): Fix<ReasonOf<typeof says>> => ({
      reason: { code: "change", args: { version } },
      safe,
      changes: [{ kind: "set", node, value: version }],
    });
    yield {
      at: node,
      reason: { code: "http3", args: { version: value } },
      related: relatedToViewerMtls(distribution),
      // Without HTTP/3, http2and3 is http2. What http3 alone should become is a choice.
      fixes: both ? [use("http2", true), use("http1.1", false)] : [use("http2", false), use("http1.1", false)],
    };
  },
};
