import * as l10n from "@vscode/l10n";
import { originClientFitness } from "../../client-certificate/fitness.ts";
import { writePem } from "../../pem/blocks.ts";
import { anyShellWord } from "../../shell.ts";
import { charactersPerStep, finish, perStep, type Steps } from "../../steps.ts";
import { LineIndex } from "../../text.ts";
import { type Bundle, certificatesOf, contentsInside, type Piece } from "../../x509/bundle/bundle.ts";
import { hiddenPieces, placeOfHidden } from "../../x509/bundle/hidden.ts";
import { headIn } from "../../x509/bundle/places.ts";
import { isSelfSigned } from "../../x509/identity.ts";
import { certificateJson, requestJson } from "../../x509/json.ts";
import { type Certificate, isCertificateAuthority } from "../../x509/model.ts";
import { purposes } from "../../x509/naming.ts";
import {
  type CertificateIndex,
  type Issuance,
  indexCertificates,
  indexOf,
  issuanceOf,
  prepareIndex,
} from "../../x509/path/chain.ts";
import { chainOf, chainsOf, type Link } from "../../x509/path/chains.ts";
import { hex } from "../../x509/read/hex.ts";
import type { CertificateRequest } from "../../x509/read/request.ts";
import { isWithinDays } from "../../x509/validity.ts";
import { tell } from "../tell.ts";
import { certificateTitle, colons, keyText, nameTitle, shown, validityInWords } from "../x509/describe.ts";
import { extensionText, type Holder } from "../x509/extension-text.ts";
import { certificateFields, requestFields } from "../x509/fields.ts";
import { certificateText, requestText } from "../x509/plain-text.ts";
import { chainNodes, linkOf } from "./chain-nodes.ts";
import type { Card, ExtensionCard, Inspection } from "./inspection.ts";
import { type Badge, badge, type Context, type Inspected, type Item, type Made, type Sha256 } from "./item.ts";
import { otherCard } from "./other-card.ts";

/** More chains in a picture, or more cards on a page, are of no use; those left out are counted. */
const mostChains = 20;
const mostCards = 2000;

/** Each takes as long as some hundred things of a list. */
const cardsPerStep = 8;

export function inspect(inspected: Inspected): Inspection {
  return finish(inspectInSteps(inspected));
}

/** The same, of a large file. */
export function* inspectInSteps(inspected: Inspected): Steps<Inspection> {
  const { name, bundle, now, verdicts } = inspected;
  const items = yield* itemsOf(bundle);
  const index = yield* inspectedIndexInSteps(bundle);
  const known = new Map<Certificate, Issuance>();
  const issuance = (certificate: Certificate): Issuance => {
    const found = known.get(certificate) ?? issuanceOf(certificate, index, verdicts, now.getTime());
    known.set(certificate, found);
    return found;
  };
  const lines = new LineIndex(bundle.pem.text, 0);
  while (lines.build(charactersPerStep)) yield;
  const context = { ...inspected, index, issuance, lines };
  const ids = new Map<Certificate, string>();
  for (const [place, { id, content }] of items.entries()) {
    if (place % perStep === perStep - 1) yield;
    if (content.kind === "certificate" && index.same(content.certificate) === content.certificate)
      ids.set(content.certificate, id);
  }
  const note = noteOf(name, items) ?? hiddenNote(bundle, context.lines);
  const chains = (yield* chainsOf(index, issuance, mostChains)).map((chain) => chainNodes(chain, ids, index));
  const cards: Card[] = [];
  for (const item of items.slice(0, mostCards)) {
    if (cards.length % cardsPerStep === 0) yield;
    cards.push(cardOf(item, context));
  }
  return { name, note, chains, cards };
}

function* itemsOf({ pieces }: Bundle): Steps<readonly Item[]> {
  const items: Item[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index % perStep === perStep - 1) yield;
    const inside = contentsInside(piece);
    for (const [place, content] of inside.entries()) items.push({ id: `${index}.${place}`, index, piece, content });
    if (inside.length === 0) items.push({ id: String(index), index, piece, content: piece.content });
  }
  return items;
}

const indexes = new WeakMap<Bundle, CertificateIndex>();

/** All certificates that are inspected: those within PKCS#7 too, which rules leave alone. */
export function* inspectedIndexInSteps(bundle: Bundle): Steps<CertificateIndex> {
  const known = indexes.get(bundle);
  if (known !== undefined) return known;
  yield* prepareIndex(bundle);
  const inside: Certificate[] = [];
  for (const [place, piece] of bundle.pieces.entries()) {
    if (place % perStep === perStep - 1) yield;
    for (const content of contentsInside(piece)) if (content.kind === "certificate") inside.push(content.certificate);
  }
  const index =
    inside.length === 0
      ? indexOf(bundle)
      : indexCertificates([...certificatesOf(bundle).map(({ certificate }) => certificate), ...inside]);
  indexes.set(bundle, index);
  return index;
}

