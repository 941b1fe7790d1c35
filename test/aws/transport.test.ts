import * as assert from "node:assert/strict";
import { createRequire } from "node:module";
import { createServer, type Socket } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { ACMClient, ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  createTransport,
  type HttpRequest,
  NoAnswer,
  type Transport,
  type TransportOptions,
} from "../../src/aws/transport.ts";
import { dnsName, extendedKeyUsage, keyUsage, serverAuth, subjectAltName } from "../core/x509/der-writer.ts";
import { type CertificateOptions, createCa, type Issued, issue } from "../core/x509/pki.ts";
import { type Answering, startStub, type TlsIdentity } from "./stub.ts";

function transport(t: TestContext, options?: TransportOptions): Transport {
  const made = createTransport(options);
  t.after(() => made.destroy());
  return made;
}

function requestTo(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  const { protocol, hostname, port, pathname } = new URL(url);
  return { method: "GET", protocol, hostname, port: Number(port), path: pathname, headers: {}, ...more };
}

async function lost(sending: Promise<unknown>): Promise<NoAnswer> {
  let error: unknown;
  await sending.catch((reason: unknown) => (error = reason));
  assert.ok(error instanceof NoAnswer, String(error));
  return error;
}

/** What a server shows, and the authority to trust for it. */
function identityOf(ca: Issued, options: Partial<CertificateOptions> = {}, name = "localhost"): TlsIdentity {
  const { pem, keys } = issue({ issuer: ca, subject: `CN=${name}`, ...options }, [
    keyUsage("digitalSignature"),
    extendedKeyUsage(serverAuth),
    subjectAltName(dnsName(name)),
  ]);
  return { cert: pem, key: String(keys.privateKey.export({ type: "pkcs8", format: "pem" })) };
}

const ok: Answering = () => ({ body: "ok" });

describe("a request", () => {
  test("goes out as it is, and all of its answer comes back", async (t) => {
    const stub = await startStub(t, () => ({
      status: 201,
      headers: { etag: "E1", "content-type": "text/xml" },
      body: "ä".repeat(100_000),
    }));
    const request = requestTo(`${stub.url}/a/b`, {
      method: "POST",
      headers: { "x-own": "1" },
      body: "<ü/>",
      query: { b: "x y*", a: ["1", "2"], c: null },
    });
    const { response } = await transport(t).handle(request);
    assert.equal(response.statusCode, 201);
    assert.equal(response.headers["etag"], "E1");
    assert.equal(Buffer.from(response.body).toString(), "ä".repeat(100_000));
    const [received] = stub.requests;
    assert.deepEqual(
      [received?.method, received?.url, received?.headers["x-own"], received?.body],
      ["POST", "/a/b?a=1&a=2&b=x%20y%2A&c", "1", "<ü/>"],
    );
  });

  test("uses the connection of the one before; a change has one of its own", async (t) => {
    const stub = await startStub(t, ok);
    const { handle } = transport(t);
    for (const method of ["GET", "POST", "PUT", "PUT", "GET"]) await handle(requestTo(stub.url, { method }));
    const [first, second, third, fourth, fifth] = stub.requests.map(({ from }) => from);
    assert.deepEqual([second, fifth], [first, first]);
    assert.equal(new Set([first, third, fourth]).size, 3);
  });

  test("to an IPv6 address has it without brackets", async (t) => {
    const error = await lost(transport(t).handle(requestTo("http://[::1]:9/")));
    assert.match(String(error.code), /^(ECONNREFUSED|EADDRNOTAVAIL)$/);
    assert.equal(error.host, "[::1]:9");
  });
});

