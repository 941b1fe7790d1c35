import * as l10n from "@vscode/l10n";
import { decode, type Encoding } from "../encoding.ts";
import type { BundleFacts } from "../facts.ts";
import { decodeAll } from "../pem/base64.ts";
import { type EmbeddedPem, pemAt } from "../pem/embedded.ts";
import type { Encoded, EncodedBlock } from "../pem/encoded.ts";
import { hiddenIn } from "../pem/hidden.ts";
import { privateKeyIn } from "../pem/private-key.ts";
import { read } from "../read.ts";
import { holdsDer, holdsPem } from "../telling.ts";
import { LineIndex, type Span } from "../text.ts";
import { type Bundle, bundleOfDer } from "../x509/bundle/bundle.ts";
import { isIndented } from "../x509/bundle/places.ts";
import { valueAt, valuesRead } from "../x509/bundle/values.ts";
import { contentKindOf } from "../x509/read/contents.ts";
import { remarksOn } from "./encoded.ts";
import { pkcs12Inspection } from "./inspection/inspect.ts";
import type { AcceptanceAnswers, Inspection } from "./inspection/inspection.ts";
import { tell } from "./tell.ts";
import { shown } from "./x509/describe.ts";

export type Note = NonNullable<Inspection["note"]>;

/** What a text or a file holds, told by what is in it, whatever it is called. */
export type Content = Blocks | Nothing;

export interface Blocks {
  readonly kind: "blocks";
  readonly facts: BundleFacts;
  /**
   * Where the pieces stand in the text they were found in. `same`: where the facts say. `nowhere`: there were only
   * bytes. A list: each at another place, as in the strings of a JSON document.
   */
  readonly places: "same" | "nowhere" | readonly Place[];
  /** Said above the blocks. */
  readonly note?: Note;
  /** What was asked of them. */
  readonly acceptance?: AcceptanceAnswers;
}

export interface Nothing {
  readonly kind: "nothing";
  readonly note: Note;
  /** It was there before, as far as is known. */
  readonly gone?: boolean;
}

export interface Place extends Span {
  /** Zero-based. */
  readonly line: number;
}

export function contentOfText(name: string, text: string, encoding: Encoding = "unknown"): Content {
  if (text.trim() === "") return nothing("info", l10n.t("“{0}” is empty.", shownName(name)));
  const inText = holdsPem(text) || holdsDer(text) ? blocksIn(name, text, encoding) : undefined;
  if (inText !== undefined) return inText;
  const bytes = bytesOfBase64(text);
  if (bytes !== undefined) return contentOfDer(name, bytes);
  const hidden = hiddenIn(text).find(({ how }) => how !== "remains");
  if (hidden !== undefined)
    return nothing("warning", tell({ code: "store:hidden-block", args: { label: hidden.label } }));
  return nothing("info", l10n.t("“{0}” contains no certificate, certificate request, or PEM block.", shownName(name)));
}

export function contentOfBytes(name: string, bytes: Uint8Array): Content {
  // A certificate can have PEM in it, as a comment; but no text reads as a certificate.
  if (contentKindOf(bytes) !== undefined) return contentOfDer(name, bytes);
  const { text, encoding } = decode(bytes);
  const content = contentOfText(name, text, encoding);
  return content.kind === "nothing" && isLongSequence(bytes) ? contentOfDer(name, bytes) : content;
}

/** A part of a document, as if it were looked at in its place there. */
export function inPlace(content: Content, document: string, start: number): Content {
  if (content.kind === "nothing" || content.places === "nowhere") return content;
  const lines = new LineIndex(document);
  const spans = content.places === "same" ? spansIn(content.facts.bundle) : content.places;
  return { ...content, places: spans.map((span) => placeAt(span, start, lines)) };
}

export function nothing(tone: Note["tone"], text: string): Nothing {
  return { kind: "nothing", note: { tone, text, steps: [] } };
}

/** In bytes, or in characters. Larger files are not expected to hold certificates. */
export const greatestSize = 20_000_000;

export function tooLarge(name: string): Nothing {
  return nothing(
    "warning",
    l10n.t("“{0}” is larger than {1} MB and is not read.", shownName(name), greatestSize / 1_000_000),
  );
}

export function folder(name: string): Nothing {
  return nothing("warning", l10n.t("“{0}” is a folder.", shownName(name)));
}

export function shownName(name: string): string {
  return shown(name, 200);
}

// --- text