function noteOf(name: string, items: readonly Item[]): Inspection["note"] {
  if (items.length === 0)
    return {
      tone: "info",
      text: l10n.t("“{0}” contains no certificates and no other PEM blocks.", shown(name, 200)),
      steps: [],
    };
  if (items.length > mostCards)
    return { tone: "info", text: l10n.t("Showing the first {0} of {1} items.", mostCards, items.length), steps: [] };
  return undefined;
}

/** Of blocks that are not among the items. */
function hiddenNote(bundle: Bundle, lines: LineIndex): Inspection["note"] {
  const hidden = hiddenPieces(bundle);
  const [first] = hidden;
  if (first === undefined) return undefined;
  const line = lines.at(placeOfHidden(first).start).line + 1;
  const text =
    hidden.length === 1
      ? l10n.t(
          "The block in line {1} ({0}) is not written as plain PEM lines. Programs do not find it, and it is not shown here.",
          first.hidden.label,
          line,
        )
      : l10n.t(
          "{0} blocks, the first in line {1}, are not written as plain PEM lines. Programs do not find them, and they are not shown here.",
          hidden.length,
          line,
        );
  return { tone: "warning", text, steps: [] };
}

/** For files that are not opened: they hold private keys, behind a password. */
export function pkcs12Inspection(name: string): Inspection {
  const file = fileArgument(name) === undefined ? "FILE.p12" : name;
  const written = `${file.replace(/\.(pfx|p12)$/i, "")}.pem`;
  const steps = [`openssl pkcs12 -in ${fileArgument(file)} -nokeys -out ${fileArgument(written)}`];
  const text = l10n.t(
    "“{0}” is a PKCS#12 file. It contains a private key protected by a password, and is not opened here. This command extracts the certificates without the key. If OpenSSL reports an unsupported algorithm, add -legacy.",
    shown(name, 200),
  );
  return { name, note: { tone: "info", text, steps }, chains: [], cards: [] };
}

/** As every shell takes it for one word, and openssl for no option. */
function fileArgument(name: string): string | undefined {
  return anyShellWord(name.startsWith("-") ? `./${name}` : name);
}

// --- cards

function cardOf(item: Item, context: Context): Card {
  const { content, piece, index, id } = item;
  const card =
    content.kind === "certificate"
      ? certificateCard(content.certificate, item, context)
      : content.kind === "request"
        ? requestCard(content.request, piece)
        : otherCard(piece, content, context, index);
  return {
    ...card,
    id,
    line: context.isText ? context.lines.at(headIn(context.bundle, index).start).line : undefined,
    problems: context.problems.get(index) ?? [],
    search: searchText(card),
  };
}

function certificateCard(certificate: Certificate, { piece }: Item, context: Context): Made {
  const { now, sha256 } = context;
  const validity = validityInWords(certificate, now);
  const issuer = isSelfSigned(certificate)
    ? l10n.t("issued by itself")
    : certificate.issuer.isEmpty
      ? l10n.t("no issuer name")
      : l10n.t("issued by {0}", nameTitle(certificate.issuer, certificate.der));
  return {
    kind: "certificate",
    title: certificateTitle(certificate),
    subtitle: `${issuer} · ${keyText(certificate.publicKey)} · ${validity}`,
    badges: certificateBadges(certificate, piece, context, validity),
    fields: certificateFields(certificate, sha256(certificate.der), validity),
    extensions: extensionCards(certificate),
    fitness: isAsked(certificate) ? fitnessOf(certificate, context) : undefined,
  };
}

function certificateBadges(
  certificate: Certificate,
  piece: Piece,
  { now, soon, verdicts }: Context,
  validity: string,
): readonly Badge[] {
  const badges: Badge[] = [];
  if (certificate.faults.length > 0) badges.push(badge("error", l10n.t("certificate damaged")));
  if (piece.block.damage.length > 0) badges.push(badge("error", l10n.t("PEM block damaged")));
  const [from, until, at] = [certificate.notBefore.at, certificate.notAfter.at, now.getTime()];
  if (until !== undefined && until < at) badges.push(badge("warning", validity));
  else if (from !== undefined && at < from) badges.push(badge("warning", l10n.t("not yet valid")));
  else if (until !== undefined && isWithinDays(until, soon, now)) badges.push(badge("warning", validity));
  if (isCertificateAuthority(certificate)) badges.push(badge("info", l10n.t("CA")));
  if (isSelfSigned(certificate)) {
    badges.push(
      verdicts.of(certificate, certificate) === "invalid"
        ? badge("error", l10n.t("own signature not valid"))
        : badge("info", l10n.t("self-signed")),
    );
  }
  const used = purposes(certificate) ?? [];
  for (const purpose of ["clientAuth", "serverAuth"]) if (used.includes(purpose)) badges.push(badge("info", purpose));
  return badges;
}

