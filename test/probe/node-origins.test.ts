import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAuthority } from "./authority.ts";
import { credentialsOf, originStates, startOrigin } from "./node-origins.ts";
import { probed, seenIn, tryOf, verdictOf } from "./probing.ts";

const authority = createAuthority();
const states = originStates(authority);

describe("an origin of Node", { concurrency: true }, () => {
  for (const state of states)
    test(state.name, async () => {
      const origin = await startOrigin(state);
      try {
        for (const which of ["with", "without"] as const) {
          const facts = await probed(origin, credentialsOf(authority, which), authority.roots);
          assert.equal(verdictOf(facts), state.verdicts[which], seenIn(facts));
        }
      } finally {
        await origin.close();
      }
    });
});

function stateOf(name: string): (typeof states)[number] {
  const state = states.find((one) => one.name === name);
  assert.ok(state !== undefined, name);
  return state;
}

describe("of a server that requires a certificate", { concurrency: true }, () => {
  const required = stateOf("required, both versions");

  test("it is seen what it is, and whom it asks for", async () => {
    const origin = await startOrigin(required);
    try {
      const [seen] = (await probed(origin, {}, authority.roots)).addresses;
      const { der, subject } = authority.clientCa.certificate;
      assert.deepEqual(seen?.authorities?.map(hex), [hex(der.subarray(subject.slice.start, subject.slice.end))]);
      assert.equal(seen?.server?.trust, "public");
      assert.equal(seen?.server?.isForName, true);
    } finally {
      await origin.close();
    }
  });

  test("its name and its issuer are judged", async () => {
    const ofState = async (name: string) => {
      const origin = await startOrigin(stateOf(name));
      try {
        const server = (await probed(origin, {}, authority.roots)).addresses[0]?.server;
        return [server?.trust, server?.trustError, server?.isForName];
      } finally {
        await origin.close();
      }
    };
    // Such a handshake never comes to its end without a certificate.
    assert.deepEqual(await ofState("required, TLS 1.2"), ["public", undefined, true]);
    assert.deepEqual(await ofState("with a certificate for another name"), ["public", undefined, false]);
    assert.deepEqual(await ofState("with a certificate that it signed itself"), [
      "none",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      true,
    ]);
  });

  test("certificates of the CA that it trusts are tried that it has to refuse", async () => {
    const origin = await startOrigin(required);
    try {
      const { client: given, issuer } = authority;
      const facts = await probed(origin, { given, issuer }, authority.roots);
      assert.deepEqual(
        facts.addresses[0]?.rounds.map(({ tries }) => tries.map(({ credential, end }) => [credential, alertOf(end)])),
        // It is Node that looks at them, once OpenSSL is done, and does not say why it hangs up.
        [
          [
            ["none", 40],
            ["stranger", "closed"],
            ["given", "answer"],
            ["expired", "closed"],
            ["server-auth", "closed"],
          ],
          [
            ["none", 116],
            ["stranger", "closed"],
            ["given", "answer"],
            ["expired", "closed"],
            ["server-auth", "closed"],
          ],
        ],
        seenIn(facts),
      );
    } finally {
      await origin.close();
    }
  });

  for (const [kind, given] of [
    ["RSA", authority.rsaClient],
    ["a chain", authority.deepClient],
  ] as const)
    test(`a client certificate with ${kind} is let in`, async () => {
      const origin = await startOrigin(required);
      try {
        const facts = await probed(origin, { given }, authority.roots);
        assert.deepEqual(tryOf(facts, "given").end, { kind: "answer", status: 200 }, seenIn(facts));
      } finally {
        await origin.close();
      }
    });

  test("unfit ones of the user are refused", async () => {
    const origin = await startOrigin(required);
    try {
      for (const given of [authority.expiredClient, authority.serverAuthClient, authority.otherClient]) {
        const facts = await probed(origin, { given }, authority.roots);
        assert.notEqual(tryOf(facts, "given").end.kind, "answer", seenIn(facts));
        assert.equal(verdictOf(facts), "enforced-tls");
      }
    } finally {
      await origin.close();
    }
  });

  test("it is found by IPv6 too", async (t) => {
    const origin = await startOrigin(required, "::1").catch(() => undefined);
    if (origin === undefined) return t.skip("there is no IPv6 here");
    try {
      const facts = await probed({ ...origin, host: "::1" }, {}, authority.roots);
      assert.deepEqual([facts.addresses[0]?.address, verdictOf(facts)], ["::1", "enforced-tls"], seenIn(facts));
    } finally {
      await origin.close();
    }
  });
});

function alertOf(end: ReturnType<typeof tryOf>["end"]): number | string {
  return end.kind === "alert" ? end.alert : end.kind;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
