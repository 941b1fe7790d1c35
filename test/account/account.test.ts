import * as assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account } from "../../src/account/account.ts";
import { certificateChoices, judgeCertificate } from "../../src/account/certificate-choices.ts";
import { certificatesRow } from "../../src/account/kinds/certificates.ts";
import { distributionsRow } from "../../src/account/kinds/distributions.ts";
import { kinds } from "../../src/account/kinds.ts";
import type { AccountChange } from "../../src/account/known-account.ts";
import { emptyListing } from "../../src/account/listing.ts";
import { configOf } from "../../src/core/facts.ts";
import { isFailure } from "../../src/core/failure.ts";
import { context, onFault, readText } from "../core/checking.ts";
import { profiles } from "../sandbox/client.ts";
import {
  absentCertificate,
  account as accountId,
  certificates,
  distributions,
  otherAccount,
  otherAccountDistribution,
  region,
} from "../sandbox/world.ts";
import { until } from "../until.ts";
import { useAws } from "./sandbox.ts";
import { openAccount, aws as openAws } from "./window.ts";

const ofRegion = certificatesRow(region);
const ofDistributions = distributionsRow;

describe("the account", () => {
  const aws = useAws();

  const operations = async () => (await aws.sandbox.requests()).map(({ operation }) => operation);
  const count = async (operation: string) => (await operations()).filter((one) => one === operation).length;
  const whole = async (account: Account): Promise<void> => {
    assert.equal(await account.whole(ofRegion), undefined);
    assert.equal(await account.whole(ofDistributions), undefined);
  };

  it("is empty until something is loaded, and knows whose it is then", async () => {
    const { account } = openAccount();
    assert.equal(account.current(), undefined);
    assert.deepEqual(account.certificates(region), emptyListing);
    await whole(account);
    const inventory = account.current();
    assert.equal(inventory?.account, accountId);
    assert.equal(inventory?.partition, "aws");
    assert.ok(inventory?.certificates.has(certificates.orders));
    assert.ok(inventory?.distributions.has(distributions.orders));
    assert.deepEqual([account.certificates(region).state, account.distributions().state], ["complete", "complete"]);
  });

  it("gives the same inventory until something else is known", async () => {
    const { account } = openAccount();
    await account.whole(ofRegion);
    const inventory = account.current();
    assert.equal(account.current(), inventory);
    await account.details(certificates.spare);
    assert.notEqual(account.current(), inventory);
    assert.equal(account.current(), account.current());
  });

  it("looks closely at the certificates that origins present, and at no others unasked", async () => {
    const { account } = openAccount();
    await whole(account);
    await until("details of what is used", () =>
      [certificates.orders, certificates.expired, certificates.serverOnly, certificates.expiring].every(
        (arn) => account.current()?.certificates.get(arn)?.details !== undefined,
      ),
    );
    await until("what is not there", () => account.current()?.absent.has(absentCertificate));
    assert.equal(account.current()?.certificates.get(certificates.spare)?.details, undefined);
    const described = (await aws.sandbox.requests()).filter(({ operation }) => operation === "DescribeCertificate");
    // Of the other account's certificate nobody here may know anything.
    assert.ok(described.length < 12, `${described.length} were described`);
    assert.deepEqual(account.current()?.certificates.get(certificates.orders)?.details?.unmet, []);
    assert.notDeepEqual(account.current()?.certificates.get(certificates.serverOnly)?.details?.unmet, []);
  });

  it("tells what became known, not more often than is worth drawing", async () => {
    const { account } = openAccount();
    const told: { readonly at: number; readonly change: AccountChange }[] = [];
    account.onDidLearn((change) => told.push({ at: Date.now(), change }));
    await whole(account);
    const hasDetails = ({ change }: { change: AccountChange }) => change.details.has(certificates.serverOnly);
    await until("details", () => told.some(hasDetails));
    await until("quiet", () => Date.now() - (told.at(-1)?.at ?? Date.now()) > 300);
    assert.equal(told[0]?.change.everything, true);
    assert.ok(told.some(({ change }) => change.lists.has(kinds.keyOf(ofRegion))));
    assert.ok(told.some(({ change }) => change.lists.has(kinds.keyOf(ofDistributions))));
    for (const [index, { at }] of told.entries())
      if (index > 1) assert.ok(at - (told[index - 1]?.at ?? 0) >= 100, "two came too close");
  });

  it("has many, page by page: the first are there before the last", async () => {
    await aws.reset("large");
    const { account } = openAccount();
    await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "ListDistributions", after: 1 });
    assert.equal(await account.begin(ofDistributions), undefined);
    const first = account.distributions().items.length;
    assert.ok(first > 0 && first < 500, `${first} after the first page`);
    assert.deepEqual([account.distributions().state, account.isLoading], ["loading", true]);
    await aws.sandbox.clearFaults();
    assert.equal(await account.whole(ofDistributions), undefined);
    assert.equal(account.distributions().items.length, 500);
    assert.equal(await account.whole(ofRegion), undefined);
    assert.equal(account.certificates(region).items.length, 2_500);
    assert.equal(account.isLoading, false);
  });

  it("stops when told to, keeps what is there, and goes on from there", async () => {
    await aws.reset("large");
    const { account } = openAccount();
    await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "ListDistributions", after: 2 });
    await account.begin(ofDistributions);
    await until("the second page", () => account.distributions().items.length === 200);
    account.cancel();
    assert.deepEqual(
      [account.distributions().state, account.distributions().failure, account.isLoading],
      ["stopped", undefined, false],
    );
    await aws.sandbox.clearFaults();
    await account.whole(ofDistributions);
    assert.deepEqual([account.distributions().state, account.distributions().items.length], ["complete", 500]);
    assert.equal(new Set(account.distributions().items.map(({ id }) => id)).size, 500);
  });

  it("keeps what came before a failure in the middle, and goes on from there", async () => {
    await aws.reset("large");
    const { account } = openAccount();
    await aws.sandbox.fault({ kind: "deny", operation: "ListDistributions", after: 1 });
    const failure = await account.whole(ofDistributions);
    assert.deepEqual(
      [failure?.failure, failure?.action, account.distributions().items.length],
      ["denied", "cloudfront:ListDistributions", 100],
    );
    assert.equal(account.distributions().failure, failure);
    assert.equal(account.session.state.kind, "connected");
    await aws.sandbox.clearFaults();
    assert.equal(await account.whole(ofDistributions), undefined);
    assert.equal(account.distributions().items.length, 500);
  });

  it("keeps what it has where the sign-in ends, and has it anew after the next", async () => {
    const { account, session } = openAccount();
    await whole(account);
    await aws.sandbox.fault({ kind: "expired-token", operation: "ListDistributions", times: 1 });
    await account.reload(ofDistributions);
    assert.equal(session.state.kind, "failed");
    assert.ok(account.current()?.distributions.has(distributions.orders));
    assert.equal(account.distributions().failure?.failure, "expired");
    await account.refresh();
    assert.equal(session.state.kind, "connected");
    assert.equal(account.distributions().items.length, 0);
    assert.equal(await account.begin(ofDistributions), undefined);
    assert.ok(account.current()?.distributions.has(distributions.orders));
  });

  it("shows nothing of one account under the name of another, however late it comes", async () => {
    const { account, session } = openAccount({ profile: profiles.sandbox });
    await session.connect();
    for (const operation of ["ListDistributions", "ListCertificates", "DescribeCertificate"])
      await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation, times: 1 });
    const old = [account.begin(ofDistributions), account.begin(ofRegion), account.details(certificates.spare)];
    await until("the requests", async () => (await aws.sandbox.held()).length === 3);
    const foreign: string[] = [];
    account.onDidChange(() => {
      const inventory = account.current();
      if (inventory?.account === otherAccount)
        foreign.push(
          ...[...inventory.certificates.keys()].filter((arn) => !arn.includes(otherAccount)),
          ...[...inventory.distributions.keys()].filter((id) => id !== otherAccountDistribution),
        );
    });
    await session.use(profiles.other);
    assert.equal(account.current(), undefined);
    await whole(account);
    await aws.sandbox.clearFaults();
    for (const late of await Promise.all(old))
      assert.equal(late !== undefined && isFailure(late) ? late.failure : "an answer", "cancelled");
    await until(
      "the old answers",
      async () => (await aws.sandbox.requests()).filter(({ faults }) => faults.length > 0).length === 3,
    );
    // Whatever came of them is told by then.
    const told = new Promise<void>((resolve) => account.onDidChange(resolve));
    await account.refresh();
    await told;
    assert.deepEqual(foreign, []);
    assert.deepEqual([...(account.current()?.distributions.keys() ?? [])], [otherAccountDistribution]);
    assert.deepEqual([...(account.current()?.certificates.keys() ?? [])], [certificates.otherAccount]);
  });

  it("asks for a certificate that no list has, and remembers what is not there", async () => {
    const { account } = openAccount();
    const nameless = await account.details(certificates.nameless);
    assert.ok(!isFailure(nameless));
    assert.ok(account.current()?.certificates.has(certificates.nameless));
    await account.details(certificates.nameless);
    assert.equal(await count("DescribeCertificate"), 1);
    const absent = await account.details(absentCertificate);
    assert.ok(isFailure(absent));
    assert.equal(absent.failure, "not-found");
    account.wanted([absentCertificate, certificates.spare]);
    await until(
      "what is wanted next",
      () => account.current()?.certificates.get(certificates.spare)?.details !== undefined,
    );
    assert.equal(await count("DescribeCertificate"), 3);
  });

  it("says of a certificate that may not be read why it was not checked", async () => {
    await aws.sandbox.fault({ kind: "deny", operation: "GetCertificate" });
    const { account } = openAccount();
    await account.whole(ofRegion);
    account.wanted([certificates.spare]);
    await until("the failure", () => account.detailsFailure(certificates.spare)?.action === "acm:GetCertificate");
    assert.equal(account.current()?.certificates.get(certificates.spare)?.details, undefined);
  });

  it("looks at one distribution anew without listing all", async () => {
    const { account } = openAccount();
    await account.whole(ofDistributions);
    const before = account.current()?.distributions.get(distributions.single);
    await aws.sandbox.changeDistribution(distributions.single, {
      find: "<Enabled>true</Enabled>",
      replace: "<Enabled>false</Enabled>",
    });
    await aws.sandbox.clearRequests();
    const fresh = await account.refreshDistribution(distributions.single);
    assert.ok(!isFailure(fresh));
    assert.notEqual(fresh.etag, before?.etag);
    // Read another way, it says the same of all that did not change.
    const { etag, status, lastModified } = fresh;
    assert.deepEqual({ ...fresh, enabled: true }, { ...before, etag, status, lastModified });
    assert.equal(fresh.enabled, false);
    assert.equal(account.current()?.distributions.get(distributions.single), fresh);
    // Certificates may still be looked at in the background.
    assert.deepEqual((await operations()).filter((operation) => operation.includes("Distribution")).toSorted(), [
      "GetDistribution",
      "GetDistributionConfig",
    ]);
  });

  it("loads everything anew that was loaded", async () => {
    const { account } = openAccount();
    await whole(account);
    await until("what is not there", () => account.current()?.absent.has(absentCertificate));
    await until("the details", () => account.current()?.certificates.get(certificates.orders)?.details);
    await aws.sandbox.clearRequests();
    await aws.sandbox.changeDistribution(distributions.single, {
      find: "<Enabled>true</Enabled>",
      replace: "<Enabled>false</Enabled>",
    });
    await account.refresh();
    assert.equal(account.current()?.distributions.get(distributions.single)?.enabled, false);
    assert.deepEqual([(await count("ListCertificates")) > 0, (await count("ListDistributions")) > 0], [true, true]);
    // Details of what did not change are still true.
    assert.notEqual(account.current()?.certificates.get(certificates.orders)?.details, undefined);
  });

  describe("what a refresh finds gone", () => {
    /** What is offered, as a picker and a preview have it. */
    const fitness = (account: Account, arn: string) => {
      const inventory = account.current();
      const facts = readText(
        JSON.stringify({
          Origins: {
            Quantity: 1,
            Items: [
              {
                Id: "o1",
                DomainName: "o.example.com",
                CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
              },
            ],
          },
        }),
      );
      const distribution = configOf(facts)?.distribution ?? assert.fail();
      const judging = { distribution, context: { ...context, ...(inventory && { inventory }) }, onFault };
      return {
        isOffered: certificateChoices(judging, new Date()).some(({ offers }) =>
          offers.some(({ certificate }) => certificate === arn),
        ),
        errors: judgeCertificate(arn, judging)
          .filter(({ severity }) => severity === "error")
          .map(({ rule: { id } }) => id),
      };
    };
    const looked = async (arn: string): Promise<Account> => {
      const { account } = openAccount();
      await whole(account);
      assert.ok(!isFailure(await account.details(arn)));
      assert.deepEqual(fitness(account, arn), { isOffered: true, errors: [] });
      return account;
    };

    it("is a certificate whose details were known: nothing offers it, and nothing lets it pass", async () => {
      const account = await looked(certificates.spare);
      await aws.sandbox.changeCertificate(certificates.spare);
      await account.refresh();
      assert.equal(account.current()?.certificates.has(certificates.spare), false);
      assert.deepEqual(fitness(account, certificates.spare), {
        isOffered: false,
        errors: ["origin/client-certificate-absent"],
      });
    });

    it("is the same where only its list is refreshed, and its origins say so", async () => {
      const account = await looked(certificates.orders);
      const told = new Set<string>();
      account.onDidLearn(({ details }) => {
        for (const arn of details) told.add(arn);
      });
      await aws.sandbox.changeCertificate(certificates.orders);
      await account.reload(ofRegion);
      assert.deepEqual(fitness(account, certificates.orders).isOffered, false);
      await until("it is told", () => told.has(certificates.orders));
    });

    it("is a certificate that no list ever had, as soon as ACM says so", async () => {
      const { account } = openAccount();
      await whole(account);
      assert.ok(!isFailure(await account.details(certificates.tokyo)));
      assert.ok(fitness(account, certificates.tokyo).isOffered);
      await aws.sandbox.changeCertificate(certificates.tokyo);
      await account.refresh();
      // It is under way already: nobody has to ask.
      await until("the answer", () => account.current()?.absent.has(certificates.tokyo));
      assert.equal(fitness(account, certificates.tokyo).isOffered, false);
    });

    it("is asked for once, where it is a certificate that its list hides", async () => {
      const real = openAws.certificates;
      const { account } = openAccount({
        aws: {
          ...openAws,
          certificates: async () => {
            const calls = await real();
            return {
              ...calls,
              listCertificates: async (...args) => {
                const page = await calls.listCertificates(...args);
                return isFailure(page)
                  ? page
                  : { ...page, items: page.items.filter(({ arn }) => arn !== certificates.spare) };
              },
            };
          },
        },
      });
      await whole(account);
      assert.ok(!isFailure(await account.details(certificates.spare)));
      await aws.sandbox.clearRequests();
      await account.refresh();
      // What is under way, and what would come after it.
      for (let time = 0; time < 2; time++) assert.ok(!isFailure(await account.details(certificates.spare)));
      const asked = (await aws.sandbox.requests()).filter(
        ({ operation, parameters }) =>
          operation === "DescribeCertificate" && parameters["CertificateArn"] === certificates.spare,
      );
      assert.equal(asked.length, 1);
    });

    it("is the one that ACM denies when it is asked for it alone: no list keeps it", async () => {
      const account = await looked(certificates.spare);
      await aws.sandbox.changeCertificate(certificates.spare);
      const answer = await account.refreshCertificate(certificates.spare);
      assert.equal(isFailure(answer) && answer.failure, "not-found");
      assert.equal(account.current()?.certificates.has(certificates.spare), false);
      assert.equal(
        account.certificates(region).items.some(({ arn }) => arn === certificates.spare),
        false,
      );
    });

    it("is nothing where the list did not come to its end, and nothing of other regions", async () => {
      await aws.reset("large");
      const { account } = openAccount();
      await whole(account);
      const arn = account.certificates(region).items.at(-1)?.arn ?? assert.fail();
      assert.ok(!isFailure(await account.details(arn)));
      await aws.sandbox.changeCertificate(arn);
      await aws.sandbox.fault({ kind: "deny", operation: "ListCertificates", after: 1 });
      await account.refresh();
      assert.equal(account.certificates(region).failure?.failure, "denied");
      assert.ok(account.current()?.certificates.get(arn)?.details);
      assert.equal(account.current()?.absent.has(arn), false);
      await aws.sandbox.clearFaults();
      await account.reload(certificatesRow("eu-west-1"));
      assert.ok(account.current()?.certificates.has(arn));
      await account.refresh();
      assert.equal(account.current()?.certificates.has(arn), false);
    });

    it("is a distribution, with all that it used", async () => {
      let gone: string | undefined;
      const real = openAws.distributions;
      const { account } = openAccount({
        aws: {
          ...openAws,
          distributions: async () => {
            const calls = await real();
            return {
              ...calls,
              listDistributions: async (...args) => {
                const page = await calls.listDistributions(...args);
                return isFailure(page) ? page : { ...page, items: page.items.filter(({ id }) => id !== gone) };
              },
            };
          },
        },
      });
      await whole(account);
      assert.ok(account.current()?.distributions.has(distributions.orders));
      gone = distributions.orders;
      await account.refresh();
      assert.equal(account.current()?.distributions.has(distributions.orders), false);
    });

    it("is not what could not be asked for: what was known of it stays", async () => {
      const { account } = openAccount();
      await whole(account);
      assert.ok(!isFailure(await account.details(certificates.tokyo)));
      await aws.sandbox.fault({ kind: "deny", operation: "DescribeCertificate" });
      await account.refresh();
      const answer = await account.refreshCertificate(certificates.tokyo);
      assert.equal(isFailure(answer) && answer.failure, "denied");
      assert.ok(account.current()?.certificates.get(certificates.tokyo)?.details);
      assert.equal(account.detailsFailure(certificates.tokyo)?.failure, "denied");
    });
  });

  it("says when AWS asks to slow down", async () => {
    const { account } = openAccount();
    await account.session.connect();
    await aws.sandbox.fault({ kind: "throttle", operation: "ListDistributions", times: 1 });
    // Until the view was told of it.
    await aws.sandbox.fault({ kind: "slow", ms: 600_000, operation: "ListDistributions", after: 1 });
    const slowed = new Promise<void>((resolve) => {
      account.onDidChange(() => {
        if (account.isSlowedDown) resolve();
      });
    });
    const loading = account.whole(ofDistributions);
    await slowed;
    await aws.sandbox.clearFaults();
    assert.equal(await loading, undefined);
    assert.equal(account.isSlowedDown, false);
  });
});
