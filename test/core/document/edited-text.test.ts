import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { EditedText } from "../../../src/core/document/edited-text.ts";
import { applyEdits, type TextEdit } from "../../../src/core/text.ts";
import { holds } from "../../randomly.ts";

/** Longer than what is left apart, so that edits are near each other and far from each other. */
const long = Array.from({ length: 6_000 }, (_, index) => `${index} `).join("");

const places = fc.record({
  start: fc.oneof(fc.nat({ max: 60 }), fc.nat()),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 20 })),
  text: fc.oneof(fc.string({ maxLength: 8 }), fc.constant(long.slice(0, 12_000))),
  looks: fc.constantFrom("not", "at a part", "at all"),
});

describe("a text that is edited", () => {
  test("says what the edits make of it, whether somebody looks at it between them or not", () => {
    holds(
      fc.property(
        fc.constantFrom("", "{}", "0123456789".repeat(8), long),
        fc.array(places, { maxLength: 20 }),
        (first, list) => {
          let [text, edited] = [first, EditedText.of(first)];
          for (const { start: at, length, text: inserted, looks } of list) {
            const start = at % (text.length + 1);
            const edit: TextEdit = { span: { start, end: Math.min(text.length, start + length) }, text: inserted };
            const before = edited;
            edited = before.after(edit);
            if (looks !== "not") assert.equal(before.whole(), text);
            text = applyEdits(text, [edit]);
            const [from, to] = [Math.max(0, start - 15), Math.min(text.length, start + inserted.length + 15)];
            if (looks === "at a part") assert.equal(edited.slice(from, to), text.slice(from, to));
            if (looks === "at all") assert.equal(edited.whole(), text);
          }
          assert.equal(edited.slice(0, text.length), text);
          assert.equal(edited.whole(), text);
          assert.equal(edited.whole(), text);
        },
      ),
      300,
    );
  });
});
