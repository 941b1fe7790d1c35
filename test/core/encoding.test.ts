import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../src/core/encoding.ts";

const text = '{ "Comment": "日本" }';
const utf16le = Buffer.from(text, "utf16le");
const utf16be = Buffer.from(utf16le).swap16();

for (const [name, bytes, encoding] of [
  ["UTF-8", Buffer.from(text), "utf8"],
  ["UTF-8 with a byte order mark", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]), "utf8bom"],
  ["UTF-16LE with a byte order mark", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le]), "utf16le"],
  ["UTF-16LE without one", utf16le, "utf16le"],
  ["UTF-16BE with a byte order mark", Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be]), "utf16be"],
  ["UTF-16BE without one", utf16be, "utf16be"],
] as const) {
  test(`${name} is read, without its byte order mark`, () => {
    assert.deepEqual(decode(bytes), { text, encoding });
  });
}

test("bytes that are no text give some text, never a fault", () => {
  for (const bytes of [[], [0], [0xff], [0xff, 0xfe], [0xff, 0xfe, 0xd8], [0xc3, 0x28], [0, 0, 0, 0]]) {
    assert.equal(typeof decode(Uint8Array.from(bytes)).text, "string");
  }
});
