// What must hold of every config that the service may send, whatever it adds to its API.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc, { type GeneratorValue } from "fast-check";
import { nameItems } from "../../../src/core/cloudfront/items.ts";
import { shapeOf } from "../../../src/core/cloudfront/vocabulary.ts";
import { readWireConfig, unknownMembers, type WireConfig, writeWireConfig } from "../../../src/core/cloudfront/wire.ts";
import type { MemberType } from "../../../src/core/dialect/shape.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { isXmlFault, parseXml, type XmlElement } from "../../../src/core/document/xml.ts";
import { canonicalXml, piecesOf } from "../../../src/core/document/xml-text.ts";
import { holds } from "../../randomly.ts";
import {
  anyConfig,
  anyOf,
  anyStyle,
  anyText,
  anythingUnknown,
  isMembers,
  type Members,
  toXml,
} from "./wire-configs.ts";

const config: MemberType = { kind: "shape", shape: "DistributionConfig" };

function read(xml: string): WireConfig {
  const found = readWireConfig(xml);
  assert.ok(!isXmlFault(found), isXmlFault(found) ? `${found.fault.code} (${found.at})\n${xml}` : "");
  return found;
}

// --- edits of the JSON

/** An edit somebody might make. Where the vocabulary does not know a value, only what XML can tell again. */
function edited(json: Json, type: MemberType | undefined, draw: GeneratorValue): Json {
  const pick = (below: number): number => draw(fc.nat, { max: below - 1 });
  if (Array.isArray(json)) {
    const items = json as readonly Json[];
    const at = items.length === 0 ? 0 : pick(items.length);
    const inside = (): Json =>
      items.with(at, edited(items[at] ?? null, type?.kind === "list" ? type.of : undefined, draw));
    if (items.length > 0 && (type === undefined || pick(3) === 0)) return inside();
    if (type?.kind !== "list") return json;
    switch (pick(3)) {
      case 0:
        return items.toSpliced(at, 1);
      case 1:
        return items.toSpliced(at, 0, draw(anyOf, type.of));
      default: {
        const [moved] = items.slice(at, at + 1);
        return moved === undefined ? items : items.toSpliced(at, 1).toSpliced(pick(items.length), 0, moved);
      }
    }
  }
  if (isMembers(json)) {
    const shape = type?.kind === "shape" ? shapeOf(type.shape) : undefined;
    const names = Object.keys(json);
    const name = names.length === 0 ? "" : (names[pick(names.length)] ?? "");
    const missing = [...(shape?.members ?? [])].filter(([key]) => !names.includes(key));
    const action = shape === undefined ? 4 : pick(8);
    if (action === 0) return Object.fromEntries(Object.entries(json).filter(([key]) => key !== name));
    if (action === 1 && missing.length > 0) {
      const [key, member] = missing[pick(missing.length)] ?? ["", undefined];
      return member === undefined ? json : { ...json, [key]: draw(anyOf, member) };
    }
    if (action === 2 && !names.includes("Added"))
      return { ...json, Added: draw(() => anythingUnknown.filter((value) => !Array.isArray(value))) };
    if (action === 3) return Object.fromEntries(Object.entries(json).toReversed());
    if (name === "") return json;
    return Object.fromEntries(
      Object.entries(json).map(([key, value]) => [
        key,
        key === name ? edited(value, shape?.members.get(key), draw) : value,
      ]),
    );
  }
  if (type === undefined) return typeof json === "number" ? pick(100) : draw(() => anyText);
  return draw(anyOf, type);
}

// --- what stays

interface Part {
  readonly xml: string;
  readonly element: XmlElement;
  readonly json: Json;
  /** The comments and instructions right in it. */
  readonly remarks: readonly string[];
}

/**
 * The parts of a config by where they are: names of members, and what items of lists are called. Without those whose
 * place nobody can tell.
 */
function partsOf(xml: string, json: Json): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  const root = parseXml(xml);
  assert.ok(!isXmlFault(root));
  const walk = (path: string, element: XmlElement, value: Json): void => {
    const remarks = [...piecesOf(xml, element)]
      .filter(({ kind }) => kind === "comment" || kind === "instruction")
      .map(({ start, end }) => xml.slice(start, end));
    parts.set(path, { xml: xml.slice(element.start, element.end), element, json: value, remarks });
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      const names = nameItems(items);
      if (names?.distinct === true)
        names.names[0]?.forEach((name, index) =>
          walk(`${path}/[${name}]`, element.children[index] ?? assert.fail(), items[index] ?? null),
        );
    } else if (isMembers(value)) {
      for (const child of element.children) {
        if (element.children.filter(({ name }) => name === child.name).length === 1)
          walk(`${path}/${child.name}`, child, value[child.name] ?? null);
      }
    }
  };
  walk("", root, json);
  return parts;
}

