import * as vscode from "vscode";
import type { Explanation } from "../../core/dialect/assist.ts";
import { remarksOn } from "../../core/messages/encoded.ts";
import { momentText } from "../../core/messages/format.ts";
import { messageOf } from "../../core/messages/tell.ts";
import {
  certificateTitle,
  generalNameText,
  keyText,
  listed,
  shown,
  signatureText,
  subjectText,
  summary,
} from "../../core/messages/x509/describe.ts";
import { type EmbeddedPem, pemAt } from "../../core/pem/embedded.ts";
import { read } from "../../core/read.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { contains, type Span } from "../../core/text.ts";
import { type Bundle, contentsInside, type Piece } from "../../core/x509/bundle/bundle.ts";
import { isDamaged } from "../../core/x509/bundle/damaged.ts";
import { valueAt } from "../../core/x509/bundle/values.ts";
import type { Certificate, Extended, Time } from "../../core/x509/model.ts";
import { pemLanguages } from "../../manifest.ts";
import { sha256 } from "../../platform/node/crypto.ts";
import { pieceTitle } from "../certificates/words.ts";
import type { Documents } from "../documents/documents.ts";
import { bundleIn } from "../documents/pem-documents.ts";
import { judge } from "../documents/reader.ts";
import { positionsOf } from "../editor/convert.ts";
import { fileName } from "../editor/files.ts";
import type { Log } from "../editor/log.ts";
import { type CommandLink, render } from "../editor/markdown.ts";
import { textAround } from "../editor/text-around.ts";

/** A block, where it is and what is wrong with it. */
interface Found {
  readonly piece: Piece;
  readonly at: Span;
  readonly problems: readonly Problem[];
  /** Of the value it stands in, if it does, and whether that ends before the block does. */
  readonly remarks?: readonly string[];
  readonly isCut?: boolean;
}

/** What the block at a position holds: one of a PEM document, or one in a string or a value of any other. */
export async function pemHoverAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  documents: Documents,
  log: Log,
): Promise<vscode.Hover | undefined> {
  const isPem = (pemLanguages as readonly string[]).includes(document.languageId);
  const inPem = isPem ? await blockAt(document, position, documents) : undefined;
  // A block that is damaged as PEM may be one of a value in which that can be mended.
  const value = inPem === undefined || isDamaged(inPem.piece) ? inValueAt(document, position, log) : undefined;
  const found = value ?? inPem ?? embeddedAt(document, position, log);
  const explanation = found === undefined ? undefined : explain(found, new Date());
  if (found === undefined || explanation === undefined) return undefined;
  const inspect: CommandLink = {
    title: vscode.l10n.t("Inspect Certificate"),
    command: "mtls.inspectCertificate",
    arguments: [{ uri: document.uri.toString(), offset: found.at.start }],
  };
  const command = found.piece.block.kind === "private-key" ? undefined : inspect;
  return new vscode.Hover(render(explanation, command), positionsOf(document).range(found.at));
}

async function blockAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  documents: Documents,
): Promise<Found | undefined> {
  const bundle = await bundleIn(document, documents);
  if (bundle === undefined) return undefined;
  const offset = document.offsetAt(position);
  const index = bundle.pieces.findIndex((piece, place) => contains(spanOf(bundle, piece, place), offset));
  const piece = bundle.pieces[index];
  if (piece === undefined) return undefined;
  const at = spanOf(bundle, piece, index);
  const problems = documents.last(document)?.problems ?? [];
  return {
    piece,
    at,
    problems: problems.filter((problem) => at.start <= problem.at.start && problem.at.end <= at.end),
  };
}

function spanOf({ starts }: Bundle, { block }: Piece, index: number): Span {
  const start = starts[index] ?? 0;
  return { start: start + block.span.start, end: start + block.span.end };
}

function inValueAt(document: vscode.TextDocument, position: vscode.Position, log: Log): Found | undefined {
  const { text, start } = textAround(document, position);
  const value = valueAt(text, document.offsetAt(position) - start);
  const block = value?.blocks[value.at];
  if (value === undefined || block === undefined) return undefined;
  const count = value.blocks.length;
  const place = count === 1 ? [] : [vscode.l10n.t("Block {0} of {1} in this value.", value.at + 1, count)];
  const isCut = block.cut !== undefined;
  const found = foundIn(document, block, start, log, isCut);
  return found && { ...found, remarks: [...place, ...remarksOn([block])], isCut };
}

function embeddedAt(document: vscode.TextDocument, position: vscode.Position, log: Log): Found | undefined {
  const { text, start } = textAround(document, position);
  const embedded = pemAt(text, document.offsetAt(position) - start);
  return embedded === undefined ? undefined : foundIn(document, embedded, start, log);
}

