import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { candidatesIn, candidatesOf } from "../../../src/account/verify/candidates.ts";
import { type Verified, type VerifyTools, verify } from "../../../src/account/verify/verify.ts";
import { configOf } from "../../../src/core/facts.ts";
import type { ProbePlan } from "../../../src/core/probe/facts.ts";
import type { LiveSubject } from "../../../src/core/probe/proof.ts";
import { anyEndpoint, enteredTarget, type ProbeTarget } from "../../../src/core/probe/target.ts";
import { readText } from "../../core/checking.ts";
import {
  certificate,
  counted,
  customConfig,
  customOrigin,
  distributionConfig,
  mtls,
  s3Origin,
} from "../../core/configs.ts";
import { address, alert, answer, facts, tries } from "../../core/probe/seen.ts";
import { createAuthority } from "../../probe/authority.ts";
import { VerifyUser } from "./verify-user.ts";

const open = address(tries("no", { none: answer(200) }), tries("no", { none: answer(200) }, "TLSv1.3"));
const closed = address(
  tries("yes", { none: alert(116), stranger: alert(48) }),
  tries("yes", { none: alert(116), stranger: alert(48) }, "TLSv1.3"),
);

interface Asked {
  readonly plan: ProbePlan;
  readonly credentials: Parameters<VerifyTools["probe"]>[1];
}

/** Verifies with a user and without a network. */
async function verified(target: ProbeTarget, user: VerifyUser, seen = () => closed, live?: LiveSubject) {
  const asked: Asked[] = [];
  const told: Verified[] = [];
  await verify(
    { target, ...(live === undefined ? {} : { live }) },
    {
      ui: user,
      probe: async (plan, credentials, { progress }) => {
        asked.push({ plan, credentials });
        progress?.(1, 4);
        return { ...facts(seen()), plan };
      },
      onVerified: (one) => {
        told.push(one);
      },
    },
  );
  return { asked, told };
}

const origin: ProbeTarget = { ...enteredTarget("origin", "origin.example.com", 443), clientCertificate: certificate };