const kindOf = (json: Json): string => (Array.isArray(json) ? "list" : typeof json);

describe("any config on the wire", () => {
  test("is read as what it says, with all that nobody knows yet", () => {
    holds(
      fc.property(anyConfig, anyStyle, (json, style) => {
        const found = read(toXml(json, style));
        assert.deepEqual(found.json, json);
        assert.deepEqual(JSON.parse(found.text), json);
        assert.ok(found.text.endsWith("}\n"));
      }),
      300,
    );
  });

  test("stays to the letter where nothing changes", () => {
    holds(
      fc.property(anyConfig, anyStyle, (json, style) => {
        const xml = toXml(json, style);
        const found = read(xml);
        assert.equal(writeWireConfig(found, found.json), xml);
        assert.equal(
          writeWireConfig(found, Object.fromEntries(Object.entries(found.json as Members).toReversed())),
          xml,
        );
      }),
      300,
    );
  });

  test("says after an edit what it should, and keeps what is not concerned to the letter", () => {
    let kept = 0;
    holds(
      fc.property(anyConfig, anyStyle, fc.gen(), fc.integer({ min: 1, max: 4 }), (json, style, draw, edits) => {
        const xml = toXml(json, style);
        const before = read(xml);
        let after = before.json;
        for (let edit = 0; edit < edits; edit++) after = edited(after, config, draw);
        const written = writeWireConfig(before, after);
        const found = read(written);
        assert.deepEqual(found.json, after, `${xml}\n${written}`);

        const [old, now] = [partsOf(xml, before.json), partsOf(written, found.json)];
        for (const [path, part] of old) {
          const left = now.get(path);
          if (left === undefined) continue;
          if (isDeepStrictEqual(part.json, left.json)) {
            assert.equal(left.xml, part.xml, path);
            kept++;
          }
          assert.equal(left.element.attributes.trimEnd(), part.element.attributes.trimEnd(), path);
          if (kindOf(part.json) !== kindOf(left.json)) continue;
          assert.deepEqual(left.remarks, part.remarks, path);
          const common = (one: Part, other: Part) =>
            one.element.children
              .map(({ name }) => name)
              .filter((name) => other.element.children.some((child) => child.name === name));
          if (isMembers(part.json))
            assert.deepEqual([...new Set(common(left, part))], [...new Set(common(part, left))], path);
        }
        // What stands around the root is no part of it.
        const ends = (text: string) =>
          text.split(/<DistributionConfig[^]*<\/DistributionConfig>|<DistributionConfig[^>]*\/>/);
        assert.deepEqual(ends(written), ends(xml));
      }),
      400,
    );
    assert.ok(kept > 2_000, `${kept} parts were kept`);
  });

  test("comes to the same in one step as in two", () => {
    holds(
      fc.property(anyConfig, anyStyle, fc.gen(), (json, style, draw) => {
        const before = read(toXml(json, { ...style, decorated: false }));
        const first = edited(before.json, config, draw);
        const second = edited(first, config, draw);
        const [twice, once] = [
          writeWireConfig(read(writeWireConfig(before, first)), second),
          writeWireConfig(before, second),
        ];
        assert.deepEqual(read(twice).json, read(once).json);
      }),
      200,
    );
  });

  test("says the same laid out in any way", () => {
    holds(
      fc.property(anyConfig, anyStyle, fc.gen(), (json, style, draw) => {
        const [plain, laidOut] = [
          toXml(json, { ...style, indent: undefined, decorated: false }),
          toXml(json, { ...style, indent: "    ", decorated: false }),
        ];
        assert.equal(canonicalXml(laidOut), canonicalXml(plain));
        const after = edited(json, config, draw);
        // An element that loses all its members keeps its blanks.
        const withoutBlanks = (xml: string) => canonicalXml(xml).replaceAll(/>\s+<\//g, "></");
        assert.equal(
          withoutBlanks(writeWireConfig(read(laidOut), after)),
          withoutBlanks(writeWireConfig(read(plain), after)),
        );
      }),
      200,
    );
  });

  test("has nothing unknown but what the vocabulary does not know", () => {
    holds(
      fc.property(anyConfig, anyStyle, (json, style) => {
        const unknown = unknownMembers(read(toXml(json, style)));
        const text = JSON.stringify(json);
        for (const name of unknown) assert.ok(text.includes(JSON.stringify(name)));
        for (const name of ["CallerReference", "Quantity", "Items", "PathPattern"]) assert.ok(!unknown.has(name));
      }),
      100,
    );
  });
});
