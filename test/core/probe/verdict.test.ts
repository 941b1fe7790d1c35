import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Asked, End, ProbeFacts, Try } from "../../../src/core/probe/facts.ts";
import { judgeProbe } from "../../../src/core/probe/verdict.ts";
import { isEnforced, type Verdict } from "../../../src/core/probe/verdicts.ts";
import { address, alert, answer, closed, type Ends, facts, plan, silent, tries } from "./seen.ts";

const ok = answer(200);
const nginx: End = { kind: "answer", status: 400, says: "no-certificate" };
const nginxOther: End = { kind: "answer", status: 400, says: "certificate-error" };

const table: readonly (readonly [about: string, asked: Asked, ends: Ends, verdict: Verdict, why: string])[] = [
  // Nobody is asked.
  ["an ordinary server", "no", { none: ok }, "does-not-ask", "not-asked"],
  ["an ordinary server that answers an error", "no", { none: answer(403) }, "does-not-ask", "not-asked"],
  ["a server that asks by renegotiation", "late", { none: closed("request") }, "asks-late", "asked-late"],
  ["a handshake that cannot be read", "unseen", { none: ok }, "cannot-tell", "unreadable"],
  // Refused in TLS.
  ["OpenSSL", "yes", { none: alert(116), stranger: alert(48) }, "enforced-tls", "refused-in-tls"],
  ["TLS 1.2", "yes", { none: alert(40), stranger: alert(42), given: ok }, "enforced-tls", "refused-in-tls"],
  ["Node", "yes", { none: alert(40), stranger: closed("handshake") }, "enforced-tls", "refused-in-tls"],
  ["Node with TLS 1.3", "yes", { none: alert(116), stranger: closed("accept") }, "enforced-tls", "refused-in-tls"],
  [
    "a server that closes on who comes without ours",
    "yes",
    { none: closed("accept"), stranger: closed("accept"), given: ok },
    "enforced-tls",
    "refused-in-tls",
  ],
  [
    "a server that closes, and nothing to compare",
    "yes",
    { none: closed("accept"), stranger: closed("handshake") },
    "cannot-tell",
    "closed-alone",
  ],
  [
    "a server that refuses ours too",
    "yes",
    { none: alert(116), stranger: alert(48), given: alert(48) },
    "enforced-tls",
    "refused-in-tls",
  ],
  ["a server with a fault", "yes", { none: alert(80), stranger: alert(80) }, "cannot-tell", "unclear-alert"],
  [
    "Java, which calls it a fault",
    "yes",
    { none: alert(80), stranger: alert(80), given: ok },
    "enforced-tls",
    "refused-in-tls",
  ],
  [
    "a server that closes on all",
    "yes",
    { none: closed("accept"), stranger: closed("accept"), given: closed("accept") },
    "cannot-tell",
    "closed-for-all",
  ],
  // Let in.
  ["optional", "yes", { none: ok, stranger: alert(48) }, "asks-only", "nobody-needs-one"],
  ["optional without a CA", "yes", { none: ok, stranger: ok, given: ok }, "asks-only", "nobody-needs-one"],
  ["any certificate", "yes", { none: alert(116), stranger: ok }, "asks-only", "any-will-do"],
  ["any certificate, by HTTP", "yes", { none: answer(403), stranger: ok, given: ok }, "asks-only", "any-will-do"],
  [
    "the same page for all",
    "yes",
    { none: answer(404), stranger: answer(404), given: answer(404) },
    "asks-only",
    "nobody-needs-one",
  ],
  [
    "a server without HEAD",
    "yes",
    { none: answer(405), stranger: answer(405), given: answer(405) },
    "cannot-tell",
    "same-refusal",
  ],
  ["a limit of requests", "yes", { none: answer(429), stranger: answer(403), given: ok }, "cannot-tell", "too-many"],
  [
    "the same redirection for all",
    "yes",
    { none: answer(301), stranger: answer(301), given: answer(301) },
    "asks-only",
    "nobody-needs-one",
  ],
  ["let in, and ours not", "yes", { none: ok, stranger: ok, given: answer(403) }, "asks-only", "nobody-needs-one"],
  // Refused by HTTP.
  ["nginx, in its words", "yes", { none: nginx, stranger: nginxOther }, "enforced-http", "refused-by-http"],
  [
    "nginx, compared",
    "yes",
    { none: answer(400), stranger: answer(400), given: ok },
    "enforced-http",
    "refused-by-http",
  ],
  [
    "a program that answers 403",
    "yes",
    { none: answer(403), stranger: answer(401), given: answer(204) },
    "enforced-http",
    "refused-by-http",
  ],
  [
    "403, and 404 for ours",
    "yes",
    { none: answer(403), stranger: answer(403), given: answer(404) },
    "enforced-http",
    "refused-by-http",
  ],
  [
    "a page to sign in",
    "yes",
    { none: answer(302), stranger: answer(302), given: ok },
    "enforced-http",
    "refused-by-http",
  ],
  [
    "closed after the request",
    "yes",
    { none: closed("request"), stranger: closed("request"), given: ok },
    "enforced-http",
    "refused-by-http",
  ],
  [
    "one in TLS, one by HTTP",
    "yes",
    { none: answer(403), stranger: alert(48), given: ok },
    "enforced-http",
    "refused-by-http",
  ],
  // Data alone say nothing.
  ["400 with nothing to compare", "yes", { none: answer(400), stranger: answer(400) }, "cannot-tell", "status-alone"],
  ["302 with nothing to compare", "yes", { none: answer(302), stranger: answer(302) }, "cannot-tell", "status-alone"],
  [
    "400 and ours refused in TLS",
    "yes",
    { none: answer(400), stranger: answer(400), given: alert(42) },
    "cannot-tell",
    "status-alone",
  ],
  [
    "the same refusal for all",
    "yes",
    { none: answer(403), stranger: answer(403), given: answer(403) },
    "cannot-tell",
    "same-refusal",
  ],
  [
    "an error of the server",
    "yes",
    { none: answer(502), stranger: answer(502), given: ok },
    "cannot-tell",
    "server-error",
  ],
  [
    "an error with ours",
    "yes",
    { none: answer(400), stranger: answer(400), given: answer(503) },
    "cannot-tell",
    "server-error",
  ],
  [
    "404 and 401 for ours",
    "yes",
    { none: answer(404), stranger: answer(404), given: answer(401) },
    "cannot-tell",
    "statuses",
  ],
  [
    "closed after the request, nothing to compare",
    "yes",
    { none: closed("request"), stranger: closed("request") },
    "cannot-tell",
    "closed-after-request",
  ],
  ["silence", "yes", { none: silent("request"), stranger: silent("request") }, "cannot-tell", "silent"],
  ["not HTTP", "yes", { none: { kind: "no-http" }, stranger: { kind: "no-http" } }, "cannot-tell", "no-http"],
  [
    "without end",
    "yes",
    { none: { kind: "endless", phase: "request" }, stranger: alert(48) },
    "cannot-tell",
    "endless",
  ],
  ["canceled", "yes", { none: alert(116), stranger: { kind: "canceled" } }, "cannot-tell", "canceled"],
];

