import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { isToHost, isToPage, type ToHost } from "../../src/webview/protocol.ts";
import { holds } from "../randomly.ts";

const card = {
  id: "0",
  kind: "certificate",
  title: "leaf",
  subtitle: "issued by root",
  badges: [{ tone: "ok", text: "expires in 12 days" }],
  line: 0,
  fields: [{ name: "Serial", value: "01", monospace: true }],
  extensions: [{ oid: "2.5.29.15", name: "Key usage", critical: true, fields: [], hex: "03", fault: "cut off" }],
  problems: [
    { severity: "error", rule: "certificate/expired", message: "It has expired.", url: "https://example.com/" },
  ],
  fitness: { fit: false, reasons: [{ holds: false, message: "It has expired." }] },
  search: "leaf",
};
const show = {
  kind: "show",
  inspection: {
    name: "chain.pem",
    note: { tone: "info", text: "A PKCS#12 file", steps: ["Convert it."] },
    chains: [[{ card: "0", title: "leaf", role: "leaf", link: { state: "valid", text: "signature verified" } }]],
    cards: [card],
  },
  bundle: { "Copied {0}": "{0} をコピーしました" },
};

/** What arrives at the other side: members that are undefined do not. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Every value inside, by the keys that lead to it. */
function paths(value: unknown): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[key], ...paths(member).map((rest) => [key, ...rest])]);
}

/** A copy in which the value at `path` is `instead`; `undefined` takes it out. */
function withInstead(value: unknown, [key = "", ...rest]: readonly string[], instead: unknown): unknown {
  const copy: unknown = structuredClone(value);
  assert.ok(typeof copy === "object" && copy !== null);
  Reflect.set(copy, key, rest.length === 0 ? instead : withInstead(Reflect.get(copy, key), rest, instead));
  return sent(copy);
}

describe("what the page is shown", () => {
  const optional = ["monospace", "fault", "note", "bundle", "line", "fitness", "link", "card"];

  test("is taken whole, and with nothing that may be missing", () => {
    assert.ok(isToPage(sent(show)));
    assert.ok(isToPage({ kind: "show", inspection: { name: "", chains: [], cards: [] } }));
    for (const path of paths(show).filter((one) => optional.includes(one.at(-1) ?? "")))
      assert.ok(isToPage(withInstead(show, path, undefined)), path.join("."));
  });

  test("is refused when any member is something else or missing", () => {
    const all = paths(show);
    assert.ok(all.length > 50, `${all.length} members`);
    for (const path of all) {
      const old: unknown = path.reduce((value: unknown, key) => Reflect.get(Object(value), key), show);
      for (const instead of [typeof old === "number" ? "0" : 0.5, { surprise: true }, null])
        assert.ok(!isToPage(withInstead(show, path, instead)), `${path.join(".")}: ${JSON.stringify(instead)}`);
      // A list without one of its items is a list.
      const inList = /^\d+$/.test(path.at(-1) ?? "") || path.at(-1) === "Copied {0}";
      if (!inList && !optional.includes(path.at(-1) ?? ""))
        assert.ok(!isToPage(withInstead(show, path, undefined)), `${path.join(".")} is missing`);
    }
  });

  test("is never anything", () => {
    holds(fc.property(fc.anything(), (value) => !isToPage(value) && !isToHost(value)));
  });
});

describe("what the page asks for", () => {
  const asked: readonly ToHost[] = [
    { kind: "ready" },
    { kind: "copy", card: "0", what: "pem" },
    { kind: "copyField", card: "3.1", field: 0 },
    { kind: "copyField", card: "3.1", extension: "2", field: -2 },
    { kind: "showInText", card: "0" },
    { kind: "compare", card: "0" },
    { kind: "compare", card: undefined },
    { kind: "openLink", card: "0", problem: 0 },
  ];

  test("is taken", () => {
    for (const message of asked) assert.ok(isToHost(sent(message)), JSON.stringify(message));
  });

  test("is refused with a member that is something else", () => {
    for (const message of asked) {
      for (const path of paths(message))
        for (const instead of [1.5, -3, {}, null, "?"].filter(
          (value) => value !== "?" || !["card", "extension"].includes(path[0] ?? ""),
        )) {
          assert.ok(
            !isToHost(withInstead(message, path, instead)),
            `${JSON.stringify(message)}: ${path.join(".")} = ${JSON.stringify(instead)}`,
          );
        }
    }
  });
});
