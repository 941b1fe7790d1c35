// What an answer is written in: read rightly or refused, since a config that was read wrongly would be sent back so.
import * as assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { type Connection, connect, dispose } from "../../src/aws/connection.ts";
import { getDistributionConfig, listDistributions } from "../../src/aws/distributions.ts";
import { isFailure } from "../../src/core/failure.ts";
import { identity, inEnvironment, isIdentity, keys, never, startStub } from "./stub.ts";

const config = "<DistributionConfig><Comment>Büro → 日本</Comment></DistributionConfig>";
const declared = (encoding: string, text = config) => `<?xml version="1.0" encoding="${encoding}"?>\n${text}`;
const bigEndian = (text: string) => Buffer.from(text, "utf16le").swap16();

async function connected(t: TestContext, body: string | Uint8Array, type = "text/xml"): Promise<Connection> {
  const headers = { "content-type": type, etag: "E1ETAG", "x-amzn-requestid": "1" };
  const stub = await startStub(t, (request) => (isIdentity(request) ? identity : { headers, body }));
  inEnvironment(t, { ...keys, AWS_ENDPOINT_URL: stub.url });
  const connection = await connect({ profile: undefined, askMfaCode: () => Promise.reject(), signal: never });
  assert.ok(!isFailure(connection), JSON.stringify(connection));
  t.after(() => dispose(connection));
  return connection;
}

describe("a config", () => {
  for (const [name, body, type] of [
    ["UTF-8", config],
    ["UTF-8 that is declared", declared("UTF-8")],
    ["UTF-8 that the header names", config, 'text/xml; charset="utf-8"'],
    ["UTF-8 with a byte order mark, which is not sent back", `\ufeff${declared("utf-8")}`],
  ] as const)
    test(`in ${name} is read`, async (t) => {
      const answer = await getDistributionConfig(await connected(t, body, type), "E1", never);
      assert.ok(!isFailure(answer), JSON.stringify(answer));
      assert.match(answer.config.text, /"Comment": "Büro → 日本"/);
      assert.ok(!answer.config.xml.startsWith("\ufeff"));
    });

  for (const [name, body, words, type] of [
    ["UTF-16", Buffer.from(`\ufeff${declared("UTF-16")}`, "utf16le"), /encoded as UTF-16, but CloudFront sends UTF-8/],
    ["UTF-16 the other way round", bigEndian(`\ufeff${config}`), /encoded as UTF-16/],
    ["UTF-16 without a mark", Buffer.from(config, "utf16le"), /encoded as UTF-16/],
    [
      "Latin-1 that is declared",
      Buffer.from(declared("ISO-8859-1", "<DistributionConfig/>"), "latin1"),
      /encoded as ISO-8859-1/,
    ],
    ["Latin-1 that the header names", "<DistributionConfig/>", /encoded as iso-8859-1/, "text/xml; charset=iso-8859-1"],
    [
      "bytes that are no UTF-8",
      Buffer.from("<DistributionConfig><Comment>B\u00fcro</Comment></DistributionConfig>", "latin1"),
      /is not valid UTF-8/,
    ],
  ] as const)
    test(`in ${name} is refused, and not read with other characters`, async (t) => {
      const connection = await connected(t, body, type);
      for (const answer of [
        await getDistributionConfig(connection, "E1", never),
        await listDistributions(connection, undefined, never),
      ]) {
        assert.ok(isFailure(answer), JSON.stringify(answer));
        assert.equal(answer.failure, "wrong-endpoint");
        assert.match(answer.message, words);
        assert.match(answer.message, /It was not read/);
      }
    });
});
