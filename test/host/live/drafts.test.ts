import * as assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { readWireConfig } from "../../../src/core/cloudfront/wire.ts";
import { isXmlFault } from "../../../src/core/document/xml.ts";
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import { profiles } from "../../sandbox/client.ts";
import { certificates, distributions, secretHeaderValues } from "../../sandbox/world.ts";
import { rangeOf, replace, until, write } from "../editor.ts";
import { openWindow, useWindows, type Window } from "./live-bench.ts";

const account = "111122223333";
const distribution = (id: string) => ({ kind: "distribution", id }) as const;
const block = (arn: string) =>
  `<OriginMtlsConfig><ClientCertificateArn>${arn}</ClientCertificateArn></OriginMtlsConfig>`;
/** What is typed into the draft of `single`. */
const typedBlock = (arn: string) =>
  [
    '"OriginProtocolPolicy": "https-only",',
    `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${arn}" },`,
  ] as const;

describe("drafts", () => {
  const aws = useWindows();

  const xmlOf = async (id: string) => canonicalXml((await aws.sandbox.distribution(id)).xml);
  const puts = async () =>
    (await aws.sandbox.requests()).filter(({ operation }) => operation === "UpdateDistribution").length;

  async function openDraft(window: Window, id: string = distributions.single): Promise<vscode.TextDocument> {
    await window.live.commands["mtls.openDistributionConfig"](distribution(id));
    return vscode.workspace.openTextDocument(window.drafts.uriOf({ account, id }));
  }
  const apply = (window: Window, document: vscode.TextDocument) =>
    window.live.commands["mtls.applyToCloudFront"](document.uri);
  const stored = (window: Window, id: string = distributions.single) => window.drafts.get({ account, id });

  /** What stands for the first header value. */
  const placeholderIn = (document: vscode.TextDocument): string =>
    /"HeaderValue": ("•••••• [^"]+")/.exec(document.getText())?.[1] ?? assert.fail("no placeholder");

  it("open the inner config as JSON, under all rules, with nothing to find in what the service sent", async () => {
    const window = openWindow();
    const document = await openDraft(window, distributions.newer);
    assert.equal(document.uri.path, `/${account}/${distributions.newer}/${distributions.newer}.json`);
    assert.equal(document.languageId, "json");
    const config = JSON.parse(document.getText()) as Record<string, unknown>;
    assert.equal(typeof config["CallerReference"], "string");
    assert.ok("EdgeBudget" in config);
    const checked = await window.documents.current(document);
    assert.deepEqual(
      checked?.problems.map(({ rule }) => rule.id),
      [],
    );
    await replace(document, ['"Quantity": 2', '"Quantity": 7']);
    await until("a finding", async () =>
      (await window.documents.current(document))?.problems.some(({ rule }) => rule.id === "distribution/quantity"),
    );
  });

  it("saving keeps them on this machine alone, with the secrets where the editor keeps secrets: AWS hears nothing", async () => {
    const window = openWindow();
    const document = await openDraft(window, distributions.headers);
    const asked = (await aws.sandbox.requests()).length;
    await replace(document, ['"Custom headers"', '"Mine"']);
    assert.equal(await document.save(), true);
    assert.match((await stored(window, distributions.headers))?.text ?? "", /"Mine"/);
    assert.equal((await aws.sandbox.requests()).length, asked);
    for (const secret of secretHeaderValues) {
      assert.ok(
        Object.values((await stored(window, distributions.headers))?.values ?? {}).includes(secret),
        "applying needs them",
      );
      for (const place of [
        document.getText(),
        window.everythingRemembered(),
        window.ui.everything,
        window.logged.join("\n"),
      ])
        assert.ok(!place.includes(secret), secret);
    }
  });

  it("are said to be not live once, with the first save, and in no other window again", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    await replace(document, ['"Catalog"', '"Mine"']);
    await document.save();
    await until("that it is said", () => window.explained.length > 0);
    await replace(document, ['"Mine"', '"Mine again"']);
    await document.save();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const next = openWindow({ remembered: window });
    const again = await vscode.workspace.openTextDocument(next.drafts.uriOf({ account, id: distributions.single }));
    await replace(again, ['"Mine again"', '"Mine at last"']);
    await again.save();
    await until("saved", async () => /at last/.test((await stored(next))?.text ?? ""));
    // What is done after a save is done by now: each looks at the same draft, one after the other.
    assert.equal(await next.drafts.markExplained({ account, id: distributions.single }), false);
    assert.deepEqual([window.explained, next.explained], [[distributions.single], []]);
  });

  it("a save is not taken back by what is noted of a draft at the same time", async () => {
    const window = openWindow();
    const { uri } = await openDraft(window);
    const { get, store } = window.secrets;
    let [reads, isStored] = [0, false];
    window.secrets.store = (...args) => {
      isStored = true;
      return store(...args);
    };
    window.secrets.get = async (key) => {
      const kept = await get(key);
      // Who read it first goes on last, if others do not wait for it.
      if (++reads === 1) for (let turn = 0; turn < 1000 && !isStored; turn++) await new Promise(setImmediate);
      return kept;
    };
    const text = (await vscode.workspace.openTextDocument(uri)).getText().replace('"Catalog"', '"Mine"');
    await Promise.all([
      window.drafts.markExplained({ account, id: distributions.single }),
      window.drafts.writeFile(uri, new TextEncoder().encode(text)),
    ]);
    const kept = await stored(window);
    assert.deepEqual([kept?.text, kept?.isExplained], [text, true]);
  });

  it("are applied as they were typed, and nothing else changes", async () => {
    const window = openWindow();
    const before = await xmlOf(distributions.single);
    const document = await openDraft(window);
    await replace(document, typedBlock(certificates.spare));
    window.ui.decide("apply");
    await apply(window, document);
    assert.deepEqual(window.explained, [], "who applies it knows");
    assert.equal((await xmlOf(distributions.single)).replace(block(certificates.spare), ""), before);
    assert.match(window.ui.messages, /E1SINGLE000008 is deployed with the configuration of the draft/);
    const draft = await stored(window);
    assert.equal(draft?.base.etag, (await aws.sandbox.distribution(distributions.single)).etag);
    assert.equal(draft?.text, draft?.base.text, "the base became what is there now");
    assert.equal(document.getText(), draft?.text);
    await apply(window, document);
    assert.match(window.ui.messages, /E1SINGLE000008 already matches the draft/);
    assert.equal(await puts(), 1);
  });

  it("members that nobody here knows survive, and can be changed", async () => {
    const window = openWindow();
    const before = await xmlOf(distributions.newer);
    const document = await openDraft(window, distributions.newer);
    await replace(document, ['"Members that are newer than we are"', '"still here"']);
    window.ui.decide("apply");
    await apply(window, document);
    assert.equal(await xmlOf(distributions.newer), before.replace("Members that are newer than we are", "still here"));
  });

  it("what somebody else changed since stays: both are in what is shown and sent", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    await replace(document, typedBlock(certificates.spare));
    await aws.sandbox.changeDistribution(distributions.single, {
      find: "<HttpVersion>http2</HttpVersion>",
      replace: "<HttpVersion>http3</HttpVersion>",
    });
    const theirs = await xmlOf(distributions.single);
    window.ui.decide("apply");
    await apply(window, document);
    assert.match(window.ui.reviews[0]?.before ?? "", /"http3"/);
    assert.match(window.ui.reviews[0]?.after ?? "", /"http3"/);
    assert.equal((await xmlOf(distributions.single)).replace(block(certificates.spare), ""), theirs);
    assert.match(document.getText(), /"http3"/);
  });

  it("a change right before sending is shown and asked about, as everywhere", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    await replace(document, typedBlock(certificates.spare));
    await aws.sandbox.fault({ kind: "change-behind", times: 1 });
    window.ui.decide("apply", "apply");
    await apply(window, document);
    assert.equal(window.ui.reviews.length, 2);
    assert.match(
      window.ui.reviews[1]?.plan.meanwhile?.text ?? "",
      /Another update changed E1SINGLE000008 after your change was planned\. Your change was not applied\./,
    );
    assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
  });

  for (const [answer, wins] of [
    ["Use CloudFront Values in the Draft", "http3"],
    ["Keep the Draft Values", "http2and3"],
  ] as const) {
    it(`the same place changed by both: nothing is sent, and the draft has ${wins} only when told so`, async () => {
      const window = openWindow();
      const document = await openDraft(window);
      await replace(document, ['"HttpVersion": "http2"', '"HttpVersion": "http2and3"'], ['"Catalog"', '"My catalog"']);
      await aws.sandbox.changeDistribution(distributions.single, {
        find: "<HttpVersion>http2</HttpVersion>",
        replace: "<HttpVersion>http3</HttpVersion>",
      });
      const theirs = await xmlOf(distributions.single);
      await apply(window, document);
      assert.equal(await xmlOf(distributions.single), theirs);
      const question = window.ui.said.at(-1);
      assert.match(question?.message ?? "", /HttpVersion: changed from "http3" to "http2and3"/);
      assert.deepEqual(question?.answers, ["Use CloudFront Values in the Draft", "Keep the Draft Values"]);
      assert.deepEqual(window.ui.reviews, [], "there is nothing to apply");
      const [page] = window.ui.opened;
      assert.match(page?.comparison?.before ?? "", /"http3"/);
      assert.match(page?.comparison?.after ?? "", /"http2and3"/);
      assert.ok(page?.isOver, "closed: it is left");
      assert.match(document.getText(), /"http2and3"/, "closed: the draft is as it was");
      assert.match(document.getText(), /"My catalog"/);

      window.ui.answer(/Values in CloudFront and in the draft/, answer);
      await apply(window, document);
      await until("the draft", () => document.getText().includes(`"HttpVersion": "${wins}"`));
      assert.match(document.getText(), /"My catalog"/);
      assert.equal(await puts(), 0);
      window.ui.decide("apply");
      await apply(window, document);
      assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
      assert.ok((await xmlOf(distributions.single)).includes(`<HttpVersion>${wins}</HttpVersion>`));
    });
  }

  it("what the service adds is in the draft afterwards, with what was typed meanwhile", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    await replace(document, typedBlock(certificates.spare));
    await aws.sandbox.fault({
      kind: "rewrite",
      find: "<ConnectionMode>direct</ConnectionMode>",
      replace: "<ConnectionMode>direct</ConnectionMode><Surprise>yes</Surprise>",
      times: 1,
    });
    window.ui.decide("apply");
    await aws.sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
    let typed: Promise<void> | undefined;
    window.ui.onProgress = () =>
      void (typed ??= replace(document, ['"Catalog"', '"typed while waiting"']).then(() => aws.sandbox.deploy()));
    await apply(window, document);
    await typed;
    await until(
      "both",
      () => document.getText().includes("Surprise") && document.getText().includes("typed while waiting"),
    );
    assert.match((await stored(window))?.base.text ?? "", /Surprise/);
  });

  it("half typed when CloudFront has it, they stay as they are, and take nothing back afterwards", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    const begun = await stored(window);
    await replace(document, typedBlock(certificates.spare));
    await aws.sandbox.changeDistribution(distributions.single, {
      find: "<HttpVersion>http2</HttpVersion>",
      replace: "<HttpVersion>http3</HttpVersion>",
    });
    window.ui.decide("apply");
    const review = window.ui.review.bind(window.ui);
    window.ui.review = (shown) =>
      void replace(document, ['"Catalog"', '"Cata']).then(
        () => review(shown),
        (error: unknown) => assert.fail(String(error)),
      );
    await apply(window, document);
    const applied = await xmlOf(distributions.single);
    assert.match(applied, /<HttpVersion>http3</);
    assert.ok(applied.includes(block(certificates.spare)));
    assert.deepEqual((await stored(window))?.base, begun?.base);

    window.ui.review = review;
    await replace(document, ['"Cata', '"Catalog of mine"']);
    window.ui.decide("apply");
    await apply(window, document);
    assert.match(window.ui.reviews[1]?.after ?? "", /"http3"/);
    assert.equal(await xmlOf(distributions.single), applied.replace("Catalog", "Catalog of mine"));
    assert.match(document.getText(), /"http3"/, "now it takes in what others changed");
  });

  it("errors that they bring are refused before anything is sent, and named", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    await replace(document, ['"TargetOriginId": "catalog"', '"TargetOriginId": "nowhere"']);
    await apply(window, document);
    const review = window.ui.reviews[0] ?? assert.fail("nothing is shown");
    assert.equal(review.actions.find(({ action }) => action === "apply")?.isEnabled, false);
    assert.ok(!review.actions.some(({ action }) => action === "file" || action === "commands"));
    assert.deepEqual(
      review.plan.introduced.problems.filter(({ severity }) => severity === "error").map(({ rule }) => rule),
      ["distribution/target-origin"],
    );
    assert.match(review.blocked ?? "", /CloudFront would reject the change, or the change cannot work/);
    assert.equal(await puts(), 0);
  });

  it("what is no JSON, or no whole config, is refused with its place", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    const whole = document.getText();
    await replace(document, ['"CallerReference"', '"Broken: {\n "CallerReference"']);
    void apply(window, document);
    await until("the question of the editor", () => !document.isDirty);
    assert.deepEqual(window.ui.reviews, []);
    await replace(document, [document.getText(), '{ "Origins": { "Quantity": 0 } }\n']);
    await apply(window, document);
    assert.match(window.ui.messages, /no longer contains a whole distribution configuration/);
    await replace(document, [document.getText(), `{ "ETag": "E1", "DistributionConfig": ${whole} }`]);
    await apply(window, document);
    assert.match(window.ui.messages, /The configuration in the draft has a wrapper/);
    assert.equal(await puts(), 0);
  });

  it("a draft of another account is not sent to this one", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    await replace(document, typedBlock(certificates.spare));
    await window.session.use("other");
    await apply(window, document);
    assert.match(
      window.ui.messages,
      /The draft belongs to account 111122223333, but you are signed in to account 444455556666\. Select a profile of that account, then apply the draft again/,
    );
    assert.equal(await puts(), 0);
    assert.match((await stored(window))?.text ?? "", new RegExp(certificates.spare), "the draft is kept");
  });

  it("there is one already: it is continued, begun anew or discarded, as somebody says", async () => {
    const window = openWindow();
    const document = await openDraft(window);
    await replace(document, ['"Catalog"', '"Mine"']);
    await document.save();
    window.ui.chosen = () => undefined;
    await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
    assert.match((await stored(window))?.text ?? "", /"Mine"/, "closing the question changes nothing");

    window.ui.chosen = ({ items }) => items[0]?.value;
    await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
    assert.match(document.getText(), /"Mine"/);

    window.ui.chosen = ({ items }) => items[1]?.value;
    await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
    await until("the config of CloudFront", () => document.getText().includes('"Catalog"'));
    assert.match((await stored(window))?.text ?? "", /"Catalog"/);

    await replace(document, ['"Catalog"', '"Mine again"']);
    window.ui.chosen = ({ items }) => items[2]?.value;
    await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
    assert.equal(await stored(window), undefined);
    assert.equal(window.ui.choices.length, 4);
  });

  it("in which nothing was changed go with their editor: they hold secrets, and nothing else worth keeping", async () => {
    const window = openWindow();
    await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.headers));
    assert.notEqual(await stored(window, distributions.headers), undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await until("no draft", () => window.secrets.kept.size === 0);
  });

  it("stay for a while without changes, as another window may show them, and no longer than a day", async () => {
    const window = openWindow({ draftsStay: 60_000 });
    const { uri } = await openDraft(window, distributions.headers);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await until("closed", () =>
      vscode.workspace.textDocuments.every((document) => document.uri.toString() !== uri.toString()),
    );
    const name = { account, id: distributions.headers };
    const draft = (await window.drafts.get(name)) ?? assert.fail("it is gone");
    assert.deepEqual(await window.drafts.names(), [name]);

    await window.drafts.put(name, { ...draft, savedAt: draft.savedAt - 25 * 60 * 60 * 1000 });
    openWindow({ remembered: window, draftsStay: 60_000 });
    await until("no draft", () => window.secrets.kept.size === 0);
  });

  describe("header values", () => {
    const typed = "typed-secret-4711";
    const name = { account, id: distributions.headers };
    const applied = async (window: Window, document: vscode.TextDocument) => {
      window.ui.decide("apply");
      await apply(window, document);
      assert.match(window.ui.messages, /is deployed with the configuration of the draft/);
    };

    it("that were typed are in no file of the editor's once the draft is saved, and go in as it is applied", async () => {
      const window = openWindow();
      const before = await xmlOf(distributions.headers);
      const document = await openDraft(window, distributions.headers);
      await replace(document, [placeholderIn(document), JSON.stringify(typed)]);
      await until("the editor's backup, where it is while it is not saved", () => isInEditorsFiles(typed));
      assert.equal(await document.save(), true);
      assert.ok(!document.getText().includes(typed));
      await until("no file with it", async () => !(await isInEditorsFiles(typed)));
      await replace(document, ['"Custom headers"', '"Mine-4711"']);
      await until("the next backup", () => isInEditorsFiles("Mine-4711"));
      assert.equal(await isInEditorsFiles(typed), false);
      await applied(window, document);
      assert.equal(
        await xmlOf(distributions.headers),
        before.replace("Custom headers", "Mine-4711").replace(secretHeaderValues[0] ?? "", typed),
      );
      for (const place of [window.everythingRemembered(), window.ui.everything, window.logged.join("\n")])
        assert.ok(!place.includes(typed));
    });

    it("that were typed into a placeholder are masked by the save and never sent, and can be had again", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      const whole = placeholderIn(document);
      const part = `${(JSON.parse(whole) as string).slice(0, 20)}${typed}`;
      await replace(document, [whole, JSON.stringify(part)]);
      await until("the editor's backup, where it is while it is not saved", () => isInEditorsFiles(typed));
      assert.equal(await document.save(), true);
      assert.ok(!document.getText().includes(typed));
      await until("no file with it", async () => !(await isInEditorsFiles(typed)));
      assert.ok(placeholderIn(document).endsWith(' · ?"'));

      window.ui.answer(/Nothing was applied/, "Edit What Was Typed");
      await apply(window, document);
      assert.match(window.ui.messages, /Nothing was applied\. Line \d+ contains a placeholder that does not stand for/);
      assert.deepEqual([window.ui.reviews, await puts()], [[], 0]);
      assert.ok(document.getText().includes(JSON.stringify(part)));
      await replace(document, [JSON.stringify(part), JSON.stringify(typed)]);
      await applied(window, document);
      assert.ok((await xmlOf(distributions.headers)).includes(`<HeaderValue>${typed}</HeaderValue>`));
    });

    it("are masked even by a save that does without what is to happen before it", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      await replace(document, [placeholderIn(document), JSON.stringify(typed)]);
      await vscode.commands.executeCommand("workbench.action.files.saveWithoutFormatting");
      await until("a placeholder", () => !document.isDirty && !document.getText().includes(typed));
      assert.equal((await window.drafts.get(name))?.text, document.getText());
      assert.ok(Object.values((await window.drafts.get(name))?.values ?? {}).includes(typed));
    });

    it("that the editor saves while they are typed stay until the cursor leaves them", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      const editor = await vscode.window.showTextDocument(document);
      const files = vscode.workspace.getConfiguration("files");
      try {
        await files.update("autoSaveDelay", 50, vscode.ConfigurationTarget.Global);
        await files.update("autoSave", "afterDelay", vscode.ConfigurationTarget.Global);
        const { start } = rangeOf(document, placeholderIn(document));
        editor.selection = new vscode.Selection(start.translate(0, 3), start.translate(0, 3));
        await replace(document, [placeholderIn(document), JSON.stringify(typed)]);
        await until("saved", async () => Object.values((await window.drafts.get(name))?.values ?? {}).includes(typed));
        await until("saved in the editor, too", () => !document.isDirty);
        assert.ok(document.getText().includes(typed));
        editor.selection = new vscode.Selection(0, 0, 0, 0);
        await until("a placeholder", () => !document.isDirty && !document.getText().includes(typed));
      } finally {
        await files.update("autoSave", undefined, vscode.ConfigurationTarget.Global);
        await files.update("autoSaveDelay", undefined, vscode.ConfigurationTarget.Global);
      }
    });

    it("are known to the next window before the text of this one has placeholders for them", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      await replace(document, [placeholderIn(document), JSON.stringify(typed)]);
      const [edit] = await window.drafts.keepTyped(document);
      // It dies here: the editor's backup has what this edit makes, and nothing was saved.
      const next = await openWindow({ remembered: window }).drafts.get(name);
      assert.equal(next?.values[JSON.parse(edit?.text ?? "") as string], typed);
      assert.ok(!next?.text.includes(typed));
    });

    it("of two windows never have one placeholder", async () => {
      const one = openWindow();
      const document = await openDraft(one, distributions.headers);
      const other = openWindow({ remembered: one });
      const others = await openDraft(other, distributions.headers);
      await replace(document, [placeholderIn(document), '"of the one"']);
      await replace(others, [placeholderIn(others), '"of the other"']);
      const edits = [await one.drafts.keepTyped(document), await other.drafts.keepTyped(others)].flat();
      assert.equal(new Set(edits.map(({ text }) => text)).size, 2);
    });

    it("a placeholder that stands for nothing is not sent: it is said where it is", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      const line = document.getText().slice(0, document.getText().indexOf("••••••")).split("\n").length;
      await replace(document, [`•••••• X-Secret-1`, "•••••• X-Secret-9"]);
      await apply(window, document);
      assert.match(
        window.ui.messages,
        new RegExp(`Nothing was applied\\. Line ${line} contains a placeholder that does not stand for a header value`),
      );
      assert.deepEqual(window.ui.reviews, []);
      assert.equal(await puts(), 0);
      // Another name of a header was typed, or a value: nobody knows.
      await until("a placeholder", () => !document.isDirty && placeholderIn(document).endsWith(' · ?"'));
    });

    it("of a draft that an earlier version kept are masked as it is opened, and it is applied as ever", async () => {
      const window = openWindow();
      const before = await xmlOf(distributions.headers);
      const document = await openDraft(window, distributions.headers);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await until("closed", () => document.isClosed);
      const { etag, xml } = await aws.sandbox.distribution(distributions.headers);
      const config = readWireConfig(xml);
      assert.ok(!isXmlFault(config));
      const old = {
        text: config.text.replace(secretHeaderValues[0] ?? "", typed),
        base: { etag, text: config.text },
        served: [],
        savedAt: Date.now(),
      };
      await window.secrets.store(`mtls.draft:${account}/${distributions.headers}`, JSON.stringify(old));
      window.ui.chosen = ({ items }) => items[0]?.value;
      const again = await openDraft(window, distributions.headers);
      assert.match(JSON.stringify(window.ui.choices[0]?.items[0]), /Continue/);
      for (const secret of [...secretHeaderValues, typed]) assert.ok(!again.getText().includes(secret));
      await applied(window, again);
      assert.equal(await xmlOf(distributions.headers), before.replace(secretHeaderValues[0] ?? "", typed));
    });

    it("are not what a comparison with the draft finds: a placeholder is the value that it stands for", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      window.ui.source = document.uri;
      await window.live.commands["mtls.compareDistributionWithFile"](distribution(distributions.headers));
      assert.match(window.ui.messages, /matches the configuration of E1HEADERS00023 in CloudFront/);
      window.ui.source = await write("copied.json", document.getText());
      await window.live.commands["mtls.compareDistributionWithFile"](distribution(distributions.headers));
      assert.equal(window.ui.said.length, 2);
      assert.deepEqual(window.ui.comparisons, []);
    });
  });

  describe("in two windows", () => {
    const begins = async () => {
      const one = openWindow();
      const document = await openDraft(one);
      await replace(document, typedBlock(certificates.spare));
      const begun = await stored(one);
      // Of another length: the editor takes files of the same length for the same.
      await aws.sandbox.changeDistribution(distributions.single, {
        find: "<HttpVersion>http2</HttpVersion>",
        replace: "<HttpVersion>http2and3</HttpVersion>",
      });
      const other = openWindow({ remembered: one });
      await openDraft(other);
      assert.notEqual(
        (await stored(one))?.base.etag,
        begun?.base.etag,
        "the other window began with what CloudFront has by now",
      );
      return { one, document, begun, other };
    };

    it("what the other one discards is saved again, with what it was made from, and takes nothing back", async () => {
      const { one, document, begun, other } = await begins();
      const theirs = await xmlOf(distributions.single);
      await other.drafts.discard({ account, id: distributions.single });
      assert.equal(await stored(one), undefined);
      assert.equal(await document.save(), true);
      assert.deepEqual((await stored(one))?.base, begun?.base);
      one.ui.decide("apply");
      await apply(one, document);
      assert.match(one.ui.reviews[0]?.after ?? "", /"http2and3"/);
      assert.equal((await xmlOf(distributions.single)).replace(block(certificates.spare), ""), theirs);
    });

    it("what cannot be saved over the other one's is not applied, and that is said; saved all the same, it has its own base", async () => {
      const { one, document, begun } = await begins();
      await apply(one, document);
      assert.match(
        one.ui.messages,
        /Nothing was applied because the draft could not be saved\. Another window might have saved it/,
      );
      assert.deepEqual(one.ui.reviews, []);
      assert.equal(await puts(), 0);
      // As the editor does when it is told to overwrite: it reads what is there, and writes what it has.
      await vscode.workspace.fs.readFile(document.uri);
      await vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode(document.getText()));
      assert.deepEqual((await stored(one))?.base, begun?.base);
      assert.match((await stored(one))?.text ?? "", new RegExp(certificates.spare));
    });

    it("an editor without changes shows what the other one saved, and goes on from there", async () => {
      const one = openWindow();
      const document = await openDraft(one);
      const other = openWindow({ remembered: one });
      const others = await openDraft(other);
      await replace(others, typedBlock(certificates.spare));
      other.ui.decide("apply");
      await apply(other, others);
      await until("the same text", () => document.getText() === others.getText());
      await replace(document, ['"Catalog"', '"Mine"']);
      assert.equal(await document.save(), true);
      assert.equal((await stored(one))?.base.etag, (await aws.sandbox.distribution(distributions.single)).etag);
    });
  });

  describe("without CloudFront", () => {
    const changedDraft = async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      await replace(document, ['"Custom headers"', '"Mine"']);
      await document.save();
      return { window, document };
    };
    const label =
      (start: string) =>
      ({ items }: { readonly items: readonly { readonly label: string; readonly value: unknown }[] }) =>
        items.find((item) => item.label.includes(start))?.value ?? assert.fail(start);

    it("a draft with changes is continued or discarded, and the failure stands beside it", async () => {
      const { window, document } = await changedDraft();
      await aws.sandbox.fault({
        kind: "error",
        operation: "GetDistributionConfig",
        status: 404,
        code: "NoSuchDistribution",
        message: "gone",
      });
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      window.ui.chosen = label("Continue");
      await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.headers));
      await until(
        "its editor",
        () => vscode.window.activeTextEditor?.document.uri.toString() === document.uri.toString(),
      );
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? "", /"Mine"/);
      assert.match(JSON.stringify(window.ui.choices[0]?.items), /does not exist[^]*“gone”/);
      assert.deepEqual(window.ui.said, []);

      window.ui.chosen = label("Could not read the configuration from CloudFront");
      await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.headers));
      assert.match(window.ui.messages, /does not exist/);

      window.ui.chosen = label("Discard");
      await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.headers));
      assert.deepEqual([...window.secrets.kept], []);
    });

    it("also where nobody is signed in: of several it is asked which", async () => {
      const { window } = await changedDraft();
      const other = await openDraft(window);
      await replace(other, ['"Catalog"', '"Mine, too"']);
      await other.save();
      const next = openWindow({ remembered: window, profile: profiles.unknownKey });
      next.ui.chosen = (choice) => label(next.ui.choices.length === 1 ? distributions.headers : "Discard")(choice);
      await next.live.commands["mtls.openDistributionConfig"]();
      assert.deepEqual(
        next.ui.choices.map(({ title }) => title),
        ["Distribution Drafts", `Draft of ${distributions.headers}`],
      );
      assert.equal(await stored(next, distributions.headers), undefined);

      next.ui.chosen = label("Continue");
      await next.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
      assert.equal(next.ui.choices.length, 3);
      await until("its editor", () => vscode.window.activeTextEditor?.document.getText().includes("Mine, too"));
      assert.deepEqual(next.ui.said, []);
    });

    it("what has no changes is not offered: the failure is explained", async () => {
      const window = openWindow();
      await openDraft(window);
      await aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig" });
      await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
      assert.deepEqual(window.ui.choices, []);
      assert.match(window.ui.messages, /cloudfront:GetDistributionConfig/);
    });
  });

  describe("that cannot be read", () => {
    const keyOf = (id: string) => `mtls.draft:${account}/${id}`;
    const closed = async (document: vscode.TextDocument) => {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await until("closed", () => document.isClosed);
    };

    for (const damaged of ["{", "null", "[]", '{"text":1}', '{"text":"","base":{"text":""},"served":[],"values":null}'])
      it(`as what is kept is damaged (${damaged}), are said to be, and stay until another takes their place`, async () => {
        const window = openWindow({ draftsStay: 60_000 });
        const { uri } = await openDraft(window, distributions.headers);
        const other = await openDraft(window);
        await replace(other, ['"Catalog"', '"Mine"']);
        await other.save();
        await closed(other);
        await window.secrets.store(keyOf(distributions.single), damaged);
        await assert.rejects(Promise.resolve(vscode.workspace.fs.readFile(other.uri)), {
          code: "Unavailable",
          message: /The saved draft of E1SINGLE000008 is damaged and cannot be read\. To start over, open/,
        });
        await window.live.commands["mtls.applyToCloudFront"](other.uri);
        assert.match(window.ui.messages, /The saved draft of E1SINGLE000008 is damaged/);

        await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
        assert.match(window.ui.choices.at(-1)?.placeholder ?? "", /damaged and cannot be read/);
        assert.equal(window.secrets.kept.get(keyOf(distributions.single)), damaged);
        assert.notEqual(await stored(window, distributions.headers), undefined);
        assert.ok((await vscode.workspace.fs.readFile(uri)).length > 0, "the other one is as it was");

        window.ui.chosen = ({ items }) => items[0]?.value;
        await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.single));
        assert.match((await stored(window))?.text ?? "", /"Catalog"/);
        assert.deepEqual(
          window.logged.filter((line) => line.includes("fault")),
          [],
        );
      });

    it("do not keep the others from being offered, listed, or forgotten", async () => {
      const window = openWindow({ draftsStay: 60_000 });
      const single = await openDraft(window);
      const document = await openDraft(window, distributions.headers);
      await replace(document, ['"Custom headers"', '"Mine"']);
      await document.save();
      await closed(document);
      await until("closed", () => single.isClosed);
      await window.secrets.store(keyOf(distributions.single), "{");
      const next = openWindow({ remembered: window, profile: profiles.unknownKey });
      next.ui.chosen = ({ items }) => items.find(({ label }) => label.includes("Continue"))?.value;
      await next.live.commands["mtls.openDistributionConfig"]();
      assert.deepEqual(
        next.ui.choices.map(({ title }) => title),
        [`Draft of ${distributions.headers}`],
      );
    });

    it("as the list of them is damaged, are said to be, and stay; those that it still names are listed", async () => {
      const window = openWindow({ draftsStay: 60_000 });
      for (const id of [distributions.single, distributions.headers]) {
        const document = await openDraft(window, id);
        await replace(document, ['"Comment": "', '"Comment": "Mine: ']);
        await document.save();
        await closed(document);
      }
      const list = window.secrets.kept.get("mtls.drafts") ?? assert.fail("no list");
      await window.secrets.store("mtls.drafts", list.slice(0, -4));
      const next = openWindow({ remembered: window });
      await until("that it is said", () => /list of the drafts [^]* was damaged/.test(next.ui.messages));
      assert.deepEqual(await next.drafts.names(), [{ account, id: distributions.single }]);
      next.ui.chosen = ({ items }) => items.find(({ label }) => label.includes("Continue"))?.value;
      await next.live.commands["mtls.openDistributionConfig"](distribution(distributions.headers));
      await until("the draft that is not listed", () =>
        /"Comment": "Mine: Custom/.test(vscode.window.activeTextEditor?.document.getText() ?? ""),
      );
      assert.equal(await next.drafts.mendList(), false, "said once");
      for (const damaged of ["{", "7", "[null]"]) {
        await window.secrets.store("mtls.drafts", damaged);
        assert.deepEqual(await next.drafts.names(), []);
      }
    });

    it("as what is kept is damaged, are not said to be discarded where an editor is saved that lost them", async () => {
      const window = openWindow({ draftsStay: 60_000 });
      await openDraft(window);
      const { drafts } = openWindow({ remembered: window });
      await window.secrets.store(keyOf(distributions.single), "{");
      const saved = drafts.writeFile(
        drafts.uriOf({ account, id: distributions.single }),
        new TextEncoder().encode("{}"),
      );
      await assert.rejects(saved, { code: "NoPermissions", message: /is damaged and cannot be read/ });
    });

    it("as the keyring is locked, are said to be, with what to do; nothing typed is lost", async () => {
      const window = openWindow();
      const document = await openDraft(window, distributions.headers);
      await replace(document, ['"Custom headers"', '"Mine"']);
      const { get, store } = window.secrets;
      const locked = () => Promise.reject(new Error("The keyring is locked"));
      const said = /The secret storage of VS Code, where drafts are kept, is not available\. Unlock the keyring/;
      window.secrets.get = locked;
      await apply(window, document);
      assert.match(window.ui.messages, said);
      assert.deepEqual([await puts(), document.isDirty], [0, true]);
      await assert.rejects(window.drafts.writeFile(document.uri, new TextEncoder().encode("{}")), { message: said });

      window.secrets.get = get;
      window.secrets.store = locked;
      await assert.rejects(window.drafts.writeFile(document.uri, new TextEncoder().encode("{}")), { message: said });
      window.secrets.store = store;
      assert.equal(await document.save(), true);
      assert.match((await stored(window, distributions.headers))?.text ?? "", /"Mine"/);
    });

    it("do not hide why AWS cannot be asked", async () => {
      const window = openWindow();
      await openDraft(window, distributions.headers);
      window.secrets.get = () => Promise.reject(new Error("The keyring is locked"));
      await aws.sandbox.fault({ kind: "deny", operation: "GetDistributionConfig" });
      await window.live.commands["mtls.openDistributionConfig"](distribution(distributions.headers));
      assert.match(window.ui.messages, /cloudfront:GetDistributionConfig/);
    });
  });

  it("are files of this extension alone: no other file becomes one, and one that was discarded is not saved", async () => {
    const window = openWindow();
    const { drafts } = window;
    const document = await openDraft(window);
    const elsewhere = drafts.uriOf({ account, id: "E1NEVEROPENED1" });
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(elsewhere, new TextEncoder().encode("{}"))), {
      code: "NoPermissions",
      message: /discarded/,
    });
    await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(elsewhere)), { code: "FileNotFound" });
    await assert.rejects(
      Promise.resolve(
        vscode.workspace.fs.writeFile(elsewhere.with({ path: "/somewhere/else.json" }), new Uint8Array()),
      ),
      { code: "NoPermissions" },
    );
    await vscode.workspace.fs.delete(document.uri);
    assert.equal(await stored(window), undefined);
  });

  it("survive the window, with what they were made from", async () => {
    const first = openWindow();
    const document = await openDraft(first);
    await replace(document, typedBlock(certificates.spare));
    await document.save();
    const next = openWindow({ remembered: first });
    const again = await vscode.workspace.openTextDocument(next.drafts.uriOf({ account, id: distributions.single }));
    assert.match(again.getText(), new RegExp(certificates.spare));
    next.ui.decide("apply");
    await apply(next, again);
    assert.match(next.ui.messages, /is deployed with the configuration of the draft/);
  });

  it("of more than five new certificates go in several calls, each deployed before the next", async () => {
    const window = openWindow();
    const before = await xmlOf(distributions.several);
    const document = await openDraft(window, distributions.several);
    const text = document.getText();
    let count = 0;
    const edited = text.replaceAll(
      '"OriginProtocolPolicy": "https-only",',
      (found) =>
        `${found} "OriginMtlsConfig": { "ClientCertificateArn": "${[certificates.spare, ...certificates.fleet][count++] ?? ""}" },`,
    );
    const rest = edited.replaceAll(
      /"OriginProtocolPolicy": "(match-viewer|http-only)",/g,
      () =>
        `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${[certificates.spare, ...certificates.fleet][count++] ?? ""}" },`,
    );
    assert.equal(count, 7);
    await replace(document, [text, rest]);
    window.ui.decide("apply", "apply");
    await apply(window, document);
    assert.equal(await puts(), 2, window.ui.messages);
    assert.match(JSON.stringify(window.ui.reviews[0]?.plan.notes), /In 2 steps, each deployed before the next/);
    assert.equal(window.ui.reviews[0]?.steps.length, 2);
    assert.deepEqual(
      window.ui.progressed.filter((title) => title.startsWith("Waiting")),
      ["Waiting for E1SEVERAL00009 to be deployed (1 of 2)", "Waiting for E1SEVERAL00009 to be deployed (2 of 2)"],
    );
    for (const arn of [certificates.spare, ...certificates.fleet])
      assert.ok((await xmlOf(distributions.several)).includes(block(arn)), arn);
    await window.live.commands["mtls.undoLiveChange"]();
    assert.equal(await xmlOf(distributions.several), before);
  });

  it("stopped in the middle of several calls, it is said what was applied", async () => {
    const window = openWindow();
    const document = await openDraft(window, distributions.several);
    const text = document.getText();
    let count = 0;
    const all = text.replaceAll(
      /"OriginProtocolPolicy": "[\w-]+",/g,
      () =>
        `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${[certificates.spare, ...certificates.fleet][count++] ?? ""}" },`,
    );
    await replace(document, [text, all]);
    window.ui.decide("apply");
    window.ui.onProgress = (stop) => stop();
    await apply(window, document);
    assert.equal(await puts(), 1);
    assert.match(window.ui.messages, /1 of 2 steps were sent\. To send the others, run the command again/);
    const applied = [certificates.spare, ...certificates.fleet].filter((arn) => document.getText().includes(arn));
    assert.equal(applied.length, 7, "the draft still has all of it");
    await aws.sandbox.deploy();
    window.ui.onProgress = () => {};
    window.ui.decide("apply");
    await apply(window, document);
    assert.equal(await puts(), 2);
    for (const arn of [certificates.spare, ...certificates.fleet])
      assert.ok((await xmlOf(distributions.several)).includes(block(arn)), arn);
  });

  it("what else they change can be undone, too, and no config is where others find it", async () => {
    const window = openWindow();
    const before = await xmlOf(distributions.headers);
    const document = await openDraft(window, distributions.headers);
    await replace(document, ['"Custom headers"', '"Mine"'], [placeholderIn(document), '"rotated-secret"']);
    window.ui.decide("apply", "apply");
    await apply(window, document);
    assert.equal(
      await xmlOf(distributions.headers),
      before.replace("Custom headers", "Mine").replace(secretHeaderValues[0] ?? "", "rotated-secret"),
    );
    for (const secret of [...secretHeaderValues, "rotated-secret"])
      for (const place of [window.everythingRemembered(), window.ui.everything, window.logged.join("\n")])
        assert.ok(!place.includes(secret), secret);
    await window.live.commands["mtls.undoLiveChange"]();
    assert.equal(await xmlOf(distributions.headers), before);
  });
});

/** Whether a text is in any file that the editor keeps for itself, as its backups are. */
async function isInEditorsFiles(text: string): Promise<boolean> {
  const folder = process.env["MTLS_HOST_DATA"] ?? assert.fail("no folder is named");
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // One that goes just now does not hold it.
    const content = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (content.includes(text)) return true;
  }
  return false;
}
