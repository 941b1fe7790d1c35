/**
 * Between CloudFront's XML on the wire and the JSON of the AWS CLI. What the vocabulary does not know is read
 * generically and written back to the letter: nothing that the service sends is lost, whatever it adds to its API.
 */

import type { MemberType, Shape } from "../dialect/shape.ts";
import type { Json } from "../document/tree.ts";
import { isJsonList, isJsonObject, type JsonObject, memberValue } from "../document/values.ts";
import { isXmlFault, parseXml, type XmlElement, type XmlFault } from "../document/xml.ts";
import {
  insertElements,
  type NewElement,
  type Place,
  removeElement,
  replaceContent,
  setText,
} from "../document/xml-edit.ts";
import { isXmlName } from "../document/xml-names.ts";
import { textOfElement } from "../document/xml-text.ts";
import { addTo, grouped } from "../grouped.ts";
import { applyEdits, type TextEdit } from "../text.ts";
import { matchItems } from "./items.ts";
import { shapeOf } from "./vocabulary.ts";

export interface WireConfig {
  readonly xml: string;
  /**
   * The inner config as the AWS CLI says it, members in the wire's order. Those that are not in the vocabulary are
   * there too.
   */
  readonly json: Json;
  /** That, laid out as the AWS CLI lays it out, which is with four blanks; with a final line end. */
  readonly text: string;
}

const configType: MemberType = { kind: "shape", shape: "DistributionConfig" };

/** @param xml what `GetDistributionConfig` answers: a `DistributionConfig` */
export function readWireConfig(xml: string): WireConfig | XmlFault {
  const root = parseXml(xml);
  if (isXmlFault(root)) return root;
  if (root.name !== "DistributionConfig")
    return {
      fault: { code: "xml:other-element", args: { expected: "DistributionConfig", found: root.name.slice(0, 60) } },
      at: root.start,
    };
  const json = jsonOf(xml, root, configType);
  return { xml, json, text: `${JSON.stringify(json, undefined, 4)}\n` };
}

// --- from XML to JSON

/** How an element is to be read: what is in it decides where the vocabulary does not know it. */
type Form = "scalar" | "list" | "object";

/** @param type `undefined`: not in the vocabulary */
function formOf(xml: string, element: XmlElement, type: MemberType | undefined): Form {
  const { children, name } = element;
  const [first] = children;
  if (first === undefined) {
    const form =
      type?.kind === "shape"
        ? "object"
        : type?.kind === "list" || (type === undefined && name === "Items")
          ? "list"
          : "scalar";
    return form === "scalar" || textOfElement(xml, element).trim() === "" ? form : "scalar";
  }
  if (type?.kind === "shape") return "object";
  if (type?.kind === "list" || name === "Items") return "list";
  const isRepeated = children.length > 1 || first.name === "member";
  return isRepeated && children.every((child) => child.name === first.name) ? "list" : "object";
}

/** Calls itself for each level, of which `parseXml` lets there be few. */
function jsonOf(xml: string, element: XmlElement, type: MemberType | undefined): Json {
  switch (formOf(xml, element, type)) {
    case "scalar":
      return scalarOf(textOfElement(xml, element), element.name, type);
    case "list": {
      const itemType = type?.kind === "list" ? type.of : undefined;
      return element.children.map((child) => jsonOf(xml, child, itemType));
    }
    case "object": {
      const shape = type?.kind === "shape" ? shapeOf(type.shape) : undefined;
      return Object.fromEntries(
        [...membersOf(element)].map(([name, elements]) => {
          const values = elements.map((child) => jsonOf(xml, child, shape?.members.get(name)));
          return [name, values.length === 1 ? (values[0] ?? null) : values];
        }),
      );
    }
  }
}

/** By name, in the order of the first of that name: an unknown list may come without an element around it. */
function membersOf(element: XmlElement): ReadonlyMap<string, readonly XmlElement[]> {
  return grouped(element.children, ({ name }) => name);
}

/** What is no number, or none that can be said without loss, stays a text. */
function scalarOf(text: string, name: string, type: MemberType | undefined): Json {
  if (type?.kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type?.kind === "number" || (type === undefined && name === "Quantity")) {
    return /^\s*[+-]?\d{1,16}\s*$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
  }
  return text;
}

