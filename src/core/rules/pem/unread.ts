import * as l10n from "@vscode/l10n";
import type { BundleFacts } from "../../facts.ts";
import { type Mending, mayBeKey } from "../../pem/hidden.ts";
import { isLineEnd, lineEndBehind, unseenName } from "../../pem/lines.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { TextEdit } from "../../text.ts";
import { profiles, type Target } from "../../truststore/targets.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { type HiddenPiece, hiddenPieces, placeOfHidden } from "../../x509/bundle/hidden.ts";
import { documentIn } from "../../x509/bundle/in-document.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "in-all": ({ why }: { why: string }) => l10n.t("This file has no readable PEM. {0}", why),
  beside: ({ why }: { why: string }) => l10n.t("Programs that read this file do not find this PEM block. {0}", why),
  escapes: ({ label }: { label: string }) =>
    l10n.t("This {0} block has \\n instead of line breaks, as in a string. Use real line breaks.", label),
  "write-line-ends": () => l10n.t("Replace \\n with line breaks"),
  quotes: ({ label }: { label: string }) =>
    l10n.t("This {0} block is in quotation marks. Remove them, so that its lines contain only PEM.", label),
  "remove-quotes": () => l10n.t("Remove the quotation marks"),
  prefix: ({ label, prefix }: { label: string; prefix: string }) =>
    l10n.t("“{1}” is before this {0} block. The lines of a block must not begin with other text.", label, prefix),
  "remove-prefix": ({ prefix }: { prefix: string }) => l10n.t("Remove “{0}” from the lines", prefix),
  "remove-numbers": () => l10n.t("Remove the line numbers"),
  "remove-tags": ({ opening, closing }: { opening: string; closing: string }) =>
    l10n.t("Remove “{0}” and “{1}”", opening, closing),
  "move-without": ({ prefix }: { prefix: string }) => l10n.t("Move it to separate lines, and remove “{0}”", prefix),
  "move-several": ({ count }: { count: number }) =>
    l10n.t("Move the {0} PEM blocks to separate lines, each below the text before it as a comment", count),
  "move-several-without": ({ count }: { count: number }) =>
    l10n.t("Move the {0} PEM blocks to separate lines, and remove the text before each", count),
  "decode-several": ({ count }: { count: number }) => l10n.t("Decode the base64 of {0} PEM blocks", count),
  "move-below": ({ prefix }: { prefix: string }) =>
    l10n.t("Move it to separate lines, below “{0}” as a comment", prefix),
  html: ({ label }: { label: string }) =>
    l10n.t("This {0} block has HTML in its lines. They must contain only base64.", label),
  "remove-html": () => l10n.t("Remove the HTML"),
  dollars: ({ label }: { label: string }) =>
    l10n.t("The lines of this {0} block end with “$”, as “cat -A” prints them. They must contain only base64.", label),
  "remove-dollars": () => l10n.t("Remove “$” from the lines"),
  separated: ({ label, separator }: { label: string; separator: string }) =>
    l10n.t("This {0} block has “{1}” instead of line breaks. Use real line breaks.", label, separator),
  "separated-unseen": ({ label, name }: { label: string; name: string }) =>
    l10n.t("This {0} block has invisible characters ({1}) instead of line breaks. Use real line breaks.", label, name),
  "separated-lines": ({ label, separator }: { label: string; separator: string }) =>
    l10n.t("This {0} block has “{1}” in its lines. They must contain only base64.", label, separator),
  "replace-separator": ({ separator }: { separator: string }) => l10n.t("Replace “{0}” with line breaks", separator),
  "replace-unseen": ({ name }: { name: string }) => l10n.t("Replace {0} with line breaks", name),
  bare: ({ label }: { label: string }) =>
    l10n.t("This is the base64 of a PEM block ({0}) without its BEGIN and END lines. Add these lines.", label),
  "bare-damaged": ({ label }: { label: string }) =>
    l10n.t(
      "This is the base64 of a PEM block ({0}) without its BEGIN and END lines, and it is damaged or cut off. Copy it again from its source.",
      label,
    ),
  remains: () =>
    l10n.t(
      "These lines look like part of a PEM block: its BEGIN line and the beginning of its Base64 are missing. Copy the PEM block again from its source.",
    ),
  "add-boundaries": () => l10n.t("Add the BEGIN and END lines"),
  boundaries: ({ label }: { label: string }) =>
    l10n.t(
      "The BEGIN and END lines of this {0} block must be written as “-----BEGIN {0}-----” and “-----END {0}-----”.",
      label,
    ),
  "correct-boundaries": () => l10n.t("Correct the BEGIN and END lines"),
  base64: ({ label }: { label: string }) =>
    l10n.t(
      "This is a PEM block ({0}) that was encoded in base64 once more, as in a Kubernetes secret. Decode it.",
      label,
    ),
  decode: () => l10n.t("Decode the base64"),
  url: ({ label }: { label: string }) =>
    l10n.t("This {0} block is URL-encoded, as in a header of a load balancer. Decode it.", label),
  "decode-url": () => l10n.t("Decode the URL encoding"),
  other: ({ label }: { label: string }) => l10n.t("This {0} block is not on separate lines.", label),
  damaged: ({ label }: { label: string }) =>
    l10n.t("This {0} block is not on separate lines, or it is damaged.", label),
  "own-lines": () => l10n.t("Move it to separate lines"),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const unread: Rule<BundleFacts, typeof says> = {
  id: "pem/unread",
  severity: "error",
  requires: l10n.t(
    "PEM blocks must be written as plain PEM lines: without quotation marks, without other text or diff marks before the lines, and with real line breaks instead of \\n.",
  ),
  source: sources.pemGrammar,
  says,
  *check({ bundle }, { purpose, targets = [] }) {
    // Of a private key another rule says what matters.
    const hidden = hiddenPieces(bundle).filter(({ hidden }) => !mayBeKey(hidden));
    const [first] = hidden;
    if (first === undefined) return;
    if (bundle.pieces.length === 0) {
      // Of a document of another kind bundle/no-certificate says what it is.
      if (purpose !== "unknown" && documentIn(bundle) !== undefined) return;
      yield {
        at: placeOfHidden(first),
        // It is not yet known to be for a service.
        severity: purpose === "unknown" ? "warning" : "error",
        reason: { code: "in-all", args: { why: whyOf(first) } },
        fixes: fixOf(bundle, first, hidden, targets),
      };
      return;
    }
    for (const one of hidden)
      yield {
        ...(one.index === undefined ? {} : aboutPiece(bundle, one.index)),
        at: placeOfHidden(one),
        ...(isWarning(one, targets) && { severity: "warning" as const }),
        reason: isRemains(one) ? { code: "remains" } : { code: "beside", args: { why: whyOf(one) } },
        fixes: fixOf(bundle, one, [one], targets),
      };
  },
};

