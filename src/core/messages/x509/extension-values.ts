import * as l10n from "@vscode/l10n";
import type { GeneralName } from "../../x509/model.ts";
import { oidText } from "../../x509/naming.ts";
import { type Cursor, Damaged, type Element, oidOf, smallInteger } from "../../x509/read/der.ts";
import { generalNameOf, generalNamesOf } from "../../x509/read/general-names.ts";
import { hex, signedHex } from "../../x509/read/hex.ts";
import { textOf } from "../../x509/read/names.ts";
import { oidName, oidWords } from "../../x509/read/oids.ts";
import { integer, objectIdentifier, tagName } from "../../x509/read/tags.ts";
import { colons, generalNameText, shown } from "./describe.ts";
import type { Field } from "./field.ts";

/** More values of one extension are of no use; those left out are counted. */
export const mostItems = 200;

export function fieldsOf<Item>(
  items: readonly Item[],
  say: (item: Item) => Field | readonly Field[],
): readonly Field[] {
  return items
    .slice(0, mostItems)
    .flatMap(say)
    .concat(more(items.length - mostItems));
}

/** The elements that `content` still has, each read by `say`. */
export function eachIn(content: Cursor, say: (content: Cursor) => Field | readonly Field[]): readonly Field[] {
  const fields: Field[] = [];
  for (let count = 0; content.more && count < mostItems; count++) fields.push(...[say(content)].flat());
  let left = 0;
  for (; content.more; left++) content.any(content.part);
  return [...fields, ...more(left)];
}

function more(count: number): readonly Field[] {
  return count > 0 ? [{ name: "…", value: l10n.t("{0} more", count) }] : [];
}

export function yesOrNo(value: boolean): string {
  return value ? l10n.t("yes") : l10n.t("no");
}

export function bytesField(name: string, hexadecimal: string): Field {
  return { name, value: colons(hexadecimal), monospace: true };
}

export function nameField(name: GeneralName, der: Uint8Array): Field {
  const { kind, value } = generalNameText(name, der);
  return { name: kind, value };
}

/** `TLS Web Client Authentication: clientAuth (1.3.6.1.5.5.7.3.2)` */
export function wordsAndOid(oid: string): string {
  const [words, name] = [oidWords(oid), oidName(oid)];
  return words === undefined || words === name ? oidText(oid) : `${words}: ${oidText(oid)}`;
}

export function bytesOf({ source }: Cursor, { content, contentEnd }: Element): string {
  return hex(source.bytes, content, contentEnd);
}

export function integerText({ source }: Cursor, element: Element): string {
  return String(
    smallInteger(source, element) ?? `0x${shown(signedHex(source.bytes, element.content, element.contentEnd))}`,
  );
}

export function takeOid(content: Cursor): string {
  return oidOf(content.source, content.take(objectIdentifier, content.part), content.part);
}

export function takeText(content: Cursor): string {
  const element = content.any(content.part);
  const text = textOf(content.source, element);
  if (text === undefined)
    throw new Damaged(content.part, element, { code: "der:no-text", args: { found: tagName(element.tag) } });
  return shown(text);
}

export function takeNumber(content: Cursor, tag: number = integer): string {
  return integerText(content, content.take(tag, content.part));
}

/** The names of one `GeneralNames` that the cursor stands before, whatever its tag. */
export function takeNames(content: Cursor, tag: number, name?: string): readonly Field[] {
  const { bytes } = content.source;
  return fieldsOf(generalNamesOf(content.into(tag, content.part)), (found) =>
    name === undefined ? nameField(found, bytes) : { name, value: generalNameText(found, bytes).value },
  );
}

export function takeName(content: Cursor): Field {
  return nameField(generalNameOf(content.source, content.any(content.part), content.part), content.source.bytes);
}
