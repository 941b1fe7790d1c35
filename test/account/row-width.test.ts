// Whether what matters of a row is seen in a side bar as the editor opens it: 300 pixels, whatever it is called.
import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { certificatesRow } from "../../src/account/kinds/certificates.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import type { Row } from "../../src/account/row.ts";
import { fitted, room, widthWith } from "../../src/account/row-width.ts";
import { account as accountId, certificates, region } from "../sandbox/world.ts";
import { until } from "../until.ts";
import { oneOfEach } from "./changes.ts";
import { shareAws } from "./sandbox.ts";
import { openRows } from "./window.ts";

/** Why it is not usable, and until when; those that were never issued have no end. */
const ofCertificate =
  /^(\d+ \w+ left|expired \d+ \w+ ago|not valid yet|(not issued yet|request failed|validation timed out)|(revoked|no clientAuth|wrong Region|(RSA|ECDSA) \S+|not imported|not accepted) · (\d+ (min|h|d|mo|yr)|expired))$/;

/** By the kind of a row, what it says first where it has a state. */
const states: Readonly<Record<string, RegExp>> = {
  certificate: ofCertificate,
  distribution: /^mTLS (fails( · expired)?|on|off|not possible|fails on \d+ of \d+)$|^mTLS: (\d+ \w+ left)$/,
  origin: /^mTLS (fails( · expired)?|on|off|not possible)$|^mTLS: (\d+ \w+ left)$/,
  "client-certificate": new RegExp(`${ofCertificate.source}|^(not in ACM|not checked)$`),
  "viewer-certificate": /^(\d+ \w+ left|expired \d+ \w+ ago|not checked)$/,
  user: /^mTLS (fails( · expired)?|on|off|not possible)$|^mTLS: (\d+ \w+ left)$|^viewer certificate$/,
  group: /^\d+$/,
  certificates: /^\d+$/,
  distributions: /^\d+$/,
  changes: /^\d+$/,
  change:
    /^(under way|left by a window|failed|partly kept|changed since|deleted since|result not seen|undone|\d+ of \d+ steps|\d\d:\d\d( [AP]M)?|[A-Z][a-z]{2} \d+(, \d{4})?)$/,
};

describe("every row of the view", () => {
  shareAws();

  it("says its state and its expiry first, where they are seen", async () => {
    const { account, tree, outlook } = openRows({ changes: oneOfEach });
    await tree.children();
    assert.equal(await account.whole(certificatesRow(region)), undefined);
    assert.equal(await account.whole(distributionsRow), undefined);
    const used = [...(account.current()?.distributions.values() ?? [])].flatMap(({ origins }) =>
      origins.flatMap(({ clientCertificate }) => clientCertificate ?? []),
    );
    await until("the client certificates", () =>
      used.every(
        (arn) =>
          !arn.includes(accountId) ||
          account.current()?.absent.has(arn) === true ||
          account.current()?.certificates.get(arn)?.details !== undefined,
      ),
    );
    const met = new Set<string>();
    const check = async (row: Row, level: number): Promise<void> => {
      const drawn = tree.item(row) ?? assert.fail();
      const lead = outlook.registry.kindOf(row)?.item(row, outlook)?.lead ?? "";
      met.add(row.kind);
      const expected = states[row.kind];
      if (expected !== undefined) {
        assert.match(lead, expected, `${row.kind} ${drawn.label}`);
        assert.ok(drawn.description.startsWith(lead), `${drawn.description}: ${lead}`);
        if (row.kind === "distribution" && drawn.description.includes(" left"))
          assert.match(lead, / left$/, `the time that is left of ${drawn.label} may not be seen`);
        assert.ok(
          widthWith(drawn.label, lead, drawn.description) <= room(level),
          `${drawn.label} ${lead} at level ${level}`,
        );
        assert.ok(widthWith("mm…", lead, drawn.description) <= room(level), `nothing is left of a name beside ${lead}`);
      }
      if (drawn.opens !== "leaf") for (const child of await tree.children(row)) await check(child, level + 1);
    };
    for (const root of await tree.children()) await check(root, 1);
    assert.deepEqual(
      Object.keys(states).filter((kind) => !met.has(kind)),
      [],
    );
    assert.ok(tree.item({ kind: "certificate", arn: certificates.orders } as Row)?.description.includes("left"));
  });
});

test("a name is cut where it would push the state out, never the state, and is said in full at the end", () => {
  const row = {
    label: "orders.clients.internal.example.com",
    description: "12 days left · in use",
    lead: "12 days left",
  };
  const { label, description } = fitted(row, 3);
  assert.match(label, /^orders\.clie\S*…$/);
  assert.equal(description, "12 days left · in use · orders.clients.internal.example.com");
  assert.ok(widthWith(label, row.lead, description) <= room(3));
  assert.deepEqual(fitted({ ...row, label: "orders" }, 3), { label: "orders", description: row.description });
  for (const name of ["😀".repeat(300), "W".repeat(5000), "", "…", "名前".repeat(40)]) {
    const narrow = fitted({ ...row, label: name }, 4);
    assert.ok(widthWith(narrow.label, row.lead, narrow.description) <= room(4));
    assert.ok(!/[\ud800-\udbff]…$/.test(narrow.label), "no half of a character");
  }
});

test("what has no state is left as it is", () => {
  const row = { label: "x".repeat(200), description: "", lead: "" };
  assert.deepEqual(fitted(row, 1), { label: row.label, description: "" });
});
