import * as l10n from "@vscode/l10n";
import type { Damage, Lost } from "../../pem/block.ts";
import { longestBody } from "../../pem/open-body.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { TextEdit } from "../../text.ts";
import type { Piece } from "../../x509/bundle/bundle.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  character: () => l10n.t("This is not base64."),
  characters: ({ others }: { others: number }) =>
    others === 1
      ? l10n.t("This is not base64. 1 other place in this PEM block is not base64 either.")
      : l10n.t("This is not base64. {0} other places in this PEM block are not base64 either.", others),
  "same-here": () => l10n.t("This is not base64 either."),
  invisible: () => l10n.t("This is an invisible character that is not base64."),
  "remove-invisible": () => l10n.t("Remove the invisible characters"),
  plus: () =>
    l10n.t(
      "The plus signs (+) in this base64 became spaces. This happens when text is URL-decoded that was not URL-encoded.",
    ),
  "restore-plus": () => l10n.t("Restore the plus signs"),
  url: () => l10n.t("This base64 is URL-encoded: it has %2B instead of +, %2F instead of /, or %3D instead of =."),
  "decode-url": () => l10n.t("Decode the URL-encoded characters"),
  html: () => l10n.t("This base64 contains HTML, such as &#43; instead of + or <br> at line ends."),
  "decode-html": () => l10n.t("Replace the HTML with the characters it stands for"),
  "quoted-printable": () =>
    l10n.t("This base64 is quoted-printable, as in an email: it has =3D instead of =, or = at line ends."),
  "decode-quoted-printable": () => l10n.t("Decode the quoted-printable characters"),
  string: () => l10n.t("This base64 contains escapes, as in a string: {0}.", "\\n, \\/, \\u003d"),
  "decode-string": () => l10n.t("Replace the escapes with the characters they stand for"),
  base64url: () => l10n.t("This is base64url, which has - and _ instead of + and /. PEM needs base64."),
  "decode-base64url": () => l10n.t("Replace - with + and _ with /"),
  "not-utf8": () =>
    l10n.t("Some characters here are not UTF-8, such as no-break spaces in Latin-1, and are not base64."),
  "decode-not-utf8": () => l10n.t("Remove the characters that are not UTF-8"),
  padding: () => l10n.t("The padding is wrong. Use = only at the end, to complete the last group of four characters."),
  "correct-padding": () => l10n.t("Correct the padding"),
  "blank-line": () =>
    l10n.t("This PEM block contains a blank line. Some programs, such as OpenSSL, stop reading here."),
  "remove-blank-line": () => l10n.t("Remove the blank line"),
  "blank-lines": () =>
    l10n.t("This PEM block contains several blank lines. Some programs, such as OpenSSL, stop reading at the first."),
  "remove-blank-lines": () => l10n.t("Remove the blank lines"),
  "line-ends": () =>
    l10n.t(
      "Lines in this PEM block end with CR CR LF, one CR too many. Some programs read each of these line endings as a blank line.",
    ),
  "correct-line-ends": () => l10n.t("Change these line endings to CRLF"),
  length: () =>
    l10n.t("Base64 consists of groups of four characters. Here, a character is missing or there is one too many."),
  "too-long": ({ kilobytes }: { kilobytes: number }) =>
    l10n.t("This PEM block is longer than {0} KB, so it is not read.", kilobytes),
  empty: () => l10n.t("The PEM block is empty between BEGIN and END."),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const base64: Rule<Piece, typeof says> = {
  id: "pem/base64",
  severity: "error",
  requires: l10n.t("A PEM block must contain only base64 between its boundaries."),
  source: sources.pemGrammar,
  says,
  concerns: ({ block }) => block.damage.length > 0,
  *check({ block: { damage, placeholder } }) {
    if (placeholder) return;
    const invisible = damage.filter(({ kind, repair }) => kind === "character" && repair !== undefined);
    const strange = damage.filter(({ kind, repair }) => kind === "character" && repair === undefined);
    for (const one of damage) {
      if (one.kind === "character") {
        // Those of a block are one finding, at the first of them.
        if (one === invisible[0]) {
          const repairs = invisible.flatMap(({ repair = [] }) => repair);
          yield { at: one.at, reason: { code: "invisible" }, fixes: fixOf({ code: "remove-invisible" }, repairs) };
        } else if (one === strange[0]) yield strangeFinding(one, strange.slice(1));
        continue;
      }
      const said = reasonsOf(one);
      if (said === undefined) continue;
      const { reason, fix, severity } = said;
      const fixes = fix === undefined ? [] : fixOf(fix, one.repair);
      yield { at: one.at, reason, fixes, ...(severity !== undefined && { severity }) };
    }
  },
};

function strangeFinding({ at }: Damage, others: readonly Damage[]): Finding<Said> {
  if (others.length === 0) return { at, reason: { code: "character" } };
  return {
    at,
    reason: { code: "characters", args: { others: others.length } },
    related: others.map((other) => ({ at: other.at, reason: { code: "same-here" } })),
  };
}

function fixOf(reason: Said, edits: readonly TextEdit[] | undefined): readonly Fix<Said>[] {
  return edits === undefined ? [] : [{ reason, safe: true, changes: edits.map((edit) => ({ kind: "rewrite", edit })) }];
}

/** What is the matter, and what the repair is called where there is one. */
function reasonsOf({
  kind,
  how,
  repair = [],
}: Damage): { readonly reason: Said; readonly fix?: Said; readonly severity?: "warning" } | undefined {
  switch (kind) {
    case "lost":
      return how && lostReasons[how];
    case "padding":
      return { reason: { code: "padding" }, fix: { code: "correct-padding" } };
    case "blank-line":
      return repair.length > 1
        ? { reason: { code: "blank-lines" }, fix: { code: "remove-blank-lines" } }
        : { reason: { code: "blank-line" }, fix: { code: "remove-blank-line" } };
    case "line-ends":
      return { reason: { code: "line-ends" }, fix: { code: "correct-line-ends" }, severity: "warning" };
    case "too-long":
      return { reason: { code: kind, args: { kilobytes: longestBody / 1024 } }, severity: "warning" };
    case "length":
    case "empty":
      return { reason: { code: kind } };
    case "character":
    case "no-begin":
    case "no-end":
    case "run-on":
    case "doubled":
    case "joined":
    case "label-mismatch":
    case "dashes":
    case "glued":
      return undefined;
  }
}

const lostReasons: Readonly<Record<Lost, { readonly reason: Said; readonly fix: Said }>> = {
  plus: { reason: { code: "plus" }, fix: { code: "restore-plus" } },
  url: { reason: { code: "url" }, fix: { code: "decode-url" } },
  html: { reason: { code: "html" }, fix: { code: "decode-html" } },
  "quoted-printable": { reason: { code: "quoted-printable" }, fix: { code: "decode-quoted-printable" } },
  string: { reason: { code: "string" }, fix: { code: "decode-string" } },
  base64url: { reason: { code: "base64url" }, fix: { code: "decode-base64url" } },
  "not-utf8": { reason: { code: "not-utf8" }, fix: { code: "decode-not-utf8" } },
};
