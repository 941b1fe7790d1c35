import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { distributionMeant } from "../../src/account/distribution-meant.ts";
import type { BehaviorRow } from "../../src/account/kinds/behavior.ts";
import { certificateRow } from "../../src/account/kinds/certificate.ts";
import { certificatesRow } from "../../src/account/kinds/certificates.ts";
import { changeRow } from "../../src/account/kinds/change.ts";
import { changesRow } from "../../src/account/kinds/changes.ts";
import { connectingRow } from "../../src/account/kinds/connection.ts";
import { distributionRow } from "../../src/account/kinds/distribution.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import { failureRow } from "../../src/account/kinds/failure.ts";
import { groupRow } from "../../src/account/kinds/group.ts";
import { moreRow } from "../../src/account/kinds/more.ts";
import { originRow } from "../../src/account/kinds/origin.ts";
import { placeholderRow } from "../../src/account/kinds/placeholder.ts";
import type { UserRow } from "../../src/account/kinds/user.ts";
import { kinds } from "../../src/account/kinds.ts";
import type { Row } from "../../src/account/row.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/a";
/** One of each kind. */
const rows = {
  certificates: certificatesRow("us-east-1"),
  distributions: distributionsRow,
  group: groupRow("us-east-1", "fit"),
  certificate: certificateRow(arn),
  distribution: distributionRow("E1"),
  origin: originRow("E1", "o1"),
  behavior: { kind: "behavior", distribution: "E1", origin: "o1", index: 0 },
  "client-certificate": { kind: "client-certificate", distribution: "E1", origin: "o1", arn },
  "viewer-certificate": { kind: "viewer-certificate", distribution: "E1", arn },
  user: { kind: "user", arn, distribution: "E1", origin: "o1" },
  "other-user": { kind: "other-user", arn, user: "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/x" },
  placeholder: placeholderRow(distributionsRow),
  failure: failureRow(distributionsRow),
  more: moreRow(groupRow("us-east-1", "fit")),
  connection: connectingRow("dev"),
  changes: changesRow,
  change: changeRow("111122223333/distribution/E1/1"),
} as const;

describe("the kinds of rows", () => {
  test("know their own rows, and no others", () => {
    assert.deepEqual(kinds.kinds.map(({ kind }) => kind).toSorted(), Object.keys(rows).toSorted());
    for (const [kind, row] of Object.entries(rows))
      assert.deepEqual(
        kinds.kinds.filter(({ is }) => is(row)).map((one) => one.kind),
        [kind],
      );
  });

  test("tell each row from all others", () => {
    const viewers: UserRow = { ...rows.user, origin: undefined };
    const next: BehaviorRow = { ...rows.behavior, index: 1 };
    const more: readonly Row[] = [
      ...Object.values(rows),
      failureRow(undefined),
      placeholderRow(certificatesRow("us-east-1")),
      groupRow("us-east-1", "unfit"),
      groupRow("eu-west-1", "fit"),
      viewers,
      next,
    ];
    assert.equal(new Set(more.map(kinds.keyOf)).size, more.length);
    assert.equal(kinds.keyOf(rows.more), "more in group us-east-1 fit");
  });

  test("take no argument for a row that is none of theirs", () => {
    for (const none of [
      undefined,
      null,
      "distribution",
      {},
      { kind: 1 },
      { kind: "distribution" },
      { kind: "distribution", id: 1 },
      { kind: "group", region: "us-east-1", group: "best" },
      { kind: "behavior", distribution: "E1", origin: "o1", index: "0" },
      { kind: "user", arn, distribution: "E1", origin: 1 },
      { kind: "more" },
      { kind: "failure", in: "distributions" },
      { kind: "change", key: 1 },
      { kind: "toString" },
    ])
      assert.equal(kinds.kindOf(none), undefined, JSON.stringify(none));
  });

  test("mean themselves or what they lead to; what only stands in the tree means nothing", () => {
    const meant = Object.entries(rows).map(([kind, row]) => [kind, kinds.kindOf(row)?.meant?.(row)]);
    assert.deepEqual(Object.fromEntries(meant), {
      certificates: rows.certificates,
      distributions: rows.distributions,
      group: undefined,
      certificate: rows.certificate,
      distribution: rows.distribution,
      origin: rows.origin,
      behavior: rows.behavior,
      "client-certificate": rows.certificate,
      "viewer-certificate": rows.certificate,
      user: rows.origin,
      "other-user": undefined,
      placeholder: undefined,
      connection: undefined,
      changes: undefined,
      change: undefined,
      failure: undefined,
      more: undefined,
    });
  });

  test("a command on distributions is for one, or for an origin of it", () => {
    const meant = Object.entries(rows).flatMap(([kind, row]) => {
      const found = distributionMeant(row);
      return found === undefined ? [] : [`${kind}: ${found.id} ${found.origin}`];
    });
    assert.deepEqual(meant, ["distribution: E1 undefined", "origin: E1 o1", "behavior: E1 o1"]);
    assert.equal(distributionMeant({ kind: "distribution" }), undefined);
  });
});