/** Text that is no block may stand between blocks, where the service does not restrict it. */
function isWarning(piece: HiddenPiece, targets: readonly Target[]): boolean {
  return isRemains(piece) && !targets.some((target) => profiles[target].isTextRestricted);
}

function isRemains({ hidden: { how } }: HiddenPiece): boolean {
  return how === "remains";
}

function whyOf({ hidden: { how, label, prefix, separator = "" } }: HiddenPiece): Said {
  if (how === "remains") return { code: how };
  if (how === "separated") return separatedBy(separator, label);
  return how === "prefix" ? { code: how, args: { label, prefix: visible(prefix) } } : { code: how, args: { label } };
}

/** Characters that cannot be seen by their name. */
function visible(prefix: string): string {
  return unseenName(prefix) ?? prefix;
}

function separatedBy(separator: string, label: string): Said {
  const name = unseenName(separator);
  if (name !== undefined) return { code: "separated-unseen", args: { label, name } };
  const [code, said] = [/[\r\n]/.test(separator) ? "separated-lines" : "separated", separator.trim()] as const;
  return { code, args: { label, separator: said.replaceAll(/\s+/g, " ") } };
}

/** What makes blocks of all that are `meant`. */
function fixOf(
  bundle: Bundle,
  piece: HiddenPiece,
  meant: readonly HiddenPiece[],
  targets: readonly Target[],
): readonly Fix<Said>[] {
  const { mending } = piece.hidden;
  const isRefused = ({ text }: TextEdit): boolean =>
    !isTakenComment(text) && targets.some((target) => profiles[target].isTextRestricted);
  const isWithout = meant.some(({ hidden }) => hidden.mending !== undefined && isRefused(hidden.mending.edit));
  const edits = editsOf(bundle, meant, isWithout);
  if (mending === undefined || edits.length < meant.length) return [];
  const changes = edits.map((edit) => ({ kind: "rewrite" as const, edit }));
  const count = edits.reduce((sum, { text }) => sum + text.split("-----BEGIN ").length - 1, 0);
  return [{ reason: titleOf(piece, mending, { count, isWithout }), safe: false, changes }];
}