function blocksIn(name: string, text: string, encoding: Encoding): Blocks | undefined {
  const facts = read({ text, syntax: "pem", name, encoding });
  const { pieces } = facts.bundle;
  const asIs: Blocks | undefined = pieces.length === 0 ? undefined : { kind: "blocks", facts, places: "same" };
  const allValues = valuesRead(text);
  const values = allValues.blocks;
  if (values.length === 0 && pieces.length > 0 && sound(facts.bundle) === pieces.length) return asIs;
  // In strings and comments a line is no line: what is sound there looks damaged here, or is not seen at all.
  const found = [...values, ...embeddedIn(text, values)].sort((a, b) => a.span.start - b.span.start);
  if (found.length === 0) return asIs;
  const other = together(name, text, found, allValues, encoding);
  return other === undefined || sound(other.facts.bundle) <= sound(facts.bundle) ? asIs : other;
}

/** The value around an offset, with all that is in it. */
export function contentOfValue(name: string, text: string, offset: number): Blocks | undefined {
  const blocks = valueAt(text, offset)?.blocks;
  return blocks === undefined
    ? undefined
    : together(name, text, blocks, { blocks, plain: [], isCut: false }, "unknown");
}

/** @returns `undefined` where they are not read one by one */
function together(
  name: string,
  text: string,
  found: readonly EmbeddedPem[],
  values: Encoded,
  encoding: Encoding,
): Blocks | undefined {
  const facts = read({ text: found.map((one) => one.text).join(""), syntax: "pem", name, encoding });
  if (facts.bundle.pieces.length !== found.length) return undefined;
  const lines = new LineIndex(text);
  const places = found.map(({ span }) => placeAt(span, 0, lines));
  const remarks = remarksOn(values.blocks, values.isCut);
  if (remarks.length === 0) return { kind: "blocks", facts, places };
  return { kind: "blocks", facts, places, note: { tone: "warning", text: remarks.join(" "), steps: [] } };
}

function sound({ pieces }: Bundle): number {
  return pieces.filter((piece) => piece.block.damage.length === 0 && !isIndented(piece)).length;
}

/** More are not looked for: each is, around its BEGIN. */
const mostEmbedded = 1_000;

function embeddedIn(text: string, values: readonly EncodedBlock[]): EmbeddedPem[] {
  const begin = "-----BEGIN ";
  const found: EmbeddedPem[] = [];
  const known = new Set(values.map(({ span }) => span.start));
  let tries = 0;
  for (let at = text.indexOf(begin); at >= 0 && tries < mostEmbedded; tries++) {
    const pem = known.has(at) ? undefined : pemAt(text, at);
    if (pem !== undefined) found.push(pem);
    at = text.indexOf(begin, pem?.span.end ?? at + begin.length);
  }
  return found;
}

function spansIn({ pieces, starts }: Bundle): Span[] {
  return pieces.map(({ block: { span } }, index) => ({
    start: (starts[index] ?? 0) + span.start,
    end: (starts[index] ?? 0) + span.end,
  }));
}

function placeAt({ start, end }: Span, by: number, lines: LineIndex): Place {
  return { start: start + by, end: end + by, line: lines.at(start + by).line };
}

// --- bytes

/** Base64 without boundaries, as JSON Web Keys and SAML have it. */
function bytesOfBase64(text: string): Uint8Array | undefined {
  const compact = text.replaceAll(/[\s"',]+/g, "");
  return /^MI[\w+/-]{60,}={0,2}$/.test(compact)
    ? decodeAll(compact.replaceAll("-", "+").replaceAll("_", "/"), 0, compact.length)
    : undefined;
}

/** Of more than 127 bytes. */
function isLongSequence([tag, length = 0]: Uint8Array): boolean {
  return tag === 0x30 && length >= 0x80 && length <= 0x84;
}

function contentOfDer(name: string, bytes: Uint8Array): Content {
  const kind = contentKindOf(bytes);
  if (kind === "java-keystore")
    return nothing(
      "info",
      l10n.t(
        "“{0}” is a Java keystore and is not opened here. Export its certificates with {1}.",
        shownName(name),
        "keytool -exportcert -rfc",
      ),
    );
  if (kind === "pkcs12") return { kind: "nothing", note: pkcs12Inspection(name).note ?? nothing("info", "").note };
  if (privateKeyIn(bytes) !== undefined)
    return nothing(
      "info",
      l10n.t("“{0}” is a private key. It is recognized by its structure and never read.", shownName(name)),
    );
  const bundle = bundleOfDer(bytes);
  return { kind: "blocks", facts: { kind: "bundle", name, encoding: "unknown", bundle }, places: "nowhere" };
}
