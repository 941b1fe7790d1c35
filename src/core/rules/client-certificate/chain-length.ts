import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import { longestClientChain } from "../../client-certificate/fitness.ts";
import type { Says } from "../../reason.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import { chainOfFile } from "../../x509/path/file-chain.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "with-root": ({ count, most }: { count: number; most: number }) =>
    l10n.t(
      "With the root, which is not in the file, the chain has at least {0} certificates. CloudFront accepts up to {1}, including leaf and root.",
      count,
      most,
    ),
} satisfies Says;

export const chainLength: Rule<Bundle, typeof says> = {
  id: "client-certificate/chain-length",
  severity: "error",
  requires: l10n.t(
    "The chain of an origin client certificate must have at most three certificates, including leaf and root.",
  ),
  source: sources.clientCertificate,
  says,
  *check(bundle, { now, purpose, signatures }) {
    if (purpose !== "origin") return;
    const unmet = unmetIn(bundle, now, "chain-length");
    yield* unmet;
    const chain = chainOfFile(bundle, signatures, { leafAnywhere: true });
    if (
      unmet.length > 0 ||
      chain?.open === undefined ||
      chain.unconnected.length > 0 ||
      chain.connected.length < longestClientChain ||
      chain.open.certificate.issuer.isEmpty
    )
      return;
    // The root counts too. Whether CloudFront counts one that it is not given is not documented.
    yield {
      ...aboutPiece(bundle, chain.open.index),
      severity: "warning",
      reason: { code: "with-root", args: { count: chain.connected.length + 1, most: longestClientChain } },
    };
  },
};