/**
 * Names of members, wherever they stand, that the vocabulary does not know and the service sends all the same: not
 * a mistake of the user.
 */
export function unknownMembers(config: WireConfig): ReadonlySet<string> {
  const unknown = new Set<string>();
  const open: { readonly json: Json; readonly type: MemberType }[] = [{ json: config.json, type: configType }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { json, type } = next;
    if (isJsonList(json)) {
      if (type.kind === "list") for (const item of json) open.push({ json: item, type: type.of });
    } else if (isJsonObject(json) && type.kind === "shape") {
      const { members }: Shape = shapeOf(type.shape);
      for (const [name, value] of Object.entries(json)) {
        const member = members.get(name);
        if (member === undefined) unknown.add(name);
        else open.push({ json: value, type: member });
      }
    }
  }
  return unknown;
}

// --- from JSON to XML

/**
 * The XML with exactly the changes that lead from `config.json` to `after`; everything else stays to the letter and in
 * its place.
 * New elements stand where the vocabulary has them. Items of lists are followed by their ids, and `Quantity` is what
 * `after` says.
 *
 * Read again, the result says what `after` says, but for what XML cannot tell: a member that is null is none, one with
 * a name that no element can have is left out, and what an unknown member says is a text.
 */
export function writeWireConfig(config: WireConfig, after: Json): string {
  const { xml } = config;
  const root = parseXml(xml);
  if (isXmlFault(root)) throw new Error(`Not a config that was read: ${root.fault.code}`);
  return applyEdits(xml, editsOf(xml, root, configType, after));
}

function editsOf(xml: string, element: XmlElement, type: MemberType | undefined, after: Json): TextEdit[] {
  const form = formOf(xml, element, type);
  if (form === "list" && isJsonList(after)) {
    const { of, item } = type?.kind === "list" ? type : { of: undefined, item: unknownItem };
    return itemEdits(xml, element, element.children, after, of, element.children[0]?.name ?? item).edits;
  }
  if (form === "object" && isJsonObject(after))
    return memberEdits(xml, element, type?.kind === "shape" ? shapeOf(type.shape) : undefined, after);
  if (form === "scalar" && !isJsonList(after) && !isJsonObject(after)) {
    return scalarOf(textOfElement(xml, element), element.name, type) === after
      ? []
      : setText(xml, element, plainText(after));
  }
  return [replaceContent(xml, element, contentOf(after, type))];
}

function memberEdits(xml: string, element: XmlElement, shape: Shape | undefined, after: JsonObject): TextEdit[] {
  const edits: TextEdit[][] = [];
  const there = membersOf(element);
  const kept: XmlElement[] = [];
  for (const [name, elements] of there) {
    const value = memberValue(after, name);
    const type = shape?.members.get(name);
    const [first, ...others] = elements;
    if (first === undefined) continue;
    if (value === undefined) edits.push(elements.map((child) => removeElement(xml, child)));
    else if (others.length > 0 && isJsonList(value)) {
      const items = itemEdits(xml, element, elements, value, type, name);
      edits.push(items.edits);
      if (items.last !== undefined) kept.push(items.last);
    } else {
      edits.push(
        editsOf(xml, first, type, value),
        others.map((child) => removeElement(xml, child)),
      );
      kept.push(first);
    }
  }
  const added = namesInOrder(after, shape).filter((name) => !there.has(name));
  for (const { place, names } of placesOf(added, kept, shape)) {
    edits.push([
      insertElements(
        xml,
        element,
        place,
        names.map((name) => newElement(name, after[name] ?? null, shape?.members.get(name))),
      ),
    ]);
  }
  return edits.flat();
}

/**
 * @param elements those of `parent` that are items; where there is one, and something is to be left, one of them stays
 */
