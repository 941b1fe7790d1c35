import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { entered } from "../../../src/core/messages/probe/entered.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { mistakeInRequest, readServer, readServerName } from "../../../src/core/probe/entered.ts";
import type { ProbeRequest } from "../../../src/core/probe/facts.ts";
import { hostHeader } from "../../../src/core/probe/host-header.ts";
import { plan } from "./seen.ts";

describe("the server that is entered", () => {
  test("is a name or an address, with a port or without", () => {
    const server = (host: string, port = 443): { host: string; port: number } => ({ host, port });
    assert.deepEqual(readServer("example.com"), server("example.com"));
    assert.deepEqual(readServer(" Example.com:8443 "), server("Example.com", 8443));
    assert.deepEqual(readServer("example.com."), server("example.com"));
    assert.deepEqual(readServer("https://example.com/"), server("example.com"));
    assert.deepEqual(readServer("192.0.2.1:1"), server("192.0.2.1", 1));
    assert.deepEqual(readServer("::1"), server("::1"));
    assert.deepEqual(readServer("2001:db8::1"), server("2001:db8::1"));
    assert.deepEqual(readServer("[2001:db8::1]:8443"), server("2001:db8::1", 8443));
    assert.deepEqual(readServer("localhost"), server("localhost"));
    assert.deepEqual(readServer("_x.example-1.internal"), server("_x.example-1.internal"));
  });

  test("is nothing else, and what is wrong is said", () => {
    const texts = [
      "",
      " ",
      "a b",
      "http://example.com",
      "https://example.com/path",
      "example.com:",
      ":443",
      "-x",
      "a/b",
    ];
    for (const text of [...texts, "日本.example", "[::1", "a\nb", "x".repeat(300)])
      assert.deepEqual(readServer(text), { code: "probe:bad-server", args: { text } }, text);
    for (const text of ["example.com:0", "example.com:65536", "[::1]:99999"])
      assert.deepEqual(readServer(text), { code: "probe:bad-port", args: { text } });
    for (const [text, shown] of [
      ["a:secret@b", "…@b"],
      ["https://a:sec/r@et@b/", "https://…@b/"],
    ] as const)
      assert.deepEqual(readServer(text), { code: "probe:bad-server", args: { text: shown } });
    const said = readServer("a b");
    assert.ok("code" in said);
    assert.match(tell(said, entered), /“a b” is not the address of a server\. .*example\.com:443/);
  });
});

describe("the name that is entered", () => {
  test("is one that TLS can indicate, or an address", () => {
    assert.deepEqual(readServerName("Example.com."), { name: "Example.com" });
    for (const name of ["origin_1.example", "192.0.2.1", "2001:db8::1"])
      assert.deepEqual(readServerName(name), { name });
    for (const text of ["", "a\r\nX-Y: z", "日本.example", "a:443", "x".repeat(254)])
      assert.deepEqual(readServerName(text), { code: "probe:bad-name", args: { text } });
    assert.match(tell({ code: "probe:bad-name", args: { text: "日本" } }, entered), /“日本” is not a server name\./);
  });
});

describe("the request that is entered", () => {
  const request = (changes: Partial<ProbeRequest>): string | undefined =>
    mistakeInRequest({ method: "HEAD", path: "/", headers: [], ...changes })?.code;

  test("may say what HTTP lets it", () => {
    assert.equal(request({ path: "/a/b?c=d%20e" }), undefined);
    assert.equal(request({ host: "www.example.com:8443" }), undefined);
    assert.equal(request({ headers: [["X-Secret", "a b\tc é"]] }), undefined);
  });

  test("cannot say more than one request", () => {
    for (const path of ["", "a", "/a b", "/\r\nX: y", "/日本"]) assert.equal(request({ path }), "probe:bad-path", path);
    for (const host of ["", "a b", "a\r\nX: y"]) assert.equal(request({ host }), "probe:bad-host", host);
    for (const header of [
      ["", "x"],
      ["a b", "x"],
      ["X", "a\r\nY: z"],
      ["X\n", "a"],
      ["X", "\u0000"],
    ] as const)
      assert.equal(request({ headers: [header] }), "probe:bad-header", JSON.stringify(header));
    for (const name of ["Host", "content-length", "Transfer-Encoding", "CONNECTION"])
      assert.equal(request({ headers: [[name, "x"]] }), "probe:own-header", name);
  });

  test("does not repeat the value of a header", () => {
    const mistake = mistakeInRequest({ method: "HEAD", path: "/", headers: [["X", "secret\n"]] });
    assert.ok(mistake !== undefined);
    assert.doesNotMatch(tell(mistake, entered), /secret/);
  });

  test("names the port in Host only where it is another than 443", () => {
    assert.equal(hostHeader(plan), "origin.example");
    assert.equal(hostHeader({ ...plan, port: 8443 }), "origin.example:8443");
    assert.equal(hostHeader({ ...plan, name: "2001:db8::1", port: 8443 }), "[2001:db8::1]:8443");
    assert.equal(hostHeader({ ...plan, port: 8443, request: { ...plan.request, host: "www.example" } }), "www.example");
  });
});
