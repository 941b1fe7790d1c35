import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CertificateDetails } from "../../src/account/certificate-details.ts";
import { Pages } from "../../src/account/listing.ts";
import type { CertificateDescription } from "../../src/aws/certificates.ts";
import { type Failure, isFailure } from "../../src/core/failure.ts";
import type { AcmCertificate } from "../../src/core/inventory.ts";

const denied: Failure = { failure: "denied", message: "no" };

/** Pages of a service that answers when it is told to. */
function service(pages: readonly (readonly string[] | Failure)[]) {
  const asked: (string | undefined)[] = [];
  const waiting: (() => void)[] = [];
  let isHeld = false;
  let changes = 0;
  const gone: (readonly string[])[] = [];
  let answers = pages;
  const list = new Pages<string>({
    page: async (next, signal) => {
      asked.push(next);
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
      if (signal.aborted) return { failure: "cancelled", message: "" };
      const place = Number(next ?? 0);
      const page = answers[place];
      if (page === undefined) throw new Error("There is no such page");
      return isFailure(page)
        ? page
        : { items: page as readonly string[], next: place + 1 < answers.length ? String(place + 1) : undefined };
    },
    keyOf: (item) => item.slice(0, 1),
    kept: (item) => item,
    gone: (items) => void gone.push(items),
    changed: () => (changes += 1),
    fault: (error) => ({ failure: "unknown", message: String(error) }),
    most: 4,
  });
  return {
    list,
    asked,
    gone,
    changes: () => changes,
    become: (others: typeof pages) => (answers = others),
    hold: () => (isHeld = true),
    release: () => {
      isHeld = false;
      for (const resolve of waiting.splice(0)) resolve();
    },
    /** Until everything that can happen has. */
    settle: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

describe("a list that is loaded page by page", () => {
  test("is there with its first page, and goes on by itself", async () => {
    const { list, asked } = service([["a", "b"], ["c"]]);
    assert.equal(list.state, "idle");
    const begun = list.begin();
    assert.equal(list.state, "loading");
    assert.equal(await begun, undefined);
    assert.deepEqual(list.items.slice(0, 2), ["a", "b"]);
    await list.resume();
    assert.deepEqual([list.items, list.state, asked], [["a", "b", "c"], "complete", [undefined, "1"]]);
  });

  test("is asked for once, whoever wants it", async () => {
    const { list, asked } = service([["a"]]);
    await Promise.all([list.begin(), list.begin(), list.resume()]);
    await list.begin();
    await list.resume();
    assert.deepEqual(asked, [undefined]);
  });

  test("keeps what came before a failure, says which it was, and goes on from there when told to, not by itself", async () => {
    const { list, become, asked } = service([["a", "b"], denied]);
    assert.equal(await list.resume(), denied);
    assert.deepEqual([list.items, list.state, list.failure], [["a", "b"], "stopped", denied]);
    assert.equal(await list.begin(), denied);
    assert.equal(asked.length, 2);
    become([["a", "b"], ["c"]]);
    assert.equal(await list.resume(), undefined);
    assert.deepEqual([list.items, list.state, asked], [["a", "b", "c"], "complete", [undefined, "1", "1"]]);
  });

  test("stops where it is longer than anybody asked for, and goes on as far again", async () => {
    const { list } = service([["a", "b"], ["c", "d"], ["e", "f"], ["g"]]);
    await list.resume();
    assert.deepEqual([list.items.length, list.state, list.failure], [4, "stopped", undefined]);
    await list.resume();
    assert.deepEqual([list.items.length, list.state], [7, "complete"]);
  });

  test("can be cancelled: what is there stays, and what comes late is not taken", async () => {
    const { list, hold, release, settle, changes } = service([["a"], ["b"], ["c"]]);
    await list.begin();
    hold();
    await settle();
    list.cancel();
    const told = changes();
    const there = [...list.items];
    assert.deepEqual([list.state, list.failure], ["stopped", undefined]);
    release();
    await settle();
    assert.deepEqual([list.items, changes()], [there, told]);
    await list.resume();
    assert.deepEqual([list.items, list.state], [["a", "b", "c"], "complete"]);
  });

  test("takes an item that comes again in its old place", async () => {
    const { list } = service([
      ["a1", "b1"],
      ["a2", "c1"],
    ]);
    await list.resume();
    assert.deepEqual(list.items, ["a2", "b1", "c1"]);
    list.put("b2");
    list.take("a");
    list.put("d1");
    assert.deepEqual([list.items, list.get("c"), list.get("a")], [["b2", "c1", "d1"], "c1", undefined]);
  });

  test("shows the old one until the new one is whole", async () => {
    const { list, become, hold, release, settle } = service([["a1", "b1"], ["c1"]]);
    await list.resume();
    become([["a2"], ["c2"]]);
    const refreshing = list.refresh();
    await list.begin();
    assert.deepEqual(list.items, ["a1", "b1", "c1"]);
    hold();
    await settle();
    release();
    await refreshing;
    assert.deepEqual([list.items, list.state], [["a2", "c2"], "complete"]);
  });

  test("keeps the old one where the new one does not come to its end, and begins anew when told to go on", async () => {
    const { list, become, asked } = service([["a1", "b1"], ["c1"]]);
    await list.resume();
    become([["a2"], denied]);
    assert.equal(await list.refresh(), denied);
    assert.deepEqual([list.items, list.state, list.failure], [["a1", "b1", "c1"], "complete", denied]);
    become([["a2"], ["c2"]]);
    asked.length = 0;
    assert.equal(await list.resume(), undefined);
    assert.deepEqual(
      [list.items, asked],
      [
        ["a2", "c2"],
        [undefined, "1"],
      ],
    );
  });

  test("says what is gone, where it was loaded anew to its end and nowhere else", async () => {
    const { list, become, gone } = service([["a", "b"], ["c"]]);
    await list.resume();
    assert.deepEqual(gone, [], "at first nothing was there before");
    become([["a"], denied]);
    await list.refresh();
    become([
      ["a", "x"],
      ["y", "z"],
      ["b", "c"],
    ]);
    await list.refresh();
    assert.deepEqual([gone, list.items.length], [[], 4], "neither a failure nor an end before the end proves anything");
    become([["a"], ["c"]]);
    await list.refresh();
    assert.deepEqual(gone, [["x", "y", "z"]]);
    await list.refresh();
    assert.deepEqual(gone.at(-1), []);
  });

  test("takes what became known of an item only where it has the item: nothing that is gone comes back", async () => {
    const { list, become, hold, release, settle } = service([["a1", "b1"]]);
    await list.resume();
    become([["a2"]]);
    hold();
    const refreshing = list.refresh();
    await settle();
    list.replace("b2");
    release();
    await refreshing;
    list.replace("b3");
    assert.deepEqual(list.items, ["a2"]);
  });

  test("says of a fault what it is told to say", async () => {
    const { list } = service([]);
    assert.match((await list.begin())?.message ?? "", /no such page/);
    assert.equal(list.state, "stopped");
  });

  test("tells of nothing once it is given up", async () => {
    const { list, hold, release, settle, changes } = service([["a"], ["b"]]);
    hold();
    void list.begin();
    const told = changes();
    list.dispose();
    release();
    await settle();
    assert.deepEqual([changes(), list.items], [told, []]);
  });
});

const arns = Array.from({ length: 9 }, (_, index) => `arn:aws:acm:us-east-1:123456789012:certificate/${index}`);

function described(arn: string, status = "PENDING_VALIDATION"): CertificateDescription {
  const certificate: AcmCertificate = {
    ...{
      arn,
      region: "us-east-1",
      domainName: "a.example.com",
      alternativeNames: [],
      status,
      type: "IMPORTED",
      keyAlgorithm: "RSA_2048",
      extendedKeyUsages: undefined,
    },
    ...{ notBefore: undefined, notAfter: undefined, inUse: false, managedBy: undefined, details: undefined },
  };
  return { certificate, subject: "CN=a", issuer: undefined, serial: "01", inUseBy: [], failureReason: undefined };
}

function details(answer: (arn: string) => CertificateDescription | Failure) {
  const asked: string[] = [];
  const got: string[] = [];
  const changed: string[] = [];
  const all = new CertificateDetails({
    describe: async (arn) => {
      asked.push(arn);
      return answer(arn);
    },
    get: async (arn) => {
      got.push(arn);
      return { body: "nothing to read", chain: undefined };
    },
    changed: (arn) => changed.push(arn),
    fault: (error) => ({ failure: "unknown", message: String(error) }),
    now: () => new Date(0),
  });
  return { all, asked, got, changed, settle: () => new Promise<void>((resolve) => setImmediate(resolve)) };
}

describe("details of certificates", () => {
  test("are asked for once", async () => {
    const { all, asked, changed, settle } = details((arn) => described(arn));
    all.want(arns, "later");
    all.want(arns, "soon");
    await Promise.all([all.one(arns[0] ?? ""), settle()]);
    await settle();
    assert.deepEqual([asked.toSorted(), changed.toSorted(), all.known.size], [arns, arns, 9]);
  });

  test("come first for what is shown", async () => {
    const { all, asked, settle } = details((arn) => described(arn));
    all.want(arns.slice(0, 7), "later");
    all.want(arns.slice(7), "soon");
    await settle();
    assert.deepEqual(asked.slice(4, 6), arns.slice(7));
  });

  test("are of the certificate itself where there is one", async () => {
    const { all, got } = details((arn) => described(arn, arn === arns[0] ? "ISSUED" : "FAILED"));
    const [issued, failed] = [await all.one(arns[0] ?? ""), await all.one(arns[1] ?? "")];
    assert.ok(!isFailure(issued) && !isFailure(failed));
    assert.deepEqual(
      [issued.details?.unmet, issued.details?.subject, failed.details?.unmet],
      [[{ code: "acm:unreadable-certificate" }], "CN=a", []],
    );
    assert.deepEqual(got, [arns[0]]);
  });

  test("say which certificates are not there, and are not asked for again until somebody says so", async () => {
    const { all, asked, settle } = details(() => ({ failure: "not-found", message: "" }));
    await all.one(arns[0] ?? "");
    assert.deepEqual([...all.absent], [arns[0]]);
    all.want(arns.slice(0, 1), "soon");
    await settle();
    assert.equal(asked.length, 1);
    all.doubtFailures();
    assert.deepEqual([...all.absent], [arns[0]]);
    all.want(arns.slice(0, 1), "soon");
    await settle();
    all.want(arns.slice(0, 1), "soon");
    await settle();
    assert.equal(asked.length, 2);
  });

  test("are not asked for on and on where nobody may have them", async () => {
    const { all, asked, settle } = details(() => denied);
    all.want(arns, "soon");
    await settle();
    await settle();
    assert.ok(asked.length <= 4, `${asked.length} were asked for`);
    assert.equal(all.failureOf(arns[0] ?? ""), denied);
    // Somebody who asks for one is answered all the same.
    assert.equal(await all.one(arns[8] ?? ""), denied);
  });

  test("stop when told to", async () => {
    const { all, asked, settle } = details((arn) => described(arn));
    all.want(arns, "later");
    all.stop();
    await settle();
    assert.equal(asked.length, 4);
  });
});