function itemEdits(
  xml: string,
  parent: XmlElement,
  elements: readonly XmlElement[],
  after: readonly Json[],
  type: MemberType | undefined,
  name: string,
): { readonly edits: TextEdit[]; readonly last: XmlElement | undefined } {
  const matches = matchItems(
    elements.map((element) => jsonOf(xml, element, type)),
    after,
  );
  const stays = new Set(matches);
  const edits: TextEdit[][] = [
    elements.flatMap((element, index) => (stays.has(index) ? [] : [removeElement(xml, element)])),
  ];
  // Where the order changes, elements change places: what stands between them stays where it is.
  const places = elements.filter((_, index) => stays.has(index));
  const added = new Map<number, NewElement[]>();
  let filled = 0;
  after.forEach((item, index) => {
    const element = elements[matches[index] ?? -1];
    const place = places[filled];
    if (element === undefined || place === undefined) {
      addTo(added, filled, newElement(name, item, type));
      return;
    }
    filled++;
    const inner = editsOf(xml, element, type, item);
    edits.push(
      place === element ? inner : [{ span: { start: place.start, end: place.end }, text: edited(xml, element, inner) }],
    );
  });
  for (const [before, news] of added) {
    const [last, first] = [places[before - 1], places[0]];
    edits.push([
      insertElements(
        xml,
        parent,
        last !== undefined ? { after: last } : first !== undefined ? { before: first } : undefined,
        news,
      ),
    ]);
  }
  return { edits: edits.flat(), last: places.at(-1) };
}

/** The element's text after edits inside of it. */
function edited(xml: string, { start, end }: XmlElement, edits: readonly TextEdit[]): string {
  return applyEdits(
    xml.slice(start, end),
    edits.map(({ span, text }) => ({ span: { start: span.start - start, end: span.end - start }, text })),
  );
}

/** What the items of a list are called where nothing says it: the protocol's own default. */
const unknownItem = "member";

function newElement(name: string, json: Json, type: MemberType | undefined): NewElement {
  return { name, content: () => contentOf(json, type) };
}

function contentOf(json: Json, type: MemberType | undefined): string | NewElement[] {
  if (isJsonList(json)) {
    const { of, item } = type?.kind === "list" ? type : { of: undefined, item: unknownItem };
    return json.map((value) => newElement(item, value, of));
  }
  if (!isJsonObject(json)) return plainText(json);
  const shape = type?.kind === "shape" ? shapeOf(type.shape) : undefined;
  return namesInOrder(json, shape).map((name) => newElement(name, json[name] ?? null, shape?.members.get(name)));
}

function plainText(json: string | number | boolean | null): string {
  return json === null ? "" : String(json);
}

/** The members that can be written, in the vocabulary's order; behind them those it does not know. */
function namesInOrder(json: JsonObject, shape: Shape | undefined): string[] {
  const names = Object.keys(json).filter((name) => memberValue(json, name) !== undefined && isXmlName(name));
  if (shape === undefined) return names;
  const known = new Set(names);
  return [
    ...[...shape.members.keys()].filter((name) => known.has(name)),
    ...names.filter((name) => !shape.members.has(name)),
  ];
}

/**
 * Where new members go among those that stay: behind the nearest that the vocabulary has before them. Those for one
 * place come together, in order.
 */
function placesOf(
  added: readonly string[],
  kept: readonly XmlElement[],
  shape: Shape | undefined,
): Iterable<{ readonly place: Place; readonly names: readonly string[] }> {
  if (added.length === 0) return [];
  const [first] = kept;
  if (first === undefined) return [{ place: undefined, names: added }];
  const order = [...(shape?.members.keys() ?? [])];
  const byName = new Map(kept.map((element) => [element.name, element]));
  const last = kept.reduce((latest, element) => (element.start > latest.start ? element : latest));
  const places = new Map<string, { place: Place; names: string[] }>();
  for (const name of added) {
    const rank = order.indexOf(name);
    const lower = rank < 0 ? last : byName.get(order.slice(0, rank).findLast((other) => byName.has(other)) ?? "");
    const higher = byName.get(order.slice(rank + 1).find((other) => byName.has(other)) ?? "");
    const [place, key]: [Place, string] =
      lower !== undefined
        ? [{ after: lower }, `after ${lower.start}`]
        : [{ before: higher ?? first }, `before ${(higher ?? first).start}`];
    const together = places.get(key) ?? { place, names: [] };
    places.set(key, together);
    together.names.push(name);
  }
  return places.values();
}