describe("the verdict on a server", () => {
  for (const [about, asked, ends, verdict, why] of table)
    test(`${about}: ${verdict}`, () => {
      const report = judgeProbe(facts(address(tries(asked, ends))));
      assert.equal(report.verdict, verdict);
      assert.equal(report.why.code, `probe:${why}`);
      assert.deepEqual(report.addresses.length, 1);
    });

  test("is never that it is enforced where somebody got in, or nobody was asked", () => {
    const ends = [ok, answer(204), answer(302), answer(400), answer(403), answer(500), alert(48), alert(80)];
    const all = [...ends, closed("accept"), closed("request"), silent("handshake"), undefined];
    for (const asked of ["yes", "no", "late", "unseen"] as const)
      for (const none of all)
        for (const stranger of all)
          for (const given of all) {
            if (none === undefined) continue;
            const one: Ends = {
              none,
              ...(stranger === undefined ? {} : { stranger }),
              ...(given === undefined ? {} : { given }),
            };
            const { verdict } = judgeProbe(facts(address(tries(asked, one))));
            const isLetIn = [none, stranger].some((end) => end?.kind === "answer" && end.status < 300);
            if (asked !== "yes" || isLetIn) assert.notEqual(isEnforced(verdict), true, JSON.stringify([asked, one]));
          }
  });
});

