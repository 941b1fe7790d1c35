import * as l10n from "@vscode/l10n";
import type { Slice } from "../../x509/model.ts";
import { oidText } from "../../x509/naming.ts";
import {
  attempt,
  bitsOf,
  type DerBytes,
  derBytesOf,
  type Element,
  elementAt,
  oidOf,
  smallInteger,
} from "../../x509/read/der.ts";
import { hex } from "../../x509/read/hex.ts";
import { latin1, textOf } from "../../x509/read/names.ts";
import {
  bitString,
  boolean,
  generalizedTime,
  integer,
  objectIdentifier,
  tagName,
  utcTime,
} from "../../x509/read/tags.ts";
import { timeOf } from "../../x509/read/time.ts";
import { colons, shown } from "./describe.ts";
import type { Field } from "./field.ts";

const mostLines = 200;

const deepestOutline = 16;

const mostBytes = 256;

export function outlineField(der: Uint8Array, { start, end }: Slice): Field {
  return start === end
    ? nothingField()
    : { name: l10n.t("Content"), value: outlineOf(derBytesOf(der), start, end), monospace: true };
}

export function nothingField(): Field {
  return { name: l10n.t("Content"), value: l10n.t("no content") };
}

export function outline(source: DerBytes, { start, end }: Element): string {
  return outlineOf(source, start, end);
}

/** One element a line, indented; bytes that are no DER as hex. */
function outlineOf(source: DerBytes, start: number, end: number): string {
  const lines: string[] = [];
  const walk = (from: number, to: number, depth: number): void => {
    for (let at = from; at < to && lines.length <= mostLines; ) {
      const element = elementAt(source, at, to, "");
      const isOpen = (element.tag & 0x20) !== 0 && depth < deepestOutline;
      lines.push(
        `${"  ".repeat(depth)}${tagName(element.tag)}${isOpen ? "" : ` ${valueText(source, element)}`.trimEnd()}`,
      );
      if (isOpen) walk(element.content, element.contentEnd, depth + 1);
      at = element.end;
    }
  };
  if (attempt(() => walk(start, end, 0)).fault !== undefined) return bytesText(source, start, end);
  return lines.length > mostLines ? [...lines.slice(0, mostLines), "…"].join("\n") : lines.join("\n");
}

export function valueText(source: DerBytes, element: Element): string {
  const { tag, content, contentEnd } = element;
  switch (tag) {
    case objectIdentifier:
      return oidText(oidOf(source, element, ""));
    case integer:
      return String(smallInteger(source, element) ?? bytesText(source, content, contentEnd));
    case boolean:
      return source.bytes[content] === 0 ? "FALSE" : "TRUE";
    case utcTime:
    case generalizedTime:
      return shown(timeOf(source, element).text);
    case bitString:
      return attempt(() => bitsOf(source, element, "")).value === undefined
        ? bytesText(source, content, contentEnd)
        : bytesText(source, content + 1, contentEnd);
    default: {
      const said = textOf(source, element) ?? impliedText(source, element);
      return said === undefined ? bytesText(source, content, contentEnd) : `“${shown(said)}”`;
    }
  }
}

/** The type behind an implicit tag is not known, but a text shows. */
function impliedText({ bytes }: DerBytes, { tag, content, contentEnd }: Element): string | undefined {
  if ((tag & 0xe0) !== 0x80 || content === contentEnd) return undefined;
  for (let at = content; at < contentEnd; at++)
    if ((bytes[at] ?? 0) < 0x20 || (bytes[at] ?? 0) > 0x7e) return undefined;
  return latin1(bytes, content, contentEnd);
}

function bytesText({ bytes }: DerBytes, start: number, end: number): string {
  const said = colons(hex(bytes, start, Math.min(end, start + mostBytes)));
  const left = end - start - mostBytes;
  return left > 0 ? l10n.t("{0} … ({1} more bytes)", said, left) : said;
}
