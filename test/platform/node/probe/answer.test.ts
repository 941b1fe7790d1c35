import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { End } from "../../../../src/core/probe/facts.ts";
import { AnswerReader } from "../../../../src/platform/node/probe/answer.ts";

/** The whole answer in one piece, and the same byte by byte. */
function read(text: string, readsBody = false): End | undefined {
  const whole = new AnswerReader(readsBody);
  const end = whole.take(Buffer.from(text, "latin1")) ?? whole.end();
  const slow = new AnswerReader(readsBody);
  let other: End | undefined;
  for (const byte of Buffer.from(text, "latin1")) other ??= slow.take(Buffer.of(byte));
  assert.deepEqual(other ?? slow.end(), end);
  return end;
}

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

describe("an answer", () => {
  test("is its status", () => {
    assert.deepEqual(read(ok), { kind: "answer", status: 200 });
    assert.deepEqual(read("HTTP/1.0 403 \r\n\r\n"), { kind: "answer", status: 403 });
    assert.deepEqual(read("HTTP/1.1 204\r\n\r\n"), { kind: "answer", status: 204 });
  });

  test("comes after what is not the answer yet", () => {
    assert.deepEqual(read(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${ok}`), {
      kind: "answer",
      status: 200,
    });
  });

  test("is nothing before its head is whole", () => {
    assert.equal(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"), undefined);
    assert.equal(read(""), undefined);
  });

  test("is HTTP, or it is none", () => {
    for (const text of ["SSH-2.0-x\r\n", "220 mail\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 999 X\r\n\r\n", "\u0000"])
      assert.deepEqual(read(text), { kind: "no-http" }, text);
  });

  test("ends somewhere", () => {
    const reader = new AnswerReader(false);
    let end: End | undefined;
    for (let count = 0; count < 100 && end === undefined; count += 1)
      end = reader.take(Buffer.from(`${count === 0 ? "HTTP/1.1 200 OK\r\n" : ""}X: ${"y".repeat(1000)}\r\n`));
    assert.deepEqual(end, { kind: "endless", phase: "request" });
  });

  const page = (text: string): string =>
    `HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 200\r\n\r\n<html><center>${text}</center></html>`;

  test("is nginx's refusal where its page says so", () => {
    assert.deepEqual(read(page("No required SSL certificate was sent"), true), {
      kind: "answer",
      status: 400,
      says: "no-certificate",
    });
    assert.deepEqual(read(page("The SSL certificate error"), true), {
      kind: "answer",
      status: 400,
      says: "certificate-error",
    });
    assert.deepEqual(read(page("Bad Request"), true), { kind: "answer", status: 400 });
    assert.deepEqual(read(page("No required SSL certificate was sent")), { kind: "answer", status: 400 });
  });

  test("has a page without end, of which enough is read", () => {
    const reader = new AnswerReader(true);
    assert.equal(reader.take(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")), undefined);
    let end: End | undefined;
    for (let count = 0; count < 20 && end === undefined; count += 1) end = reader.take(Buffer.alloc(1000, "x"));
    assert.deepEqual(end, { kind: "answer", status: 400 });
  });
});
