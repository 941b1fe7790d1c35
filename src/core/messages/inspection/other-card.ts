import * as l10n from "@vscode/l10n";
import type { Damage } from "../../pem/block.ts";
import type { Content, Piece } from "../../x509/bundle/bundle.ts";
import { mislabelledIn } from "../../x509/bundle/mislabelled.ts";
import { placeOf } from "../../x509/bundle/places.ts";
import type { Fault } from "../../x509/model.ts";
import type { ContentKind } from "../../x509/read/contents.ts";
import { shown } from "../x509/describe.ts";
import type { Field } from "../x509/field.ts";
import { faultText } from "../x509/fields.ts";
import type { Card } from "./inspection.ts";
import { type Badge, badge, type Context, type Made } from "./item.ts";

export function otherCard(piece: Piece, content: Content, context: Context, index: number): Made {
  const { block } = piece;
  const label = shown(block.label, 100);
  const made = (
    kind: Card["kind"],
    title: string,
    subtitle: string,
    badges: readonly Badge[] = [],
    fields: readonly Field[] = [],
  ): Made => ({
    kind,
    title,
    subtitle,
    badges,
    fields: [{ name: l10n.t("Label"), value: label }, ...fields],
    extensions: [],
    fitness: undefined,
  });
  if (block.kind === "private-key")
    return made(
      "private-key",
      l10n.t("Private key"),
      block.mislabelledKey === undefined
        ? l10n.t("recognized by its label, never read")
        : l10n.t("recognized by its structure, never read"),
      [badge("warning", l10n.t("private key"))],
    );
  if (block.placeholder) return made("other", label, l10n.t("filled in later by a template"));
  // What is inside the block has no label of its own.
  const found = content === piece.content ? mislabelledIn(piece) : undefined;
  if (found !== undefined)
    return made("other", foundTitle(found), l10n.t("has the label {0}", label), [
      badge("error", l10n.t("wrong label")),
    ]);
  if (content.kind === "unreadable")
    return made(
      "damaged",
      titleOf(block.kind, label),
      faultText(content.fault),
      [badge("error", l10n.t("damaged"))],
      whatIsWrong(piece, context, index, content.fault),
    );
  if (block.kind === "pkcs7" && block.bytes !== undefined)
    return made("damaged", titleOf(block.kind, label), l10n.t("no certificate found"), [
      badge("warning", l10n.t("empty")),
    ]);
  if (block.damage.length > 0)
    return made(
      "damaged",
      titleOf(block.kind, label),
      damageText(block.damage[0]),
      [badge("error", l10n.t("damaged"))],
      whatIsWrong(piece, context, index, undefined),
    );
  return made(
    "other",
    titleOf(block.kind, label),
    block.bytes === undefined ? l10n.t("not read here") : l10n.t("{0} bytes, not read here", block.bytes.length),
  );
}

function foundTitle(found: ContentKind): string {
  switch (found) {
    case "certificate":
      return l10n.t("Certificate");
    case "request":
      return l10n.t("Certificate request");
    case "crl":
      return l10n.t("Certificate revocation list");
    case "public-key":
      return l10n.t("Public key");
    case "ocsp-response":
      return l10n.t("OCSP response");
    case "pkcs12":
      return "PKCS#12";
    case "java-keystore":
      return l10n.t("Java keystore");
    case "pkcs7":
      return "PKCS#7";
  }
}

function titleOf(kind: Piece["block"]["kind"], label: string): string {
  switch (kind) {
    case "certificate":
    case "trusted-certificate":
      return l10n.t("Unreadable certificate");
    case "request":
      return l10n.t("Unreadable request");
    case "pkcs7":
      return "PKCS#7";
    case "crl":
      return l10n.t("Certificate revocation list");
    case "public-key":
      return l10n.t("Public key");
    default:
      return label;
  }
}

function whatIsWrong(
  piece: Piece,
  { bundle, lines, isText }: Context,
  index: number,
  fault: Fault | undefined,
): readonly Field[] {
  const start = bundle.starts[index] ?? 0;
  const lineOf = (offset: number) => (isText ? lines.at(offset).line + 1 : undefined);
  return [
    ...(fault === undefined
      ? []
      : [{ name: l10n.t("Damaged"), value: faultText(fault, lineOf(start + placeOf(piece, fault.at).start)) }]),
    ...piece.block.damage.slice(0, mostDamage).map((damage) => {
      const line = lineOf(start + damage.at.start);
      const said = damageText(damage);
      return { name: l10n.t("Damaged"), value: line === undefined ? said : l10n.t("Line {0}: {1}", line, said) };
    }),
  ];
}

const mostDamage = 20;

function damageText(damage: Damage | undefined): string {
  switch (damage?.kind) {
    case "no-begin":
      return l10n.t("The BEGIN line is missing.");
    case "no-end":
      return l10n.t("The END line is missing.");
    case "run-on":
      return l10n.t("The END line is missing, and the next BEGIN line follows on the same line.");
    case "doubled":
      return l10n.t("A BEGIN or END line is repeated.");
    case "label-mismatch":
      return l10n.t("BEGIN and END have different labels.");
    case "dashes":
      return l10n.t("A BEGIN or END line does not have five hyphens on each side.");
    case "lost":
      return l10n.t("The base64 lost characters, or it is written in another encoding.");
    case "character":
      return l10n.t("The block contains a character that is not base64.");
    case "padding":
      return l10n.t("The base64 padding (=) is wrong.");
    case "blank-line":
      return l10n.t("The block contains a blank line.");
    case "line-ends":
      return l10n.t("Lines in this block end with CR CR LF, one CR too many.");
    case "too-long":
      return l10n.t("The block is too long to be read.");
    case "empty":
      return l10n.t("The block is empty.");
    default:
      return l10n.t("The block has missing or extra characters.");
  }
}