/** A CA is not checked for use as a client certificate; but `openssl req -x509` makes every certificate a CA. */
function isAsked(certificate: Certificate): boolean {
  return !isCertificateAuthority(certificate) || purposes(certificate)?.includes("clientAuth") === true;
}

/** A file that begins with it, and has no other that is no CA, is its chain, as it stands: so the rules judge it. */
function fitnessOf(certificate: Certificate, { bundle, now, index, issuance }: Context): Card["fitness"] {
  const own = chainOf(index.same(certificate), issuance);
  const [first, ...others] = index.certificates;
  const isItsFile = first === index.same(certificate) && others.every(isCertificateAuthority);
  const { judgements } = originClientFitness(isItsFile ? index.certificates : own.map((link) => link.certificate), now);
  const reasons = judgements.map(({ holds, reason }) => ({ holds, message: tell(reason) }));
  const judged = [...reasons, ...linkReasons(own), ...(isItsFile ? unreadableReasons(bundle) : [])].map(
    ({ holds, message }) => ({ holds, message }),
  );
  return { fit: judged.every(({ holds }) => holds), reasons: judged };
}

interface Judged {
  readonly holds: boolean;
  readonly message: string;
}

function linkReasons(chain: readonly Link[]): readonly Judged[] {
  const broken = chain.find(({ issuance: { state } }) => state === "broken");
  if (broken !== undefined) return [{ holds: false, message: linkOf(broken, []).text }];
  return chain.some(({ issuance: { state } }) => state === "valid") &&
    chain.every(({ issuance: { state } }) => state === "valid" || state === "self")
    ? [{ holds: true, message: l10n.t("All signatures in the chain are valid.") }]
    : [];
}

function unreadableReasons({ pieces }: Bundle): readonly Judged[] {
  const count = pieces.filter(
    ({ block, content }) => block.kind === "certificate" && !block.placeholder && content.kind !== "certificate",
  ).length;
  return count === 0
    ? []
    : [{ holds: false, message: l10n.t("{0} of the PEM blocks in this file cannot be read.", count) }];
}

function requestCard(request: CertificateRequest, { block }: Piece): Made {
  const { subject, der, publicKey, faults } = request;
  return {
    kind: "request",
    title: nameTitle(subject, der) || l10n.t("Unnamed request"),
    subtitle: `${l10n.t("certificate request")} · ${keyText(publicKey)}`,
    badges: [
      ...(faults.length > 0 || block.damage.length > 0 ? [badge("error", l10n.t("damaged"))] : []),
      badge("info", l10n.t("request")),
    ],
    fields: requestFields(request),
    extensions: extensionCards(request),
    fitness: undefined,
  };
}

/** In bytes; the rest is counted. */
const mostHex = 16_384;

function extensionCards(holder: Holder): readonly ExtensionCard[] {
  return holder.extensions.map((extension) => {
    const { oid, critical, value } = extension;
    const { name, fields, fault } = extensionText(holder, extension);
    const bytes = colons(hex(holder.der, value.start, Math.min(value.end, value.start + mostHex)), mostHex * 2);
    const left = value.end - value.start - mostHex;
    return {
      oid,
      name,
      critical,
      fields,
      hex: left > 0 ? tell({ code: "x509:cut-bytes", args: { text: bytes, left } }) : bytes,
      ...(fault !== undefined && { fault }),
    };
  });
}

/** In UTF-16 code units. */
const longestSearch = 50_000;

function searchText({ title, subtitle, badges, fields, extensions }: Made): string {
  const values = [
    ...fields,
    ...extensions.flatMap((extension) => [{ name: extension.name, value: extension.oid }, ...extension.fields]),
  ];
  return [title, subtitle, ...badges.map(({ text }) => text), ...values.map(({ name, value }) => `${name} ${value}`)]
    .join("\n")
    .slice(0, longestSearch)
    .toLowerCase();
}

// --- copies

/** What a card says, to be pasted elsewhere. `undefined`: there is no such card, or nothing in it to be copied. */
export function copyOf(
  bundle: Bundle,
  card: string,
  what: "pem" | "text" | "json",
  sha256: Sha256,
): string | undefined {
  const content = finish(itemsOf(bundle)).find(({ id }) => id === card)?.content;
  if (content?.kind === "certificate") {
    const { certificate } = content;
    if (what === "pem") return writePem("CERTIFICATE", certificate.der);
    return (what === "text" ? certificateText : certificateJson)(certificate, sha256(certificate.der));
  }
  if (content?.kind !== "request") return undefined;
  const { request } = content;
  if (what === "pem") return writePem("CERTIFICATE REQUEST", request.der);
  return (what === "text" ? requestText : requestJson)(request);
}
