import * as assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { cardKeys, noCardKeys } from "../../src/webview/card-keys.ts";
import { holds } from "../randomly.ts";

const cards = (titles: readonly string[]) => titles.map((title, index) => ({ id: String(index), title }));

test("each card has a key of its own, whatever came before", () => {
  const titles = fc.array(fc.constantFrom("a", "b", "1 a", "2 a", "1 a'", ""), { maxLength: 8 });
  holds(
    fc.property(fc.array(titles, { maxLength: 5 }), (texts) => {
      let keys = noCardKeys;
      for (const text of texts) {
        keys = cardKeys(cards(text), keys);
        assert.equal(new Set(keys.keys).size, text.length);
        assert.deepEqual(cardKeys(cards(text), keys).keys, keys.keys, "the same text again changes nothing");
      }
    }),
  );
});

test("a card that comes or goes leaves the others their keys", () => {
  const before = cardKeys(cards(["a", "b", "b"]), noCardKeys);
  const [a, b1, b2] = before.keys;
  const after = cardKeys(cards(["new", "a", "b", "b"]), before);
  assert.deepEqual(after.keys.slice(1), [a, b1, b2]);
  assert.deepEqual(cardKeys(cards(["b", "b"]), after).keys, [b1, b2]);
});

test("a card whose title changes keeps its key", () => {
  const before = cardKeys(cards(["a", "damaged", "c"]), noCardKeys);
  assert.deepEqual(cardKeys(cards(["a", "b", "c"]), before).keys, before.keys);
});

test("a key is no longer than a title may be", () => {
  assert.ok((cardKeys(cards(["x".repeat(100_000)]), noCardKeys).keys[0]?.length ?? 0) < 300);
});