describe("several versions", () => {
  const unseen = (end: End): readonly Try[] => [{ credential: "none", asked: "unseen", end }];
  const notSpoken = unseen(alert(70));
  const enforced = tries("yes", { none: alert(40), stranger: alert(48) });

  test("one that is not spoken does not count", () => {
    assert.equal(judgeProbe(facts(address(enforced, notSpoken))).verdict, "enforced-tls");
    assert.equal(judgeProbe(facts(address(notSpoken, enforced))).verdict, "enforced-tls");
  });

  test("one that was not seen, for whatever reason, leaves it open", () => {
    const ends: readonly (readonly [End, string])[] = [
      [silent("connect"), "versions-unseen"],
      [silent("handshake"), "versions-unseen"],
      [{ kind: "unreachable", code: "ECONNREFUSED" }, "versions-unseen"],
      [{ kind: "no-tls" }, "versions-unseen"],
      [{ kind: "endless", phase: "handshake" }, "versions-unseen"],
      [{ kind: "canceled" }, "canceled"],
    ];
    for (const [end, why] of ends)
      for (const rounds of [[enforced, unseen(end)] as const, [unseen(end), enforced] as const]) {
        const { verdict, why: said } = judgeProbe(facts(address(...rounds)));
        assert.deepEqual([verdict, said.code], ["cannot-tell", `probe:${why}`], end.kind);
      }
    const open = tries("no", { none: ok });
    assert.equal(judgeProbe(facts(address(open, unseen(silent("connect"))))).verdict, "does-not-ask");
  });

  test("one that is closed without a word does not count, as long as the server is there", () => {
    const seen = address(enforced, unseen(closed("handshake")));
    assert.equal(judgeProbe(facts(seen)).verdict, "enforced-tls");
    assert.equal(judgeProbe(facts({ ...seen, isLost: true })).verdict, "cannot-tell");
  });

  test("one connection without being asked is one too many", () => {
    const [none, stranger] = enforced;
    assert.ok(none !== undefined && stranger !== undefined);
    for (const other of tries("no", { stranger: answer(403), given: ok })) {
      const { verdict, why } = judgeProbe(facts(address([none, stranger, other])));
      assert.deepEqual([verdict, why.code], ["does-not-ask", "probe:asked-at-times"]);
    }
  });

  test("the worst of those that are spoken counts", () => {
    const open = tries("no", { none: ok }, "TLSv1.3");
    assert.equal(judgeProbe(facts(address(enforced, open))).verdict, "does-not-ask");
    const http = tries("yes", { none: answer(403), stranger: answer(403), given: ok }, "TLSv1.3");
    assert.equal(judgeProbe(facts(address(enforced, http))).verdict, "enforced-http");
  });

  test("late is late, but for a server that lets everybody in with TLS 1.3", () => {
    const late = tries("late", { none: closed("request") });
    assert.equal(judgeProbe(facts(address(late, tries("no", { none: answer(403) })))).verdict, "asks-late");
    assert.equal(judgeProbe(facts(address(late, tries("no", { none: ok })))).verdict, "does-not-ask");
  });

  test("none at all is unreachable, and why", () => {
    const ends: readonly (readonly [End, string])[] = [
      [alert(70), "no-version"],
      [alert(112), "ended-early"],
      [silent("connect"), "silent"],
      [silent("handshake"), "silent"],
      [closed("handshake"), "closed-early"],
      [{ kind: "no-tls" }, "no-tls"],
      [{ kind: "endless", phase: "handshake" }, "endless"],
      [{ kind: "unreachable", code: "ECONNREFUSED" }, "no-connection"],
      [{ kind: "gave-up", code: "ERR_X", phase: "handshake" }, "gave-up"],
    ];
    for (const [end, why] of ends) {
      const report = judgeProbe(facts(address([{ credential: "none", asked: "unseen", end }])));
      assert.equal(report.verdict, "unreachable", why);
      assert.equal(report.why.code, `probe:${why}`);
    }
  });
});

describe("several addresses", () => {
  const enforced = address(tries("yes", { none: alert(116), stranger: alert(48) }));
  const open = address(tries("no", { none: ok }));
  const dead = address([{ credential: "none", asked: "unseen", end: { kind: "unreachable", code: "ETIMEDOUT" } }]);
  const far = address([{ credential: "none", asked: "unseen", end: { kind: "unreachable", code: "ENETUNREACH" } }]);

  const verdictOf = (...all: readonly (typeof enforced)[]): Verdict => judgeProbe(facts(...all)).verdict;

  test("one open door is enough", () => {
    assert.equal(verdictOf(enforced, open), "does-not-ask");
    assert.equal(verdictOf(open, dead), "does-not-ask");
  });

  test("one that is out of reach leaves it open", () => {
    const report = judgeProbe(facts(enforced, dead));
    assert.equal(report.verdict, "cannot-tell");
    assert.equal(report.why.code, "probe:some-unreachable");
    assert.deepEqual(
      report.addresses.map(({ verdict }) => verdict),
      ["enforced-tls", "unreachable"],
    );
  });

  test("one that this computer has no way to does not count beside others", () => {
    assert.equal(verdictOf(enforced, far), "enforced-tls");
    assert.equal(verdictOf(far), "unreachable");
  });

  test("no address at all says why", () => {
    const canceled = judgeProbe({ ...facts(), lookup: "ECANCELED" });
    assert.deepEqual([canceled.verdict, canceled.why.code], ["cannot-tell", "probe:canceled"]);
    const report = judgeProbe({ ...facts(), lookup: "ENOTFOUND" });
    assert.equal(report.verdict, "unreachable");
    assert.deepEqual(report.why, { code: "probe:not-found", args: { host: "origin.example", code: "ENOTFOUND" } });
  });
});

describe("something in between", () => {
  test("is all that can be said where an installed CA vouches for the server", () => {
    const server = { chain: [], key: "", trust: "installed", isForName: true } as const;
    const open = { ...address(tries("no", { none: ok })), server };
    const report = judgeProbe(facts(open));
    assert.equal(report.verdict, "cannot-tell");
    assert.equal(report.why.code, "probe:in-between");
  });
});

describe("the default endpoint of an API", () => {
  const door = (status: number): ProbeFacts => ({
    ...facts(address(tries("no", { none: answer(status) }))),
    plan: { ...plan, role: "side-door" },
  });

  test("is open where it answers, and may be closed where it forbids", () => {
    assert.equal(judgeProbe(door(200)).verdict, "does-not-ask");
    assert.equal(judgeProbe(door(401)).verdict, "does-not-ask");
    assert.equal(judgeProbe(door(403)).why.code, "probe:side-door-status");
    assert.equal(judgeProbe(door(404)).verdict, "cannot-tell");
  });
});
