// Every row that has an expiry, of every certificate that is not usable: both are seen in a side bar of 300 pixels.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { certificateRow } from "../../src/account/kinds/certificate.ts";
import { distributionRow } from "../../src/account/kinds/distribution.ts";
import { originRow } from "../../src/account/kinds/origin.ts";
import { kinds } from "../../src/account/kinds.ts";
import { ResourcesModel } from "../../src/account/model.ts";
import type { Row } from "../../src/account/row.ts";
import { fitted, room, widthWith } from "../../src/account/row-width.ts";
import type { AcmCertificate, Inventory } from "../../src/core/inventory.ts";
import { knownAccount } from "./known-account.ts";

const now = new Date("2026-11-21T12:00:00Z");
const account = "123456789012";
const arn = `arn:aws:acm:us-east-1:${account}:certificate/11111111-2222-4333-8444-555555555555`;
const name = "www.orders.clients.internal.example.com";

const good: AcmCertificate = {
  ...{ arn, region: "us-east-1", domainName: name, alternativeNames: [], status: "ISSUED", type: "IMPORTED" },
  ...{ keyAlgorithm: "RSA_2048", extendedKeyUsages: ["TLS_WEB_CLIENT_AUTHENTICATION"], inUse: true },
  ...{ notBefore: new Date("2026-01-01"), notAfter: undefined, managedBy: undefined, details: undefined },
};
const unmet = (code: "acm:unreadable-certificate" | "acm:unreadable-chain" | "client:no-purposes") => ({
  details: {
    ...{ unmet: [{ code }], inUseBy: [] },
    ...{ subject: undefined, issuer: undefined, serial: undefined, failureReason: undefined },
  },
});
const others: Readonly<Record<string, Partial<AcmCertificate>>> = {
  "no clientAuth": { extendedKeyUsages: ["TLS_WEB_SERVER_AUTHENTICATION"] },
  "wrong Region": { region: "ap-southeast-3" },
  "not imported": { type: "PRIVATE" },
  "ECDSA P-521": { keyAlgorithm: "EC_secp521r1" },
  "RSA 4096": { keyAlgorithm: "RSA_4096" },
  revoked: { status: "REVOKED" },
  inactive: { status: "INACTIVE" },
  "request failed": { status: "FAILED" },
  "not accepted": unmet("client:no-purposes"),
  unreadable: unmet("acm:unreadable-certificate"),
  "chain not read": unmet("acm:unreadable-chain"),
};

const minute = 60_000;
const day = 24 * 60 * minute;
/** The longest ones of each unit, with what is seen of them behind a reason. */
const ends: readonly (readonly [lead: string, at: number])[] = [
  ["<1 min", minute / 2],
  ["59 min", 59.5 * minute],
  ["23 h", 23.5 * 60 * minute],
  ["1 d", 1.5 * day],
  ["59 d", 59.5 * day],
  ["23 mo", 700 * day],
  ["99 yr", 36_300 * day],
  ["never", Date.parse("9999-12-31T23:59:59Z") - now.getTime()],
  ["expired", -minute / 2],
  ["expired", -59.5 * minute],
  ["expired", -59.5 * day],
  ["expired", -700 * day],
];

/** What can be seen of an end that stands alone or behind `mTLS:`. */
const end = /(<?\d+ \w+ left|does not expire|expired( <?\d+ \w+ ago)?)$/;

