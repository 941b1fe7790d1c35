// The rows of the view, without an editor that draws them: what they say, where they stand, and when they are drawn
// anew.
import * as assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Account } from "../../src/account/account.ts";
import type { Item, Outlook } from "../../src/account/kind.ts";
import { certificate as certificateKind } from "../../src/account/kinds/certificate.ts";
import { certificatesRow } from "../../src/account/kinds/certificates.ts";
import { distribution as distributionKind } from "../../src/account/kinds/distribution.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import { failure as failureKind } from "../../src/account/kinds/failure.ts";
import { origin as originKind } from "../../src/account/kinds/origin.ts";
import { kinds } from "../../src/account/kinds.ts";
import { timeText } from "../../src/account/list-words.ts";
import type { Row } from "../../src/account/row.ts";
import { aboveRows, badgeOf } from "../../src/account/status-words.ts";
import type { ResourcesTree } from "../../src/account/tree.ts";
import type { Verdict } from "../../src/core/probe/verdicts.ts";
import { type Aws, startAws } from "../sandbox/aws.ts";
import { profiles } from "../sandbox/client.ts";
import { absentCertificate, account as accountId, certificates, distributions, region } from "../sandbox/world.ts";
import { until } from "../until.ts";
import { closeSessions, openRows } from "./window.ts";

/** What is seen of a row. */
interface Seen {
  readonly row: Row;
  readonly label: string;
  readonly description: string;
  readonly context: string;
  readonly icon: string;
  readonly item: Item;
}

interface Bench {
  readonly account: Account;
  readonly tree: ResourcesTree;
  readonly outlook: Outlook;
  /** Rows that were drawn anew; `undefined`: all. */
  readonly drawn: (Row | undefined)[];
  below(row?: Row): Promise<Seen[]>;
}

function openView(proof?: Outlook["proof"]): Bench {
  const { account, tree, outlook } = openRows({
    undos: new Set([distributions.single]),
    ...(proof === undefined ? {} : { proof }),
  });
  const drawn: (Row | undefined)[] = [];
  tree.onDidChange((rows) => drawn.push(...(rows ?? [undefined])));
  const seen = (row: Row): Seen => {
    const item = tree.item(row);
    assert.ok(item, `nothing stands for ${JSON.stringify(row)}`);
    const { label, description, context, icon } = item;
    return { row, item, label, description, context, icon: icon?.id ?? "" };
  };
  return { account, tree, outlook, drawn, below: async (row) => (await tree.children(row)).map(seen) };
}

/** All of it is there, what is looked at closely included. */
async function loaded({ account, below }: Bench): Promise<void> {
  await below();
  await account.whole(certificatesRow(region));
  await account.whole(distributionsRow);
  await until("details of what is used", () =>
    [certificates.orders, certificates.expired, certificates.serverOnly, certificates.expiring].every(
      (arn) => account.current()?.certificates.get(arn)?.details !== undefined,
    ),
  );
  await until("what is not there", () => account.current()?.absent.has(absentCertificate));
}

