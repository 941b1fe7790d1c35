import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { changeViewerMtls, type ViewerKind } from "../../../src/host/authoring/enable-viewer-mtls.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import type { Log } from "../../../src/host/editor/log.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import {
  cleanUp,
  customOrigin,
  findings,
  json,
  open,
  replace,
  ruleOf,
  rulesBecome,
  until,
  wholeConfig,
} from "../editor.ts";
import { consequences, Reviewing, reviewTab, textOf } from "../reviews.ts";

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

const required = { Mode: "required", TrustStoreConfig: { TrustStoreId: "ts_0123456789" } };
const behavior = {
  TargetOriginId: "o1",
  ViewerProtocolPolicy: "allow-all",
  CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
};
const plainHttp = { DefaultCacheBehavior: behavior, HttpVersion: "http2and3" };

describe("viewer mTLS on an open config", () => {
  let subscriptions: vscode.Disposable[] = [];
  let picks: Pick[] = [];
  let said: string[] = [];
  /** What is typed where a trust store is asked for, nothing: it is left; and what the box was. */
  let typed: string | undefined;
  let asked: vscode.InputBox | undefined;
  /** The box stays, to be typed into by the test. */
  let isHeld = false;
  const marked = new WeakMap<Pick, readonly vscode.QuickPickItem[]>();
  let documents: Documents;
  let previews: Previews;
  let log: Log;
  let reviewing: Reviewing;

  beforeEach(() => {
    const channel = vscode.window.createOutputChannel("viewer mTLS test", { log: true });
    log = channel;
    const reader = createReader(log, {});
    documents = new Documents(
      () => Promise.resolve(reader),
      (error) => assert.fail(String(error)),
    );
    documents.start();
    previews = new Previews();
    [picks, said, typed, asked, isHeld] = [[], [], undefined, undefined, false];
    reviewing = new Reviewing();
    subscriptions = [
      channel,
      documents,
      previews,
      reviewing,
      replaced("createQuickPick", rememberingPicks(picks, marked)),
    ];
    subscriptions.push(
      replaced(
        "createInputBox",
        typingBoxes((box) => {
          asked = box;
          if (isHeld) return;
          if (typed === undefined) box.hide();
          else void enter(box, typed);
        }),
      ),
    );
    for (const name of ["showInformationMessage", "showWarningMessage", "showErrorMessage"] as const) {
      subscriptions.push(
        replaced(name, (message: string) => {
          said.push(message);
          return Promise.resolve(undefined);
        }),
      );
    }
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    vscode.Disposable.from(...subscriptions).dispose();
    await cleanUp();
  });

  const change = (kind: ViewerKind, uri: vscode.Uri) => changeViewerMtls(kind, uri, { documents, previews, log });
  const pickWith = (label: string) =>
    until(
      `a pick with ${label}`,
      () => picks.findLast((pick) => pick.items.some((item) => item.label.includes(label))),
      30_000,
    );
  /** Accepts it as soon as the editor itself has it marked. */
  async function choose(label: string): Promise<Pick> {
    const pick = await pickWith(label);
    const item = pick.items.find((one) => one.label.includes(label)) ?? assert.fail(label);
    pick.activeItems = [item];
    await until(`${label} is marked`, () => marked.get(pick)?.[0]?.label === item.label);
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    // The same label may be in the next pick.
    picks.splice(0, picks.indexOf(pick) + 1);
    return pick;
  }
  const valueOf = ({ document }: vscode.TextEditor): unknown => JSON.parse(document.getText());
  const preview = reviewTab;

  it("optional comes first, each mode says who is cut off, and everything else that must change is in one preview and one undo step", async () => {
    const before = json(wholeConfig([customOrigin()], plainHttp));
    const editor = await open("viewers.json", before);
    typed = " ts_0123456789 ";
    const done = change("enable", editor.document.uri);
    const modes = await choose("required");
    assert.deepEqual(
      modes.items.map(({ label }) => label),
      ["$(unlock) optional", "$(lock) required", "$(arrow-right) passthrough"],
    );
    assert.match(
      modes.items[0]?.detail ?? "",
      /^Accepts viewers without a certificate\. Rejects invalid certificates\.$/,
    );
    assert.deepEqual(
      [modes.items[1]?.description, modes.items[1]?.detail],
      ["as soon as it is deployed", "Rejects viewers without a certificate that the trust store accepts."],
    );
    const answers = await choose("https-only");
    assert.deepEqual(
      [answers.items.map(({ label }) => label), answers.step, answers.totalSteps],
      [["redirect-to-https", "https-only"], 3, 3],
    );
    assert.match(answers.placeholder ?? "", /Default \(\*\)/);
    const remark = await reviewing.opened();
    assert.match(
      textOf(remark),
      /^Mode: required, trust store: ts_0123456789\n\n\*\*Viewers that can connect\*\*\n\n- Rejects viewers without a certificate that the trust store accepts\. This takes effect[^]+\*\*Other changes\*\*\n\n- HTTP is no longer accepted for Default \(\*\)\. ViewerProtocolPolicy becomes https-only\.\n- HTTP\/3 is turned off\./,
    );
    assert.deepEqual(consequences(remark), [
      "Warning: Rejects viewers without a certificate that the trust store accepts.",
      "Information: Start with optional while viewers receive their certificates",
      "Information: HTTP is no longer accepted for Default (*)",
    ]);
    await reviewing.apply();
    await done;
    assert.deepEqual(
      valueOf(editor),
      wholeConfig([customOrigin()], {
        DefaultCacheBehavior: { ...behavior, ViewerProtocolPolicy: "https-only" },
        HttpVersion: "http2",
        ViewerMtlsConfig: required,
      }),
    );
    await rulesBecome(editor.document.uri, []);
    await until("no comparison", () => preview() === undefined);
    assert.match(said.join(), /Viewer mTLS is configured in the file in required mode/);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), before, "one undo brings all back");
  });

  it("is changed in the config that the cursor stands in, else in the one that is chosen", async () => {
    const both = { blue: wholeConfig([customOrigin()]), green: wholeConfig([customOrigin({ id: "o2" })]) };
    const editor = await open("several.json", json(both));
    const { document } = editor;
    const inGreen = document.positionAt(document.getText().indexOf('"o2"'));
    editor.selection = new vscode.Selection(inGreen, inGreen);
    let done = change("enable", document.uri);
    await choose("passthrough");
    await reviewing.apply();
    await done;
    // With passthrough the origin has to see each certificate: nothing is cached.
    const uncached = {
      DefaultCacheBehavior: {
        TargetOriginId: "o1",
        ViewerProtocolPolicy: "https-only",
        CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      },
      ViewerMtlsConfig: { Mode: "passthrough" },
    };
    const changed = { ...both, green: { ...both.green, ...uncached } };
    assert.deepEqual(valueOf(editor), changed);
    // The comparison lay above it: it is another editor by now.
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
    done = change("disable", document.uri);
    const configs = await pickWith("test");
    assert.equal(configs.items.length, 2);
    configs.hide();
    await done;
    assert.deepEqual(valueOf(editor), changed, "left without a choice, nothing has changed");
  });

  it("passthrough asks for no trust store, and says in the preview what still does not fit", async () => {
    const lambda = {
      Quantity: 1,
      Items: [{ LambdaFunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:f:1", EventType: "viewer-request" }],
    };
    const editor = await open(
      "through.json",
      json(
        wholeConfig([customOrigin()], {
          DefaultCacheBehavior: { ...behavior, ViewerProtocolPolicy: "https-only", LambdaFunctionAssociations: lambda },
        }),
      ),
    );
    const done = change("enable", editor.document.uri);
    await choose("passthrough");
    const remark = await reviewing.opened();
    assert.deepEqual(
      findings(remark.uri)
        .filter(({ code }) => code !== undefined)
        .map(ruleOf)
        .sort(),
      ["viewer-mtls/passthrough-headers", "viewer-mtls/passthrough-lambda-at-edge"],
      "beside the change as well",
    );
    const said = await reviewing.apply();
    await done;
    assert.equal(asked, undefined);
    assert.match(
      said,
      /^\*\*This change causes errors: AWS would reject it, or it would not work:\*\*\n\n- [^\n]+ \[viewer-mtls\/passthrough-lambda-at-edge\]\(https:\/\/docs\.aws[^)]+\)\n\nMode: passthrough\n/,
    );
    assert.match(
      said,
      /\*\*Problems in the file after the change\*\*\n\n- [^\n]+ \[viewer-mtls\/passthrough-headers\]\(https:/,
    );
    assert.match(said, /Caching is turned off for Default \(\*\)/);
    assert.match(editor.document.getText(), /4135ea2d-6df8-44a3-9df3-4b5a84be39ad/);
    await rulesBecome(editor.document.uri, [
      "viewer-mtls/passthrough-headers",
      "viewer-mtls/passthrough-lambda-at-edge",
    ]);
  });

  it("what is typed for a trust store is judged by the rules, also those that are switched off", async () => {
    const editor = await open("typed.json", json(wholeConfig([customOrigin()], { ViewerMtlsConfig: required })));
    isHeld = true;
    void change("enable", editor.document.uri);
    const modes = await choose("required");
    assert.match(modes.items[1]?.description ?? "", /^current · /);
    const box = await until("the input box", () => asked);
    assert.equal(box.value, "ts_0123456789", "the one that is there");
    assert.deepEqual([box.title, box.step, box.totalSteps], ["Enable Viewer mTLS: typed.json", 2, 2]);
    const judged = async (value: string, message: RegExp) => {
      await enter(box, value);
      return until(String(message), () => {
        const said = box.validationMessage;
        return typeof said === "object" && message.test(said.message) && said;
      });
    };
    assert.equal((await judged("", /is empty/)).severity, vscode.InputBoxValidationSeverity.Error);
    await judged(
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/0123456789abcdef",
      /a load balancer trust store/,
    );
    assert.equal(picks.length, 0, "it was refused");
    const warned = await judged("<trust store id>", /./);
    assert.equal(warned.severity, vscode.InputBoxValidationSeverity.Warning);
    await reviewing.opened();
    await reviewing.discard();
  });

  it("leads back through every step to what was chosen, also of several configs", async () => {
    const before = json({
      blue: wholeConfig([customOrigin()], { ...plainHttp, Comment: "blue" }),
      green: wholeConfig([customOrigin()], { Comment: "green" }),
    });
    const editor = await open("back.json", before);
    isHeld = true;
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const done = change("enable", editor.document.uri);
    const goBack = () => vscode.commands.executeCommand("workbench.action.quickInputBack");
    const accept = () => vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    const at = ({ title, step, totalSteps, buttons }: Pick | vscode.InputBox) => [
      title,
      step,
      totalSteps,
      buttons.length,
    ];
    const configs = await pickWith("blue");
    assert.deepEqual(at(configs), ["Enable Viewer mTLS: back.json", 1, 3, 0]);
    await accept();
    const modes = await choose("required");
    assert.deepEqual(at(modes), ["Enable Viewer mTLS: blue in back.json", 2, 4, 1]);
    const box = await until("the input box", () => asked);
    assert.deepEqual(at(box), ["Enable Viewer mTLS: blue in back.json", 3, 4, 1]);
    await enter(box, "ts_1");
    await choose("https-only");
    await reviewing.opened();
    await reviewing.discard();
    await done;

    picks.length = 0;
    asked = undefined;
    const again = change("enable", editor.document.uri);
    await pickWith("blue");
    await accept();
    await choose("required");
    await enter(await until("the input box", () => asked), "ts_1");
    asked = undefined;
    await pickWith("https-only");
    await goBack();
    const second = await until("the input box", () => asked);
    assert.equal((second as vscode.InputBox).value, "ts_1");
    await goBack();
    const mode = await until("the modes", () =>
      picks.findLast(({ items }) => items[0]?.label === "$(unlock) optional"),
    );
    assert.equal(mode.activeItems[0]?.label, "$(lock) required");
    await goBack();
    const first = await until("the configs", () => (picks.at(-1)?.step === 1 ? picks.at(-1) : undefined));
    assert.equal(first.activeItems.length, 1);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await again;
    assert.equal(editor.document.getText(), before);
  });

  it("on a config that has it, the same command changes mode and trust store, and nothing else of the block", async () => {
    const flags = { AdvertiseTrustStoreCaNames: true };
    const editor = await open(
      "again.json",
      json({ ViewerMtlsConfig: { Mode: "required", TrustStoreConfig: { TrustStoreId: "old", ...flags } } }),
    );
    typed = "ts_new";
    const done = change("enable", editor.document.uri);
    await choose("optional");
    await reviewing.apply();
    await done;
    assert.deepEqual(valueOf(editor), {
      ViewerMtlsConfig: { Mode: "optional", TrustStoreConfig: { TrustStoreId: "ts_new", ...flags } },
    });
    const again = change("enable", editor.document.uri);
    await choose("optional");
    await again;
    assert.match(said.at(-1) ?? "", /already has this configuration\. Nothing to change/);
  });

  it("disabled, the block goes", async () => {
    const editor = await open("off.json", json(wholeConfig([customOrigin()], { ViewerMtlsConfig: required })));
    const done = change("disable", editor.document.uri);
    await reviewing.apply(/Any viewer can then connect to the distribution without a certificate/);
    await done;
    assert.equal(editor.document.getText(), json(wholeConfig()));
    await change("disable", editor.document.uri);
    assert.match(said.at(-1) ?? "", /already off/);
  });

  it("left at any step, nothing has changed", async () => {
    const before = json(wholeConfig([customOrigin()], plainHttp));
    const editor = await open("left.json", before);
    const leave = () => vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    const steps: readonly (() => Promise<unknown>)[] = [
      () => pickWith("optional"),
      () => choose("optional"),
      () => pickWith("redirect-to-https"),
      () => choose("redirect-to-https"),
      () => reviewing.opened(),
    ];
    for (const stop of [1, 3, 5]) {
      typed = "ts_0123456789";
      picks.length = 0;
      const done = change("enable", editor.document.uri);
      for (const step of steps.slice(0, stop)) await step();
      await leave();
      if (stop === steps.length) await vscode.window.tabGroups.close(preview() ?? assert.fail());
      await done;
      assert.equal(editor.document.getText(), before);
      await until("no comparison", () => preview() === undefined);
    }
    typed = undefined;
    const done = change("enable", editor.document.uri);
    await choose("optional");
    await done;
    assert.equal(editor.document.getText(), before);
  });

  it("a file that changed while the review was open is reviewed anew in the same editor", async () => {
    const editor = await open("meanwhile.json", json(wholeConfig()));
    typed = "ts_0123456789";
    const done = change("enable", editor.document.uri);
    await choose("required");
    const { uri } = await reviewing.opened();
    await replace(editor.document, ['"Comment": ""', '"Comment": "edited"']);
    // Before it is shown anew nothing is applied: nobody has seen it.
    await reviewing.apply();
    const updated = await reviewing.opened(
      /^\*\*The file changed while this review was open\. This is the updated change/,
    );
    assert.equal(updated.uri.toString(), uri.toString());
    assert.match((await vscode.workspace.openTextDocument(uri)).getText(), /"Comment": "edited"/);
    assert.match(said.at(-1) ?? "", /^The file changed while the review was open/);
    assert.deepEqual(valueOf(editor), { ...wholeConfig(), Comment: "edited" }, "not applied yet");
    await reviewing.apply();
    await done;
    assert.deepEqual(valueOf(editor), {
      ...wholeConfig([customOrigin()], { ViewerMtlsConfig: required }),
      Comment: "edited",
    });
  });

  it("a part of a config, and a block that CloudFront does not read, are said to be so", async () => {
    const part = await open("part.json", json(customOrigin()));
    await change("enable", part.document.uri);
    assert.match(said.at(-1) ?? "", /part of a distribution config/);
    const misspelled = await open("misspelled.json", json(wholeConfig([customOrigin()], { ViewerMtls: required })));
    await change("enable", misspelled.document.uri);
    assert.match(said.at(-1) ?? "", /CloudFront does not accept the viewer mTLS settings as written/);
  });

  it("has a code lens above the block, which names the mode, and hovers that say who is refused", async () => {
    const { document } = await open(
      "lens-of-viewers.json",
      json(wholeConfig([customOrigin()], { ViewerMtlsConfig: required })),
    );
    const ofViewers = await until("lenses", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        100,
      );
      const found = lenses
        .filter(({ range }) => document.getText(range) === '"ViewerMtlsConfig"')
        .map(({ command }) => [command?.title, command?.command]);
      return found.length > 0 && found;
    });
    assert.deepEqual(ofViewers, [
      ["$(shield) Viewer mTLS required: Change…", "mtls.enableViewerMtls"],
      ["Disable…", "mtls.disableViewerMtls"],
      ["Verify…", "mtls.verifyEndpoint"],
    ]);
    for (const text of ['"ViewerMtlsConfig"', '"Mode"', '"required"']) {
      const at = document.positionAt(document.getText().indexOf(text) + 2);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        at,
      );
      const shown = hovers
        .flatMap(({ contents }) => contents.map((content) => (typeof content === "string" ? content : content.value)))
        .join("\n");
      assert.match(shown, /Clients without a certificate are accepted/, text);
    }
  });
});

/** Puts something in the place of a member of `vscode.window`, until it is disposed of. */
function replaced(name: keyof typeof vscode.window, value: unknown): vscode.Disposable {
  const original = vscode.window[name];
  Object.defineProperty(vscode.window, name, { value, configurable: true, writable: true });
  return {
    dispose: () => Object.defineProperty(vscode.window, name, { value: original, configurable: true, writable: true }),
  };
}

/** Every quick pick that is made, to look at and to move in. */
function rememberingPicks(picks: Pick[], marked: WeakMap<Pick, readonly vscode.QuickPickItem[]>): () => Pick {
  const original = vscode.window.createQuickPick;
  return () => {
    const pick = original.call(vscode.window);
    picks.push(pick);
    pick.onDidChangeActive((items) => marked.set(pick, items));
    return pick;
  };
}

/** Every input box that is made, once it is shown. */
function typingBoxes(shown: (box: vscode.InputBox) => void): () => vscode.InputBox {
  const original = vscode.window.createInputBox;
  return () => {
    const box = original.call(vscode.window);
    const show = box.show.bind(box);
    box.show = () => {
      show();
      shown(box);
    };
    return box;
  };
}

async function enter(box: vscode.InputBox, text: string): Promise<void> {
  box.value = text;
  await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
}