function rowsOf(certificate: AcmCertificate) {
  const inventory: Inventory = {
    ...{ takenAt: now, account, partition: "aws", absent: new Set() },
    certificates: new Map([[arn, certificate]]),
    distributions: new Map([
      [
        "E1",
        {
          ...{ id: "E1", arn: `arn:aws:cloudfront::${account}:distribution/E1`, domainName: "d1.cloudfront.net" },
          ...{ aliases: [name], comment: name, enabled: true, staging: false, status: "Deployed", etag: "E" },
          ...{ lastModified: now, connectionMode: "direct", httpVersion: "http2", viewerMtls: undefined },
          viewerCertificate: arn,
          origins: [
            {
              ...{ id: name, domainName: "orders.example.com", kind: "custom", protocolPolicy: "https-only" },
              clientCertificate: arn,
            },
          ],
          originGroups: [],
          behaviors: [],
        },
      ],
    ]),
  };
  const model = new ResourcesModel(
    () => inventory,
    () => ({ now, warningDays: 30, filter: [], sorts: new Map() }),
  );
  const outlook = {
    ...{ account: knownAccount({ current: () => inventory }), model, registry: kinds },
    ...{
      regions: () => ["us-east-1"],
      extent: () => ({ shown: 0, of: 0 }),
      canUndo: () => false,
      proof: () => undefined,
      underWay: () => undefined,
      changes: () => [],
    },
  };
  const level = (row: Row): number => {
    const parent = kinds.kindOf(row)?.parent?.(row, outlook);
    return parent === undefined ? 1 : 1 + level(parent);
  };
  const rows: readonly Row[] = [
    certificateRow(arn),
    distributionRow("E1"),
    originRow("E1", name),
    { kind: "client-certificate", distribution: "E1", origin: name, arn } as Row,
    { kind: "viewer-certificate", distribution: "E1", arn } as Row,
    { kind: "user", arn, distribution: "E1", origin: name } as Row,
  ];
  return rows.map((row) => {
    const item = kinds.kindOf(row)?.item(row, outlook) ?? assert.fail(row.kind);
    return { kind: row.kind, level: level(row), lead: item.lead, drawn: { ...item, ...fitted(item, level(row)) } };
  });
}

function assertSeen({ kind, level, lead, drawn }: ReturnType<typeof rowsOf>[number]): void {
  const { label, description } = drawn;
  assert.ok(description.startsWith(lead), `${kind}: ${description} does not begin with ${lead}`);
  assert.ok(widthWith(label, lead, description) <= room(level), `${kind}: ${lead} is cut behind ${label}`);
  assert.ok(widthWith("mm…", lead, description) <= room(level), `${kind}: nothing of a name is seen beside ${lead}`);
}

describe("a certificate that is not usable", () => {
  for (const [reason, fault] of Object.entries(others))
    test(`shows ${reason}, and until when, in every row about it`, () => {
      for (const [lead, at] of ends) {
        const isOver = at < 0 && !["REVOKED", "INACTIVE", "FAILED"].includes(fault.status ?? "");
        for (const row of rowsOf({ ...good, ...fault, notAfter: new Date(now.getTime() + at) })) {
          assertSeen(row);
          if (row.kind === "viewer-certificate" || row.lead.startsWith("mTLS:")) assert.match(row.lead, end);
          if (row.kind !== "certificate" && row.kind !== "client-certificate") continue;
          // One that expires soon, and may be usable, says when alone.
          if (isOver || row.drawn.spoken.includes("expiring soon")) assert.match(row.lead, end);
          else if (reason !== "wrong Region" || row.kind === "client-certificate")
            assert.equal(row.lead, `${reason} · ${lead}`);
        }
      }
    });

  test("that has expired shows it wherever mTLS fails for it", () => {
    const shown = rowsOf({ ...good, notAfter: new Date(now.getTime() - 700 * day) });
    shown.forEach(assertSeen);
    assert.deepEqual(
      shown.map(({ kind, lead }) => `${kind}: ${lead}`),
      [
        "certificate: expired 23 months ago",
        "distribution: mTLS fails · expired",
        "origin: mTLS fails · expired",
        "client-certificate: expired 23 months ago",
        "viewer-certificate: expired 23 months ago",
        "user: mTLS fails · expired",
      ],
    );
  });

  test("that ACM calls expired is never said to have time left", () => {
    for (const notAfter of [undefined, new Date(now.getTime() + day)])
      for (const { kind, lead } of rowsOf({ ...good, status: "EXPIRED", notAfter }))
        if (kind !== "viewer-certificate") assert.match(lead, /expired$/, kind);
  });
});

test("a usable certificate shows until when in every row about it", () => {
  for (const [lead, at] of ends.filter(([, at]) => at > 0))
    for (const row of rowsOf({ ...good, notAfter: new Date(now.getTime() + at) })) {
      assertSeen(row);
      if (row.lead !== "mTLS on") assert.match(row.lead, end, lead);
    }
});