describe("the rows of the view", () => {
  let aws: Aws;
  before(async () => {
    aws = await startAws();
  });
  after(() => aws.close());

  const byId = async (bench: Bench, id: string): Promise<Seen> => {
    const rows = await bench.below(distributionsRow);
    const found = rows.find(({ row }) => distributionKind.is(row) && row.id === id);
    assert.ok(found, `no ${id}`);
    return found;
  };
  const certificate = async (bench: Bench, arn: string): Promise<Seen> => {
    for (const group of await bench.below(certificatesRow(region))) {
      const found = (await bench.below(group.row)).find(({ row }) => certificateKind.is(row) && row.arn === arn);
      if (found !== undefined) return found;
    }
    return assert.fail(`no ${arn}`);
  };
  const originsOf = async (bench: Bench, id: string): Promise<Seen[]> =>
    (await bench.below((await byId(bench, id)).row)).filter(({ row }) => originKind.is(row));

  describe("of an account that is loaded", () => {
    let bench: Bench;
    before(async () => {
      await aws.reset();
      bench = openView();
      await loaded(bench);
    });
    beforeEach(() => {
      bench.drawn.length = 0;
    });
    after(closeSessions);

    it("has a list of certificates and one of distributions, each with its number", async () => {
      const roots = await bench.below();
      assert.deepEqual(
        roots.map(({ label, context }) => [label, context]),
        [
          ["Certificates in us-east-1", "certificates"],
          ["Distributions", "distributions"],
        ],
      );
      for (const { description } of roots) assert.match(description, /^\d+$/);
      assert.equal(roots[1]?.description, String(Object.keys(distributions).length));
    });

    it("groups certificates by what they are worth to an origin, and says it in words", async () => {
      const groups = await bench.below(certificatesRow(region));
      assert.deepEqual(
        groups.map(({ label }) => label),
        ["Usable for origin mTLS", "Expiring soon", "Might not be usable", "Not usable for origin mTLS"],
      );
      for (const group of groups) assert.equal(group.description, String((await bench.below(group.row)).length));
      const described = async (arn: string) => {
        const { description, item } = await certificate(bench, arn);
        return `${description} | ${item.spoken}`;
      };
      assert.match(
        await described(certificates.orders),
        /^\d+ \w+ left · used by \d+ origins? · .+ \| Certificate .+, usable for origin mTLS, \d+ \w+ left/,
      );
      assert.match(await described(certificates.spare), /not fully checked · .* \| .*, usable for origin mTLS/);
      assert.match(await described(certificates.expiring), /^1\d days left · used by 1 origin · .+ \| .*expiring soon/);
      assert.match(
        await described(certificates.expired),
        /^expired \d days ago · used by 1 origin · .+ \| .*not usable for origin mTLS/,
      );
      assert.match(await described(certificates.pending), /^not issued yet/);
      assert.match(await described(certificates.serverOnly), /^no clientAuth · \d+ \w+ left · /);
      assert.match(await described(certificates.p384), /^ECDSA P-384 · \d+ \w+ left · /);
      assert.match(await described(certificates.rsa4096), /^RSA 4096 · \d+ \w+ left · /);
      assert.match(await described(certificates.private), /^not imported · \d+ \w+ left · /);
      assert.match(await described(certificates.revoked), /^revoked · \d+ \w+ left · /);
      assert.match(await described(certificates.failed), /^request failed/);
    });

    it("says how it stands with each distribution", async () => {
      const described = async (id: string) => {
        const { description, icon } = await byId(bench, id);
        return `${icon}: ${description}`;
      };
      assert.match(
        await described(distributions.orders),
        /^shield: mTLS: \d+ months left · 1 of 2 origins · E1ORDERS000001/,
      );
      assert.match(await described(distributions.expired), /^error: mTLS fails · expired \d days ago/);
      assert.match(await described(distributions.missing), /^error: mTLS fails · certificate not in ACM/);
      assert.match(await described(distributions.expiring), /^warning: mTLS: 1\d days left/);
      assert.match(await described(distributions.single), /^globe: mTLS off · E1SINGLE000008$/);
      assert.match(await described(distributions.bucket), /^globe: mTLS not possible/);
      assert.match(await described(distributions.disabled), /^circle-slash: mTLS off · disabled/);
      assert.match(await described(distributions.inProgress), /deploying/);
      assert.match(await described(distributions.viewerRequired), /viewer mTLS required/);
      assert.match(await described(distributions.viewerOptional), /viewer mTLS optional/);
      assert.match(await described(distributions.staging), /staging/);
      assert.match(await described(distributions.tenants), /tenants only/);
      assert.match(await described(distributions.otherAccount), /^shield: mTLS on/);
    });

    it("says whose a distribution is that a template manages", async () => {
      const described = async (id: string) => (await byId(bench, id)).description;
      await until("the tags", async () => (await described(distributions.terraform)).includes("Terraform"));
      assert.match(await described(distributions.stack), /^mTLS off · CloudFormation · /);
      assert.match(await described(distributions.terraform), /^mTLS off · Terraform · /);
      assert.doesNotMatch(await described(distributions.single), /Terraform|CloudFormation/);
      const facts = Object.fromEntries(bench.tree.explain((await byId(bench, distributions.stack)).row)?.facts ?? []);
      assert.match(facts["Managed by"] ?? "", /^CloudFormation, by the tag aws:cloudformation:/);
    });

    it("says of each origin whether it has mTLS, and why not", async () => {
      const states = async (id: string) =>
        (await originsOf(bench, id)).map(({ description, context }) => `${context}: ${description}`);
      assert.match((await states(distributions.orders)).join("\n"), /^origin\.on: mTLS: \d+ months left · [\w.-]+/m);
      assert.match((await states(distributions.orders)).join("\n"), /^origin\.cannot: mTLS not possible · S3 bucket/m);
      assert.match(
        (await states(distributions.expired)).join("\n"),
        /^origin\.on\.broken: mTLS fails · expired \d days ago/,
      );
      assert.match(
        (await states(distributions.missing)).join("\n"),
        /^origin\.on\.broken: mTLS fails · certificate not in ACM/,
      );
      assert.match((await states(distributions.unfit)).join("\n"), /^origin\.on\.broken: mTLS fails · no clientAuth/);
      assert.match(
        (await states(distributions.wrongRegion)).join("\n"),
        /^origin\.on(\.broken: mTLS fails · wrong Region|\.unverified)/,
      );
      assert.match((await states(distributions.expiring)).join("\n"), /^origin\.on: mTLS: 1\d days left/);
      assert.match(
        (await states(distributions.otherAccount)).join("\n"),
        /^origin\.on\.unverified: mTLS on · certificate not checked/,
      );
      assert.match((await states(distributions.single)).join("\n"), /^origin\.off: mTLS off/);
      for (const id of [distributions.bucket, distributions.website, distributions.vpc, distributions.executeApi])
        assert.match((await states(id)).join("\n"), /^origin\.cannot: mTLS not possible · /);
      assert.equal((await originsOf(bench, distributions.hundred)).length, 100);
    });

    it("offers to change, to turn off and to undo only where there is something to", async () => {
      const context = async (id: string) => (await byId(bench, id)).context;
      assert.deepEqual(
        await Promise.all(
          [distributions.orders, distributions.single, distributions.bucket, distributions.expired].map(context),
        ),
        ["distribution.on", "distribution.off.undo", "distribution.cannot", "distribution.on"],
      );
    });

    it("says what was proved of an origin, and that the rest is only configured", async () => {
      let verdict: Verdict = "enforced-tls";
      const asked = new Set<string>();
      const proved = openView(({ distribution, version }) => {
        asked.add(`${distribution} ${version}`);
        const at = Date.parse("2026-12-01T00:00:00Z");
        const where = { role: "origin", host: "h.example", port: 443, name: "h.example" } as const;
        return { ...where, verdict, at, addresses: [], keys: [], settings: "" };
      });
      await loaded(proved);
      const rowsOf = async (id: string) =>
        (await originsOf(proved, id)).map(({ icon, description }) => `${icon}: ${description}`);
      const mark = "enforced in TLS, verified 2026-12-01";
      assert.match(
        (await rowsOf(distributions.orders)).join("\n"),
        new RegExp(`^shield: mTLS: .* left · ${mark} · `, "m"),
      );
      assert.ok([...asked].some((one) => one.startsWith(`${distributions.orders} `) && !one.endsWith(" undefined")));
      // CloudFront drops the requests to such an origin.
      assert.match(
        (await rowsOf(distributions.single)).join("\n"),
        /^warning: mTLS off, but required · enforced in TLS/,
      );
      const ofViewers = async (id: string) => {
        const { row } = await byId(proved, id);
        assert.ok(distributionKind.is(row));
        return JSON.stringify(distributionKind.explain?.(row, proved.outlook)?.text);
      };
      assert.match(
        await ofViewers(distributions.viewerRequired),
        /On 2026-12-01, “h\.example” was verified: mutual TLS is enforced \(enforced in TLS\)/,
      );
      assert.doesNotMatch(await ofViewers(distributions.orders), /was verified/);
      verdict = "does-not-ask";
      assert.match(
        (await rowsOf(distributions.orders)).join("\n"),
        /^warning: mTLS not enforced · does not ask, verified/m,
      );
      assert.match((await rowsOf(distributions.single)).join("\n"), /^circle-large-outline: mTLS off/);
      const explained = async (from: Bench): Promise<string> => {
        const on = (await originsOf(from, distributions.orders)).find(({ context }) => context === "origin.on");
        assert.ok(on !== undefined && originKind.is(on.row));
        return JSON.stringify(originKind.explain?.(on.row, from.outlook)?.text);
      };
      assert.match(
        await explained(proved),
        /On 2026-12-01, “h\.example” was verified: mutual TLS is not enforced \(does not ask\)/,
      );
      assert.match(await explained(bench), /This is how it is configured\. .* run Verify Origin\./);
    });

    it("has the certificate and the behaviors below an origin, and warns of those that do not go with mTLS", async () => {
      const [origin] = (await originsOf(bench, distributions.orders)).filter(({ context }) => context === "origin.on");
      assert.ok(origin);
      const rows = await bench.below(origin.row);
      assert.equal(rows[0]?.context, "link.certificate");
      assert.match(rows[0]?.description ?? "", /^\d+ months left · client certificate/);
      const behaviors = (
        await Promise.all((await originsOf(bench, distributions.orders)).map(({ row }) => bench.below(row)))
      )
        .flat()
        .filter(({ context }) => context === "behavior");
      assert.equal(behaviors.filter(({ label }) => label === "Default (*)").length, 1);
      const edge = (
        await Promise.all((await originsOf(bench, distributions.edge)).map(({ row }) => bench.below(row)))
      ).flat();
      const against = edge.filter(({ icon }) => icon === "warning").map(({ description }) => description);
      assert.ok(
        against.some((text) => text.includes("gRPC")),
        against.join("; "),
      );
      assert.ok(
        against.some((text) => /Lambda@Edge on origin-(request|response)/.test(text)),
        against.join("; "),
      );
      for (const text of against) assert.match(text, /^(breaks|rules out) origin mTLS/);
    });

    it("knows the way up from every row to a root", async () => {
      const check = async (row: Row | undefined, depth: number): Promise<number> => {
        let count = 0;
        for (const child of await bench.below(row)) {
          assert.equal(bench.tree.parent(child.row), row);
          count += 1;
          if (child.item.opens !== "leaf") {
            assert.ok(depth < 6);
            count += await check(child.row, depth + 1);
          }
        }
        return count;
      };
      assert.ok((await check(undefined, 0)) > 200);
    });

    it("looks closely at a certificate that somebody points at", async () => {
      const row = await certificate(bench, certificates.p384);
      assert.equal(bench.account.current()?.certificates.get(certificates.p384)?.details, undefined);
      bench.tree.explain(row.row);
      await until("details", () => bench.account.current()?.certificates.get(certificates.p384)?.details !== undefined);
      await until("the row is drawn anew", () => bench.drawn.some((drawn) => drawn === row.row));
    });
  });

  describe("of an account that is being loaded", () => {
    beforeEach(() => aws.reset());
    afterEach(closeSessions);

    it("has one placeholder where there is nothing", async () => {
      await aws.reset("empty");
      const bench = openView();
      await bench.below();
      const [none] = await bench.below(certificatesRow(region));
      assert.deepEqual([none?.description, none?.context], ["No certificates in us-east-1", "placeholder"]);
      assert.deepEqual(
        (await bench.below(distributionsRow)).map(({ description }) => description),
        ["No distributions in this account"],
      );
      assert.equal(badgeOf(bench.outlook).value, 0);
    });

    it("keeps the rows before a failure in the middle, and the failure behind them goes on where it stopped", async () => {
      await aws.reset("large");
      const bench = openView();
      await aws.sandbox.fault({ kind: "error", operation: "ListDistributions", after: 2 });
      await bench.below();
      await bench.account.whole(distributionsRow);
      const rows = await bench.below(distributionsRow);
      assert.equal(rows.length, 201);
      const failure = rows.at(-1);
      assert.ok(failureKind.is(failure?.row));
      assert.match((await bench.below())[1]?.description ?? "", /^200, then failed: /);
      await aws.sandbox.clearFaults();
      await failureKind.refresh?.(failure?.row ?? distributionsRow, bench.outlook);
      assert.equal((await bench.below(distributionsRow)).length, 500);
    });

    describe("where a refresh is refused", () => {
      const sameRows = (rows: readonly Seen[]) =>
        rows.filter(({ row }) => !failureKind.is(row)).map(({ row }) => kinds.keyOf(row));

      for (const [fault, why] of [
        ["deny", "Not authorized: cloudfront:ListDistributions"],
        ["offline", "AWS cannot be reached"],
      ] as const)
        it(`keeps the rows, and says since when they are old and why: ${fault}`, async () => {
          const bench = openView();
          await loaded(bench);
          const before = sameRows(await bench.below(distributionsRow));
          const { asOf } = bench.account.listing(distributionsRow);
          await aws.sandbox.fault(
            fault === "deny"
              ? { kind: "deny", operation: "ListDistributions" }
              : { kind: "drop", operation: "ListDistributions" },
          );
          await bench.account.refresh();
          const rows = await bench.below(distributionsRow);
          assert.deepEqual(sameRows(rows), before);
          assert.equal(bench.account.listing(distributionsRow).asOf, asOf);
          assert.ok(failureKind.is(rows[0]?.row), "it is the first that one sees");
          const list = (await bench.below())[1];
          const time = timeText(asOf ?? assert.fail(), new Date());
          assert.equal(list?.description, `as of ${time} · ${before.length} · not refreshed: ${why}`);
          assert.equal(list?.icon, "warning");
          assert.match(bench.tree.explain(distributionsRow)?.text.join(" ") ?? "", /could not be refreshed\. It shows/);
          assert.match(aboveRows(bench.account, "", bench.outlook) ?? "", new RegExp(`Some rows are as of ${time}`));
          await aws.sandbox.clearFaults();
          await bench.account.refresh();
          assert.equal((await bench.below())[1]?.description, String(before.length));
          assert.equal(aboveRows(bench.account, "", bench.outlook), undefined);
        });

      it("keeps them while the sign-in fails again and again, and has them anew once it works", async () => {
        const bench = openView();
        await loaded(bench);
        const before = sameRows(await bench.below(distributionsRow));
        await aws.sandbox.fault({ kind: "expired-token" });
        for (const attempt of ["the first", "the second"]) {
          await bench.account.refresh();
          assert.equal(bench.account.failure?.failure, "expired", attempt);
          const below = await bench.below(distributionsRow);
          assert.deepEqual(sameRows(below), before, attempt);
          assert.equal(below.length, before.length, "the failure is said once, above all");
          const [failure, ...lists] = await bench.below();
          assert.ok(failureKind.is(failure?.row), attempt);
          for (const { description, icon } of lists) {
            assert.match(description, /^as of .* not refreshed: Sign-in expired/);
            assert.equal(icon, "warning");
          }
          assert.match(aboveRows(bench.account, "", bench.outlook) ?? "", /The rows are as of .+\.$/);
        }
        await aws.sandbox.clearFaults();
        await bench.account.refresh();
        await bench.below();
        await bench.account.whole(distributionsRow);
        assert.deepEqual(sameRows(await bench.below(distributionsRow)).toSorted(), before.toSorted());
        assert.equal((await bench.below())[1]?.description, String(before.length));
      });

      it("shows none of them to another profile, whose sign-in fails as well", async () => {
        const bench = openView();
        await loaded(bench);
        await bench.account.session.use(profiles.forbidden);
        await bench.account.session.connect();
        assert.equal(bench.account.identity, undefined);
        assert.deepEqual(
          (await bench.below()).map(({ row }) => row.kind),
          ["failure"],
        );
      });
    });

    it("offers the rest where loading was stopped", async () => {
      await aws.reset("large");
      const bench = openView();
      await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "ListDistributions", after: 1 });
      await bench.below();
      await bench.below(distributionsRow);
      bench.account.cancel();
      const rows = await bench.below(distributionsRow);
      const more = rows.at(-1);
      assert.deepEqual([rows.length, more?.row.kind, more?.label], [101, "more", "Load More"]);
      await aws.sandbox.clearFaults();
      assert.equal(bench.tree.showMore(distributionsRow), false);
      await bench.account.whole(distributionsRow);
      assert.equal((await bench.below(distributionsRow)).length, 500);
    });

    it("tells an editor that asks once for its rows, as it does, when there is more", async () => {
      const bench = openView();
      let rows = (await bench.below()).map(({ row }) => row);
      const said = new Map<Row, unknown>();
      await until("both are told", async () => {
        for (const row of bench.drawn.splice(0)) {
          if (row === undefined) rows = (await bench.below()).map((seen) => seen.row);
          else said.set(row, bench.tree.item(row)?.description);
        }
        return rows.length === 2 && rows.every((row) => /^\d+$/.test(String(said.get(row))));
      });
    });

    it("draws anew no more than what changed", async () => {
      const bench = openView();
      await loaded(bench);
      const { row } = await certificate(bench, certificates.p384);
      // What was opened on the way here is looked at closely, and so is what an origin presents.
      const origins = [...(bench.account.current()?.distributions.values() ?? [])].flatMap(
        (distribution) => distribution.origins,
      );
      const looked = new Set(origins.map(({ clientCertificate }) => clientCertificate));
      for (const { row: group, label } of await bench.below(certificatesRow(region))) {
        if (!label.startsWith("Not usable"))
          for (const { row: child } of await bench.below(group)) if (certificateKind.is(child)) looked.add(child.arn);
      }
      const known = (arn: string | undefined) =>
        arn === undefined ||
        bench.account.current()?.certificates.get(arn)?.details !== undefined ||
        bench.account.current()?.absent.has(arn) ||
        bench.account.detailsFailure(arn) !== undefined ||
        !arn.includes(accountId);
      await until("all details", () => [...looked].every(known), 15_000);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await certificate(bench, certificates.p384);
      bench.drawn.length = 0;
      await bench.account.details(certificates.p384);
      await until("it is drawn", () => bench.drawn.length > 0);
      assert.deepEqual(bench.drawn, [row]);
    });
  });
});
