import * as assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import {
  kilobytesText,
  listText,
  megabytesText,
  momentText,
  numberText,
  seriesText,
  speak,
} from "../../../src/core/messages/format.ts";

afterEach(() => speak("en"));

describe("numbers, dates and lists", () => {
  test("are English where nothing else was asked for, as Intl has it", () => {
    const numbers = new Intl.NumberFormat("en");
    for (const value of [0, 7, 999, 1000, 12_345, 1_234_567, -1000, -999, 2.5])
      assert.equal(numberText(value), numbers.format(value));
    assert.deepEqual([kilobytesText(16), megabytesText(1)], ["16 KB", "1 MB"]);
    assert.equal(seriesText(["a", "b", "c"]), "a, b, c");
  });

  test("are as the language has them that was asked for", () => {
    speak("de");
    assert.deepEqual([numberText(12_345), seriesText(["a", "b", "c"])], ["12.345", "a, b, c"]);
    speak("ja");
    assert.deepEqual(
      [numberText(12_345), seriesText(["a", "b", "c"]), listText(["a", "b"])],
      ["12,345", "a、b、c", "a、b"],
    );
    speak("zh-cn");
    assert.equal(seriesText(["a", "b", "c"]), "a、b、c");
  });

  test("are English again where the language is none, or unknown", () => {
    for (const tag of ["", "de_DE", "not a language", "qps-ploc", "en-GB"]) {
      speak("de");
      speak(tag);
      assert.deepEqual([numberText(12_345), seriesText(["a", "b"])], ["12,345", "a, b"], tag);
    }
  });

  test("of which there are many are counted behind the twentieth, and no more are looked at", () => {
    const looked: string[] = [];
    const items = Array.from({ length: 25 }, (_, index) => String(index));
    const said = listText(items, (item) => {
      looked.push(item);
      return `<${item}>`;
    });
    assert.match(said, /^<0>, <1>, .*<18>, <19> and 5 more$/);
    assert.equal(looked.length, 20);
    assert.match(seriesText(items), /23, 24$/);
  });

  test("have every part of a moment", () =>
    assert.equal(momentText(new Date(Date.UTC(2026, 0, 2, 3, 4, 5))), "2026-01-02 03:04:05 UTC"));
});