function foundIn(
  { uri }: vscode.TextDocument,
  { span, text }: EmbeddedPem,
  by: number,
  log: Log,
  isCut = false,
): Found | undefined {
  const facts = read({ text, syntax: "pem", name: fileName(uri) });
  const [piece] = facts.bundle.pieces;
  if (piece === undefined) return undefined;
  // Of a private key the body was left out, so that there is nothing to judge; what is missing is no fault of the rest.
  const problems = isCut || piece.block.kind === "private-key" ? [] : judge(uri, facts, log);
  return { piece, at: { start: by + span.start, end: by + span.end }, problems };
}

// --- what is said

function explain({ piece, problems, remarks = [], isCut = false }: Found, now: Date): Explanation | undefined {
  const { block, content } = piece;
  if (block.placeholder) return undefined;
  const said = (text: readonly string[], facts: Explanation["facts"]): Explanation => ({
    title: isCut && block.kind === "certificate" ? vscode.l10n.t("Incomplete certificate") : pieceTitle(piece),
    text: [...text, ...remarks, ...problemsInOneLine(problems)],
    facts,
    link: undefined,
  });
  if (block.kind === "private-key")
    return said([vscode.l10n.t("Private key. mTLS Workbench never reads private keys or their properties.")], []);
  if (content.kind === "certificate") {
    const { text, facts } = explainCertificate(content.certificate, now);
    return said(text, facts);
  }
  if (content.kind === "request") {
    const { subject, der, publicKey, signatureAlgorithm } = content.request;
    return said(
      [vscode.l10n.t("Certificate request. It has no issuer or validity period yet.")],
      [
        [vscode.l10n.t("Subject"), subjectText(subject, der)],
        [vscode.l10n.t("Key"), keyText(publicKey)],
        ...alternativeNames(content.request, der),
        [vscode.l10n.t("Signature"), signatureText(signatureAlgorithm, der)],
      ],
    );
  }
  if (isDamaged(piece))
    return said(
      problems.length + remarks.length > 0 ? [] : [vscode.l10n.t("This block is damaged. Its content cannot be read.")],
      [],
    );
  switch (block.kind) {
    case "pkcs7": {
      const titles = contentsInside(piece).map((inside) =>
        inside.kind === "certificate" ? certificateTitle(inside.certificate) : vscode.l10n.t("unreadable certificate"),
      );
      return said(
        [vscode.l10n.t("PKCS#7 block that contains certificates.")],
        [[vscode.l10n.t("Certificates"), listed(titles) ?? vscode.l10n.t("none")]],
      );
    }
    case "crl":
      return said([vscode.l10n.t("Certificate revocation list: the serial numbers of revoked certificates.")], []);
    case "public-key":
      return said([vscode.l10n.t("Public key without a certificate.")], []);
    default:
      return undefined;
  }
}

function explainCertificate(certificate: Certificate, now: Date): Pick<Explanation, "text" | "facts"> {
  const { der, notBefore, notAfter, selfIssued } = certificate;
  const { subject, issuer, validity, key, purposes, isAuthority, fingerprint } = summary(certificate, now, sha256(der));
  return {
    text: [
      isAuthority ? vscode.l10n.t("CA certificate: {0}.", validity) : vscode.l10n.t("Certificate: {0}.", validity),
    ],
    facts: [
      [vscode.l10n.t("Subject"), subject || vscode.l10n.t("none")],
      [vscode.l10n.t("Issuer"), selfIssued ? vscode.l10n.t("self-issued") : issuer],
      [vscode.l10n.t("Valid"), vscode.l10n.t("{0} to {1}", timeText(notBefore), timeText(notAfter))],
      [vscode.l10n.t("Key"), key],
      ...((purposes === undefined
        ? []
        : [[vscode.l10n.t("Extended key usage"), purposes]]) satisfies Explanation["facts"]),
      ...alternativeNames(certificate, der),
      ["SHA-256", fingerprint],
    ],
  };
}

function timeText({ at, text }: Time): string {
  return at === undefined ? shown(text, 40) : momentText(new Date(at));
}

/** What a hover has room for. */
const mostNames = 5;

function alternativeNames({ subjectAltName }: Pick<Extended, "subjectAltName">, der: Uint8Array): Explanation["facts"] {
  const names = subjectAltName?.value ?? [];
  if (names.length === 0) return [];
  const first = names
    .slice(0, mostNames)
    .map((name) => generalNameText(name, der).value)
    .join(", ");
  return [
    [
      vscode.l10n.t("Subject alternative names"),
      names.length > mostNames ? vscode.l10n.t("{0} and {1} more", first, names.length - mostNames) : first,
    ],
  ];
}

const mostProblems = 3;

function problemsInOneLine(problems: readonly Problem[]): string[] {
  if (problems.length === 0) return [];
  const first = problems.slice(0, mostProblems).map(messageOf).join(" ");
  const said =
    problems.length > mostProblems ? vscode.l10n.t("{0} And {1} more.", first, problems.length - mostProblems) : first;
  return [
    problems.length === 1
      ? vscode.l10n.t("Problem: {0}", said)
      : vscode.l10n.t("{0} problems: {1}", problems.length, said),
  ];
}