/** Whether what stands above a block, if anything, is what services take that restrict text. */
function isTakenComment(written: string): boolean {
  const above = written.slice(0, written.indexOf("-----BEGIN "));
  return above === "" || (above.startsWith("#") && !above.includes("-"));
}

/** In the text. A block begins a line, whatever stands before it, or before its chunk. */
function editsOf({ pem }: Bundle, meant: readonly HiddenPiece[], isWithout: boolean): readonly TextEdit[] {
  let done = 0;
  return meant.flatMap(({ hidden: { mending }, start, index }) => {
    if (mending === undefined) return [];
    const { span, text } = mending.edit;
    const place = index ?? pem.chunks.length - 1;
    const above = span.start > 0 ? pem.chunks[place]?.text.slice(0, span.start) : pem.chunks[place - 1]?.text;
    const isInLine = above !== undefined && !isLineEnd(above.charCodeAt(above.length - 1)) && start + span.start > done;
    done = start + span.end;
    const lineEnd = isInLine ? lineEndBehind(above, 0) : "";
    const written = isWithout && mending.around === "comment" ? text.slice(text.indexOf("-----BEGIN ")) : text;
    return [{ span: { start: start + span.start, end: start + span.end }, text: lineEnd + written }];
  });
}

function titleOf(
  { hidden: { how, prefix, separator = "" } }: HiddenPiece,
  { around }: Mending,
  { count, isWithout }: { readonly count: number; readonly isWithout: boolean },
): Said {
  if (around === "comment") {
    if (count > 1) return { code: isWithout ? "move-several-without" : "move-several", args: { count } };
    if (prefix === "") return { code: "own-lines" };
    return { code: isWithout ? "move-without" : "move-below", args: { prefix: visible(prefix) } };
  }
  if (around !== "goes") return { code: "remove-tags", args: around };
  if (how === "separated") {
    const name = unseenName(separator);
    if (/[\r\n]/.test(separator)) return { code: "own-lines" };
    return name === undefined
      ? { code: "replace-separator", args: { separator: separator.trim() } }
      : { code: "replace-unseen", args: { name } };
  }
  if (how === "base64" && count > 1) return { code: "decode-several", args: { count } };
  if (how !== "prefix") return { code: titles[how] };
  return /^\d+\W?$/.test(prefix)
    ? { code: "remove-numbers" }
    : { code: "remove-prefix", args: { prefix: visible(prefix) } };
}

const titles = {
  escapes: "write-line-ends",
  quotes: "remove-quotes",
  html: "remove-html",
  dollars: "remove-dollars",
  bare: "add-boundaries",
  "bare-damaged": "add-boundaries",
  remains: "add-boundaries",
  boundaries: "correct-boundaries",
  base64: "decode",
  url: "decode-url",
  damaged: "own-lines",
  other: "own-lines",
} as const;
