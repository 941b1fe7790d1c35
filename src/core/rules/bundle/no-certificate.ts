import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import { holdsPlaceholder } from "../../pem/body.ts";
import { nearNextLine } from "../../pem/lines.ts";
import type { Says } from "../../reason.ts";
import type { Span } from "../../text.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { hiddenPieces } from "../../x509/bundle/hidden.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "trust-store": () =>
    l10n.t("This file contains no certificate. A trust store must contain CA certificates as PEM blocks. Add them."),
  origin: () =>
    l10n.t(
      "This file contains no certificate. For an origin, it must contain the client certificate and its chain as PEM blocks. Add them.",
    ),
} satisfies Says;

export const noCertificate: Rule<BundleFacts, typeof says> = {
  id: "bundle/no-certificate",
  severity: "error",
  requires: l10n.t("The file of a trust store or of an origin client certificate must contain certificates."),
  source: sources.trustStores,
  says,
  *check({ bundle }, { purpose }) {
    if (purpose === "unknown" || bundle.pieces.length > 0 || hiddenPieces(bundle).length > 0) return;
    const { text } = bundle.pem;
    // What is filled in later may be all of it, and bytes may be anything.
    if (holdsPlaceholder(text, { start: 0, end: text.length }) || noText.test(text)) return;
    yield purpose === "origin"
      ? { at: placeIn(bundle), reason: { code: "origin" }, source: sources.acmFormat }
      : { at: placeIn(bundle), reason: { code: "trust-store" } };
  },
};

const longestLine = 200;
const noText = /[\0\ufffd]/;

/** What says that there should be one, or the first line. */
function placeIn({ marker, pem: { text } }: Bundle): Span {
  if (marker !== undefined) return marker.at;
  return { start: 0, end: text.slice(0, nearNextLine(text, 0, longestLine)).trimEnd().length };
}