describe("a verification", () => {
  test("starts with one answer, shows all that was seen and says the verdict", async () => {
    const user = new VerifyUser();
    user.choices = ["Start"];
    const { asked, told } = await verified(origin, user);
    assert.deepEqual(
      asked.map(({ plan, credentials }) => [plan.host, plan.port, credentials]),
      [["origin.example.com", 443, {}]],
    );
    assert.equal(user.asked[0]?.items[0]?.description, "origin.example.com:443 · HEAD / · origin.example.com");
    assert.deepEqual(user.progressed, ["Verifying mTLS of origin.example.com:443", "1 of 4 connections"]);
    assert.equal(user.shown[0]?.name, "mTLS verification of origin.example.com:443");
    assert.match(user.shown[0]?.text ?? "", /^Mutual TLS of origin\.example\.com:443: enforced in TLS\n[^]*\n$/);
    assert.match(user.said[0]?.message ?? "", /^origin\.example\.com:443: The server asks .* refused/);
    assert.equal(user.said[0]?.severity, "info");
    assert.equal(told[0]?.report.verdict, "enforced-tls");
    assert.equal(told[0]?.settings.clientCertificate, certificate);
  });

  test("warns where anybody gets in", async () => {
    const user = new VerifyUser();
    user.choices = ["Start"];
    await verified(origin, user, () => open);
    assert.deepEqual([user.said[0]?.severity, user.said.length], ["warning", 1]);
  });

  test("connects to nothing where it is left, at any question", async () => {
    const left = new VerifyUser();
    assert.deepEqual((await verified(origin, left)).asked, []);
    const without = new VerifyUser();
    assert.deepEqual((await verified(anyEndpoint, without)).asked, []);
    assert.equal(without.entered[0]?.title, "Server to Verify");
    const nothing = new VerifyUser();
    await verify(
      { target: { code: "probe:http-only-origin" } },
      { ui: nothing, probe: () => assert.fail("connected") },
    );
    assert.match(nothing.said[0]?.message ?? "", /HTTP only/);
  });

  test("that is cancelled shows nothing, and is no proof", async () => {
    const user = new VerifyUser();
    user.choices = ["Start"];
    const { told } = await verified(origin, user, () => {
      user.stop.abort();
      return closed;
    });
    assert.deepEqual([user.shown, user.said, told], [[], [], []]);
  });

  test("tries each name, and shows the worst first", async () => {
    const user = new VerifyUser();
    user.choices = ["Start"];
    let count = 0;
    const { asked, told } = await verified(
      {
        ...origin,
        names: ["a.example.com", "b.example.com"],
        isOwnNameSaid: false,
        remarks: [{ code: "probe:host-forwarded" }],
      },
      user,
      () => (++count === 1 ? closed : open),
    );
    assert.deepEqual(
      asked.map(({ plan }) => plan.name),
      ["a.example.com", "b.example.com"],
    );
    const text = user.shown[0]?.text ?? "";
    assert.ok(text.startsWith("Mutual TLS of origin.example.com:443: does not ask"));
    assert.match(text, /From the configuration\n {2}- CloudFront forwards the Host header/);
    assert.match(text, /enforced in TLS/);
    assert.equal(user.said[0]?.severity, "warning");
    assert.deepEqual(
      told.map(({ report }) => report.verdict),
      ["enforced-tls", "does-not-ask"],
    );
  });

  test("sends the request, and says the name, that the user chooses", async () => {
    const user = new VerifyUser();
    user.choices = ["Change the method", "GET", "Change the name", "Change the server", "Start"];
    user.texts = ["/health", "other.example.com", "192.0.2.1:8443"];
    const { asked } = await verified(origin, user);
    const [{ plan } = assert.fail("nothing")] = asked;
    assert.deepEqual(
      [plan.host, plan.port, plan.name, plan.request.method, plan.request.path],
      ["192.0.2.1", 8443, "other.example.com", "GET", "/health"],
    );
    assert.deepEqual(
      user.entered.map(({ value }) => value),
      ["/", "origin.example.com", "origin.example.com:443"],
    );
  });

  test("refuses what is no path, name or server", async () => {
    const user = new VerifyUser();
    user.choices = ["Change the method", "HEAD", "Change the name", "Change the server", "Start"];
    user.texts = ["no path", "a b", "a:b:c d"];
    const { asked } = await verified({ ...origin, port: 8443 }, user);
    assert.ok(user.entered.every(({ refused }) => refused !== undefined));
    assert.deepEqual([asked[0]?.plan.host, asked[0]?.plan.request.path], ["origin.example.com", "/"]);
  });

  test("keeps the port of the configuration where the user names none", async () => {
    const user = new VerifyUser();
    user.choices = ["Start"];
    user.texts = ["balancer.example.com"];
    const { asked } = await verified({ ...anyEndpoint, port: 8443 }, user);
    assert.deepEqual([asked[0]?.plan.host, asked[0]?.plan.port], ["balancer.example.com", 8443]);
  });

  test("is a proof for an origin of the account where nothing but it was verified, by all its names", async () => {
    const live: LiveSubject = { distribution: "E1", origin: "o1", version: "ETAG" };
    const liveIn = async (target: ProbeTarget, choices: readonly string[], seen = closed) => {
      const user = new VerifyUser();
      [user.choices, user.texts] = [[...choices, "Start"], ["other.example.com"]];
      const { told } = await verified(target, user, () => seen, live);
      return told.map(({ settings }) => settings.live?.origin);
    };
    assert.deepEqual(await liveIn(origin, []), ["o1"]);
    assert.deepEqual(await liveIn(origin, ["Change the name"]), [undefined]);
    assert.deepEqual(await liveIn(origin, ["Change the server"]), [undefined]);
    const names = Array.from({ length: 9 }, (_, index) => `a${index}.example.com`);
    const many = { ...origin, names, isOwnNameSaid: false };
    assert.deepEqual(new Set(await liveIn(many, [])), new Set([undefined]));
    // One that is open is enough to know.
    assert.deepEqual(new Set(await liveIn(many, [], open)), new Set(["o1"]));
  });

  test("sends values of headers only on request, and shows none", async () => {
    const target: ProbeTarget = {
      ...origin,
      headers: [
        { name: "X-Secret", value: "value-that-nobody-sees" },
        { name: "X-Unknown", value: undefined },
        { name: "Host", value: "never" },
      ],
    };
    const user = new VerifyUser();
    user.choices = ["Start"];
    assert.deepEqual((await verified(target, user)).asked[0]?.plan.request.headers, []);
    const other = new VerifyUser();
    other.choices = ["Send the custom headers", "Start"];
    assert.deepEqual((await verified(target, other)).asked[0]?.plan.request.headers, [
      ["X-Secret", "value-that-nobody-sees"],
    ]);
    assert.doesNotMatch(JSON.stringify([other.asked, other.shown, other.said, other.progressed]), /nobody-sees/);
    assert.match(other.shown[0]?.text ?? "", /X-Secret/);
  });

  test("checks the side door of an API without the key", async () => {
    const authority = createAuthority();
    const target: ProbeTarget = {
      ...anyEndpoint,
      hosts: ["api.example.com"],
      api: { region: "eu-west-1", partition: "aws" },
    };
    const user = new VerifyUser();
    user.choices = ["Try your client certificate", "Check the default endpoint", "Change the method", "HEAD", "Start"];
    user.files = [{ name: "both.pem", text: `${authority.client.certificate}${authority.client.key}` }];
    user.texts = ["a1b2c3d4e5", "/prod"];
    const { asked } = await verified(target, user);
    assert.deepEqual(
      asked.map(({ plan, credentials }) => [plan.role, plan.host, plan.request.path, Object.keys(credentials)]),
      [
        ["endpoint", "api.example.com", "/prod", ["given"]],
        ["side-door", "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "/prod", []],
      ],
    );
  });
});

describe("a certificate and its key", () => {
  const authority = createAuthority();
  const file = (name: string, text: string) => ({ name, text });
  const cert = file("client.pem", authority.client.certificate);

  test("are taken from two files, after it was said what becomes of the key", async () => {
    const user = new VerifyUser();
    user.choices = ["Try your client certificate", "Try unfit certificates", "Start"];
    user.files = [
      cert,
      file("client.key", authority.client.key),
      file("ca.pem", authority.issuer.certificate),
      file("ca.key", authority.issuer.key),
    ];
    const { asked } = await verified(origin, user);
    assert.deepEqual(Object.keys(asked[0]?.credentials ?? {}), ["given", "issuer"]);
    assert.match(
      user.asked[0]?.items[1]?.detail ?? "",
      /not stored, not sent, and used in handshakes with origin\.example\.com:443 alone/,
    );
    assert.deepEqual(user.dialogs, [
      "Client Certificate, with Its Chain (PEM)",
      "Private Key of “client.pem” (PEM)",
      "CA That the Server Trusts (PEM)",
      "Private Key of “ca.pem” (PEM)",
    ]);
    assert.ok(user.labels().includes("$(check) Your client certificate: client.pem"));
    assert.doesNotMatch(JSON.stringify([user.asked, user.shown, user.said]), /PRIVATE KEY/);
  });

  test("are said to be wrong before anything is connected to", async () => {
    for (const [files, wrong] of [
      [[cert, file("other.key", authority.otherClient.key)], /other\.key.*does not belong/],
      [
        [cert, file("some.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----")],
        /encrypted.*openssl pkey/,
      ],
      [[file("empty.pem", "")], /empty\.pem.*no certificate/],
      [[cert], undefined],
      [[], undefined],
    ] as const) {
      const user = new VerifyUser();
      user.choices = ["Try your client certificate"];
      user.files = [...files];
      const { asked } = await verified(origin, user);
      assert.deepEqual(asked, []);
      if (wrong === undefined) assert.deepEqual(user.said, []);
      else assert.match(user.said[0]?.message ?? "", wrong);
      assert.ok(user.labels().includes("$(key) Try your client certificate and key, too…"));
    }
  });

  test("can be put away again", async () => {
    const user = new VerifyUser();
    user.choices = ["Try your client certificate", "Your client certificate", "Start"];
    user.files = [cert, file("client.key", authority.client.key)];
    assert.deepEqual((await verified(origin, user)).asked[0]?.credentials, {});
  });
});

describe("what can be verified", () => {
  const config = distributionConfig([customOrigin("o1", customConfig(mtls)), s3Origin("files")], {
    Aliases: counted(["www.example.com"]),
    ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_1" } },
  });

  test("is each origin and the viewers of a distribution, domain names and listeners", () => {
    assert.deepEqual(
      candidatesIn(readText(JSON.stringify(config))).map(({ key, label, description }) => [key, label, description]),
      [
        ["origin 0 0", "o1", "o1.example.com"],
        ["origin 0 1", "files", "files.s3.us-east-1.amazonaws.com"],
        ["viewers 0", "Viewers", "viewer mTLS"],
      ],
    );
    const payload = {
      api: { domainName: "api.example.com", mutualTlsAuthentication: { truststoreUri: "s3://stores/a.pem" } },
      lb: {
        ListenerArn:
          "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2",
        Protocol: "HTTPS",
        Port: 8443,
      },
    };
    assert.deepEqual(
      candidatesIn(readText(JSON.stringify(payload))).map(({ key, label }) => [key, label]),
      [
        ["domain-names 0", "api.example.com"],
        ["listeners 0", "shop"],
      ],
    );
    assert.deepEqual(candidatesIn(undefined), []);
  });

  test("of the account names its distribution and its version", () => {
    const found = configOf(readText(JSON.stringify(config))) ?? assert.fail("no config");
    const live = { id: "E1", version: "ETAG", domainName: "d1.cloudfront.net" };
    assert.deepEqual(
      candidatesOf(found, 0, live).map((one) => [one.label, one.live]),
      [
        ["o1", { distribution: "E1", version: "ETAG", origin: "o1" }],
        ["files", { distribution: "E1", version: "ETAG", origin: "files" }],
        ["Viewers of E1", { distribution: "E1", version: "ETAG" }],
      ],
    );
  });
});