describe("no answer", () => {
  test("comes from where nobody listens: the request was not sent", async (t) => {
    const { code, sent, host } = await lost(transport(t).handle(requestTo("http://127.0.0.1:9/")));
    assert.deepEqual({ code, sent, host }, { code: "ECONNREFUSED", sent: false, host: "127.0.0.1:9" });
  });

  test("comes over a connection that breaks off: the request may have been seen", async (t) => {
    const stub = await startStub(t, ({ drop }) => void drop());
    const { code, sent } = await lost(transport(t).handle(requestTo(stub.url, { method: "PUT", body: "x" })));
    assert.deepEqual({ code, sent }, { code: "ECONNRESET", sent: true });
  });

  test("is half an answer", async (t) => {
    const server = createServer((socket) =>
      socket.on("error", () => {}).once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
    );
    const url = await listening(t, server);
    const { code, sent } = await lost(transport(t).handle(requestTo(url)));
    assert.deepEqual({ code, sent }, { code: "ECONNRESET", sent: true });
  });

  test("is what is no HTTP", async (t) => {
    const server = createServer((socket) =>
      socket.on("error", () => {}).once("data", () => socket.end("SSH-2.0-OpenSSH\r\n")),
    );
    assert.match(String((await lost(transport(t).handle(requestTo(await listening(t, server))))).code), /^HPE_/);
  });

  test("comes in time neither at first nor in between", async (t) => {
    const stub = await startStub(t, () => undefined);
    const first = await lost(transport(t, { requestTimeout: 30 }).handle(requestTo(stub.url)));
    assert.deepEqual([first.code, first.sent, first.waited], ["ETIMEDOUT", true, 30]);
    const server = createServer((socket) =>
      socket
        .on("error", () => {})
        .once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
    );
    const between = await lost(transport(t, { requestTimeout: 30 }).handle(requestTo(await listening(t, server))));
    assert.deepEqual([between.code, between.sent, between.waited], ["ETIMEDOUT", true, 30]);
  });

  test("comes sooner where it is asked again, and then it is the last time", async (t) => {
    const stub = await startStub(t, () => undefined);
    const again = await lost(
      transport(t, { requestTimeout: 30 }).handle(
        requestTo(stub.url, { headers: { "amz-sdk-request": "attempt=2; max=4" } }),
      ),
    );
    assert.deepEqual([again.code, again.waited, again.attempt], ["ENOANSWER", 15, 2]);
    // What was sent may arrive after nobody waits for it any more.
    const other = await startStub(t, () => undefined);
    const client = new ACMClient({
      region: "us-east-1",
      endpoint: other.url,
      credentials: { accessKeyId: "A", secretAccessKey: "B" },
      maxAttempts: 4,
      requestHandler: transport(t, { requestTimeout: 200 }),
    });
    const last = await lost(client.send(new ListCertificatesCommand({})));
    while (other.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([other.requests.length, last.code, last.waited, last.attempt], [2, "ENOANSWER", 100, 2]);
  });

  test("comes where there is no connection in time", async (t) => {
    // It takes connections, and does not speak TLS.
    const server = createServer((socket) => socket.on("error", () => {}));
    const url = (await listening(t, server)).replace("http:", "https:");
    const { code, sent, waited } = await lost(transport(t, { connectTimeout: 30 }).handle(requestTo(url)));
    assert.deepEqual([code, sent, waited], ["ECONNECTTIMEOUT", false, 30]);
  });

  test("comes to who stops waiting, whether it was sent or not", async (t) => {
    const stub = await startStub(t, () => undefined);
    const { handle } = transport(t);
    await assert.rejects(handle(requestTo(stub.url), { abortSignal: AbortSignal.abort() }), { name: "AbortError" });
    assert.equal(stub.requests.length, 0);
    const controller = new AbortController();
    const sending = handle(requestTo(stub.url), { abortSignal: controller.signal });
    while (stub.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await assert.rejects(sending, { name: "AbortError" });
  });
});

async function listening(t: TestContext, server: ReturnType<typeof createServer>): Promise<string> {
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return `http://127.0.0.1:${address.port}/`;
}

describe("over TLS", () => {
  const ca = createCa();

  test("who has an authority of its own is trusted with it, alone or among others", async (t) => {
    const stub = await startStub(t, ok, identityOf(ca));
    for (const method of ["GET", "PUT"]) {
      assert.equal(
        (await transport(t, { ca: ca.pem }).handle(requestTo(stub.url, { method }))).response.statusCode,
        200,
      );
      assert.equal(
        (await transport(t, { ca: `${createCa().pem}\n${ca.pem}` }).handle(requestTo(stub.url, { method }))).response
          .statusCode,
        200,
      );
    }
  });

  test("and is not without it, or with another one", async (t) => {
    const stub = await startStub(t, ok, identityOf(ca));
    for (const method of ["GET", "PUT"]) {
      for (const authority of [undefined, createCa({ subject: "CN=Other" }).pem]) {
        const { code, sent } = await lost(transport(t, { ca: authority }).handle(requestTo(stub.url, { method })));
        assert.match(String(code), /^UNABLE_TO_VERIFY_LEAF_SIGNATURE|^UNABLE_TO_GET_ISSUER|^SELF_SIGNED/);
        assert.equal(sent, false);
      }
    }
    assert.equal(stub.requests.length, 0);
  });

  test("nor where the certificate is for others, or no longer valid", async (t) => {
    const { handle } = transport(t, { ca: ca.pem });
    const other = await startStub(t, ok, identityOf(ca, {}, "example.com"));
    assert.equal((await lost(handle(requestTo(other.url)))).code, "ERR_TLS_CERT_ALTNAME_INVALID");
    const old = await startStub(
      t,
      ok,
      identityOf(ca, { parts: { notBefore: "20200101000000Z", notAfter: "20210101000000Z" } }),
    );
    assert.equal((await lost(handle(requestTo(old.url)))).code, "CERT_HAS_EXPIRED");
  });

  test("nobody answers who speaks plain HTTP, and the other way round", async (t) => {
    const plain = await startStub(t, ok);
    assert.match(
      String((await lost(transport(t).handle(requestTo(plain.url.replace("http:", "https:"))))).code),
      /^(ERR_SSL_|EPROTO)/,
    );
    const tls = await startStub(t, ok, identityOf(ca));
    assert.match(
      String((await lost(transport(t).handle(requestTo(tls.url.replace("https:", "http:"))))).code),
      /^(HPE_|ECONNRESET)/,
    );
  });
});

describe("the editor's host", () => {
  /** As VS Code does for extensions: what they get by `require`, not what they import, has its own `request`. */
  function patch(
    t: TestContext,
    changed: (
      name: "http" | "https",
      original: typeof import("node:http").request,
    ) => typeof import("node:http").request,
  ): void {
    const require = createRequire(import.meta.url);
    const module: { _load: (request: string, ...rest: unknown[]) => unknown } = require("node:module");
    const original = module._load;
    t.after(() => (module._load = original));
    module._load = function (request, ...rest) {
      const loaded = original.call(this, request, ...rest);
      if (request !== "http" && request !== "https") return loaded;
      const parts: typeof import("node:http") = require(`node:${request}`);
      return { ...parts, request: changed(request, parts.request) };
    };
  }

  test("sends the requests where it has put its own way to do so", async (t) => {
    const asked: string[] = [];
    patch(
      t,
      (name, original) =>
        ((options: object, callback: never) => {
          asked.push(name);
          return original(options, callback);
        }) as typeof original,
    );
    const ca = createCa();
    const [plain, tls] = [await startStub(t, ok), await startStub(t, ok, identityOf(ca))];
    const { handle } = transport(t, { ca: ca.pem });
    await handle(requestTo(plain.url));
    await handle(requestTo(tls.url));
    assert.deepEqual(asked, ["http", "https"]);
  });

  test("is given the authorities with each request, and none where there are none: it may put the agent aside", async (t) => {
    const asked: Record<string, unknown>[] = [];
    patch(
      t,
      (_, original) =>
        ((options: Record<string, unknown>, callback: never) => {
          asked.push(options);
          return original(options, callback);
        }) as typeof original,
    );
    for (const ca of ["PEM", undefined]) await lost(transport(t, { ca }).handle(requestTo("https://127.0.0.1:9/")));
    assert.equal(asked[0]?.["ca"], "PEM");
    assert.equal("ca" in (asked[1] ?? {}), false);
    const [first, second] = asked.map(({ agent }) => (agent as { readonly options: object }).options);
    assert.equal("ca" in (first ?? {}), true);
    assert.equal("ca" in (second ?? {}), false);
  });

  test("says when it went through a proxy", async (t) => {
    let proxy = "PROXY proxy.example:3128";
    patch(
      t,
      (_, original) =>
        ((options: object, callback: never) => {
          const outgoing = original(options, callback);
          queueMicrotask(() => outgoing.emit("proxy", { proxy }));
          return outgoing;
        }) as typeof original,
    );
    assert.equal((await lost(transport(t).handle(requestTo("http://127.0.0.1:9/")))).viaProxy, true);
    proxy = "DIRECT";
    assert.equal((await lost(transport(t).handle(requestTo("http://127.0.0.1:9/")))).viaProxy, false);
  });
});
