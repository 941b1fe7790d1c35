import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { read } from "../../../src/core/read.ts";
import { domainNameEnabling } from "../../../src/host/authoring/enable-domain-name.ts";
import { listenerEnabling } from "../../../src/host/authoring/enable-listener.ts";
import { changeMtls } from "../../../src/host/authoring/enable-mtls.ts";
import type { Enabling } from "../../../src/host/authoring/enabling.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import { applyReview } from "../../../src/host/editor/reviews.ts";
import { previewScheme } from "../../../src/manifest.ts";
import { stand } from "../aws.ts";
import {
  actionTitled,
  apply,
  cleanUp,
  finding,
  json,
  open,
  positionIn,
  rulesBecome,
  settled,
  until,
} from "../editor.ts";
import { Picks } from "../picks.ts";
import { reviewTab } from "../reviews.ts";

const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const domain = {
  domainName: "api.example.com",
  regionalCertificateArn: certificate,
  endpointConfiguration: { types: ["REGIONAL"] },
  securityPolicy: "TLS_1_0",
};
const uri = "s3://example-truststores/clients.pem";
const on = {
  ...domain,
  securityPolicy: "TLS_1_2",
  mutualTlsAuthentication: { truststoreUri: uri, truststoreVersion: "v1" },
};
const listenerArn =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const trustStore = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063";
const listener = { ListenerArn: listenerArn, Protocol: "HTTPS", Port: 443 };

const labelOf = ({ label }: vscode.CompletionItem) => (typeof label === "string" ? label : label.label);

/** Our completions where `‸` stands. */
async function offered(name: string, text: string): Promise<string[]> {
  const at = text.indexOf("‸");
  const { document } = await open(name, text.replace("‸", ""));
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    document.positionAt(at),
  );
  return items
    .filter(({ label, kind }) => typeof label === "object" && kind !== vscode.CompletionItemKind.Snippet)
    .map(labelOf);
}

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    positionIn(document, text, 2),
  );
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (typeof content === "string" ? content : content.value)))
    .join("\n")
    .replaceAll("\\", "");
}

/** Documents of the test's own, as the extension follows them. */
function followed() {
  const log = vscode.window.createOutputChannel("mTLS test", { log: true });
  const documents = new Documents(
    () => Promise.resolve(createReader(log, {})),
    (error) => assert.fail(String(error)),
  );
  documents.start();
  const subscriptions: vscode.Disposable[] = [documents, log];
  return { documents, log, subscriptions };
}

/** Presses Enter on what a pick or an input box shows, and applies what is reviewed, until the command is done. */
async function acceptUntilDone(
  command: Promise<unknown>,
  done: () => boolean,
  apply: () => Thenable<unknown> = () => vscode.commands.executeCommand("mtls.applyReview"),
): Promise<void> {
  let ended = false;
  void command.then(() => (ended = true));
  await until(
    "the change",
    async () => {
      if (!done()) await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      if (!done() && reviewTab()?.isActive === true) void apply();
      await new Promise((resolve) => setTimeout(resolve, 60));
      return done();
    },
    40_000,
  );
  await until("the end of the command", async () => {
    await vscode.commands.executeCommand("notifications.clearAll");
    return ended;
  });
}

describe("mTLS of domain names and listeners", () => {
  afterEach(cleanUp);

  it("is judged in the editor, and mended by the light bulb", async () => {
    const { document } = await open(
      "domain.json",
      json({
        ...on,
        mutualTlsAuthentication: {
          truststoreUri: "arn:aws:s3:::example-truststores/clients.pem",
          truststoreVersion: "v1",
        },
      }),
    );
    const found = await finding(document.uri, "domain-name/truststore-uri");
    await apply(await actionTitled(document.uri, found, `Change to ${uri}`));
    assert.equal(document.getText(), json(on));
    await rulesBecome(document.uri, ["domain-name/side-door"]);
  });

  it("is explained, and completed, in both", async () => {
    const domainName = await open("hover.json", json(on));
    assert.match(
      await hoverAt(domainName.document, "mutualTlsAuthentication"),
      /requests a certificate from every client/,
    );
    assert.match(await hoverAt(domainName.document, "arn:aws:acm"), /ACM certificate/);
    const one = await open(
      "hover-listener.json",
      json({ ...listener, MutualAuthentication: { Mode: "verify", TrustStoreArn: trustStore } }),
    );
    assert.match(await hoverAt(one.document, '"Mode"'), /passthrough: The load balancer does not reject any client/);
    assert.match(await hoverAt(one.document, '"verify"'), /passthrough: The load balancer does not reject any client/);
    const patch = await open(
      "hover-patch.json",
      json({
        domainName: "a",
        patchOperations: [{ op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: uri }],
      }),
    );
    assert.match(await hoverAt(patch.document, '"/mutual'), /The S3 location of the trust store/);
    assert.deepEqual(await offered("values.json", json(on).replace('"TLS_1_2"', '"‸"')), ["TLS_1_2"]);
    assert.deepEqual(await offered("off.json", json(domain).replace('"TLS_1_0"', '"‸"')), ["TLS_1_0", "TLS_1_2"]);
    assert.ok(
      (await offered("members.json", json(domain).replace('"TLS_1_0"', '"TLS_1_0",\n  ‸'))).includes(
        "mutualTlsAuthentication",
      ),
    );
    assert.deepEqual((await offered("modes.json", json({ ...listener, MutualAuthentication: { Mode: "‸" } }))).sort(), [
      "off",
      "passthrough",
      "verify",
    ]);
    assert.deepEqual(
      await offered(
        "block.json",
        json({ ...listener, MutualAuthentication: { Mode: "verify", TrustStoreArn: trustStore, "‸": 1 } }).replace(
          '"‸": 1',
          "‸",
        ),
      ),
      ["IgnoreClientCertificateExpiry", "AdvertiseTrustStoreCaNames"],
    );
    assert.ok(
      (
        await offered("operations.json", json({ domainName: "a", patchOperations: [{ op: "replace", path: "‸" }] }))
      ).includes("/mutualTlsAuthentication/truststoreUri"),
    );
  });

  it("is enabled on a domain name, in one undo step", async () => {
    // What is there already is proposed: Enter takes it.
    const before = { ...on, securityPolicy: "TLS_1_0" };
    const { document } = await open("enable.json", json(before, "\t"));
    await settled(document.uri);
    await acceptUntilDone(
      Promise.resolve(vscode.commands.executeCommand("mtls.enableMtls", document.uri)),
      () => document.getText() !== json(before, "\t"),
    );
    assert.equal(document.getText(), json(on, "\t"));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), json(before, "\t"));
  });

  it("is enabled on a listener, where the first choice cuts nobody off", async () => {
    const { document } = await open("enable-listener.json", json(listener));
    await settled(document.uri);
    await acceptUntilDone(
      Promise.resolve(vscode.commands.executeCommand("mtls.enableMtls", document.uri)),
      () => document.getText() !== json(listener),
    );
    assert.equal(document.getText(), json({ ...listener, MutualAuthentication: { Mode: "passthrough" } }));
  });

  it("is enabled on the one that is chosen, where a file holds things of both services", async () => {
    // The domain name can be chosen; the listener speaks plain HTTP, and stands below with its reason.
    const before = { api: { ...on, securityPolicy: "TLS_1_0" }, lb: { ...listener, Protocol: "HTTP" } };
    const { document } = await open("enable-both.json", json(before));
    await settled(document.uri);
    await acceptUntilDone(
      Promise.resolve(vscode.commands.executeCommand("mtls.enableMtls", document.uri)),
      () => document.getText() !== json(before),
    );
    assert.equal(document.getText(), json({ ...before, api: on }));
  });

  it("is asked about with a way back to which one is meant, where what was chosen and typed is there again", async () => {
    const text = json({ api: on, lb: listener });
    const { document } = await open("back.json", text);
    const { documents, log, subscriptions } = followed();
    const [previews, picks] = [new Previews(), new Picks()];
    const boxes: vscode.InputBox[] = [];
    const create = vscode.window.createInputBox;
    const boxed = stand("createInputBox", () => {
      const box = create.call(vscode.window);
      boxes.push(box);
      return box;
    });
    subscriptions.push(previews, picks, boxed);
    const goBack = () => vscode.commands.executeCommand("workbench.action.quickInputBack");
    /** The next one that is asked: its title, place, whether it has Back, and what is in it or selected. */
    const nextPick = async () => {
      const pick = await picks.titled("Enable mTLS: ");
      picks.all.length = 0;
      return pick;
    };
    const nextBox = async () => {
      const box = await until("an input box", () => boxes.shift());
      return [box.title, box.step, box.totalSteps, box.buttons.length, box.value];
    };
    const at = (pick: vscode.QuickPick<vscode.QuickPickItem>) => [
      pick.title,
      pick.step,
      pick.totalSteps,
      pick.buttons.length,
      pick.activeItems[0]?.label,
    ];
    try {
      const done = changeMtls("enable", document.uri, { documents, previews, log });
      const first = await nextPick();
      assert.deepEqual(at(first).slice(0, 4), ["Enable mTLS: back.json", 1, 3, 0]);
      await picks.choose(first, ({ label }) => label === "api.example.com");
      const domainTitle = "Enable mTLS: api.example.com in back.json";
      assert.deepEqual(await nextBox(), [domainTitle, 2, 3, 1, uri]);
      await picks.accept();
      assert.deepEqual(await nextBox(), [domainTitle, 3, 3, 1, "v1"]);
      await goBack();
      assert.deepEqual(await nextBox(), [domainTitle, 2, 3, 1, uri]);
      await goBack();
      const again = await nextPick();
      assert.deepEqual(at(again), ["Enable mTLS: back.json", 1, 3, 0, "api.example.com"]);
      await picks.choose(again, ({ label }) => label === "shop:443");
      const modes = await nextPick();
      assert.deepEqual(at(modes).slice(0, 4), ["Enable mTLS: shop:443 in back.json", 2, 3, 1]);
      await picks.choose(modes, ({ label }) => label === "verify");
      assert.deepEqual(await nextBox(), ["Enable mTLS: shop:443 in back.json", 3, 3, 1, ""]);
      await goBack();
      assert.deepEqual(at(await nextPick()), ["Enable mTLS: shop:443 in back.json", 2, 3, 1, "verify"]);
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      await done;
      assert.equal(document.getText(), text);
    } finally {
      vscode.Disposable.from(...subscriptions).dispose();
    }
  });

  it("is disabled on the one whose lens was clicked, as its service reads it", async () => {
    const verify = { ...listener, MutualAuthentication: { Mode: "verify", TrustStoreArn: trustStore } };
    const other = { ...verify, ListenerArn: `${listenerArn.slice(0, -1)}3` };
    const before = { api: on, lb: { Listeners: [verify, other] } };
    const { document } = await open("disable-both.json", json(before));
    await settled(document.uri);
    const disable = async (kind: string, index: number, key: string, done: () => boolean) =>
      acceptUntilDone(
        Promise.resolve(vscode.commands.executeCommand("mtls.disableMtls", { uri: document.uri, kind, index, key })),
        done,
      );
    const off = { ...other, MutualAuthentication: { Mode: "off" } };
    const { mutualTlsAuthentication: _, ...withoutBlock } = on;
    await disable("listeners", 1, other.ListenerArn, () => document.getText().includes('"off"'));
    assert.equal(document.getText(), json({ ...before, lb: { Listeners: [verify, off] } }));
    await settled(document.uri);
    await disable("domain-names", 0, on.domainName, () => !document.getText().includes("truststoreUri"));
    assert.equal(document.getText(), json({ api: withoutBlock, lb: { Listeners: [verify, off] } }));
  });

  it("has a command that reads from a file what no shell can be given, and opens that", async () => {
    const path = "/mutualTlsAuthentication/truststoreUri";
    const tag = { op: "add", path: "/tags/team", value: "a\u202eb c" };
    const { document } = await open(
      "patch.json",
      json({ domainName: "api.example.com", patchOperations: [{ op: "replace", path, value: uri }, tag] }),
    );
    await settled(document.uri);
    const { documents, log, subscriptions } = followed();
    const previews = new Previews();
    const said: string[] = [];
    subscriptions.push(
      previews,
      stand("showInformationMessage", async (message, ...answers) => {
        said.push(String(message));
        return answers.find((one) => /^Copy AWS CLI Command/.test(String(one)));
      }),
    );
    try {
      await acceptUntilDone(
        changeMtls("disable", document.uri, { documents, previews, log }),
        () => document.getText().includes('"value": ""'),
        () => applyReview(undefined),
      );
      assert.match(said.join(), /cannot quote the JSON of the AWS CLI command safely.*save it as parameter\.json/);
      assert.equal(
        await vscode.env.clipboard.readText(),
        "aws apigateway update-domain-name --domain-name api.example.com --patch-operations file://parameter.json",
      );
      assert.deepEqual(JSON.parse(vscode.window.activeTextEditor?.document.getText() ?? ""), [
        { op: "replace", path, value: "" },
        tag,
      ]);
    } finally {
      vscode.Disposable.from(...subscriptions).dispose();
    }
  });

  it("is judged, explained and completed for each of both services", async () => {
    const both = { api: on, lb: { ...listener, MutualAuthentication: { Mode: "Verify", TrustStoreArn: trustStore } } };
    const { document } = await open("both.json", json(both));
    await finding(document.uri, "listener/mode");
    assert.match(await hoverAt(document, "mutualTlsAuthentication"), /requests a certificate from every client/);
    assert.match(await hoverAt(document, '"Mode"'), /passthrough: The load balancer does not reject any client/);
    assert.deepEqual((await offered("both-modes.json", json(both).replace('"Verify"', '"‸"'))).sort(), [
      "off",
      "passthrough",
      "verify",
    ]);
  });

  it("offers verify alone on a listener of a Network Load Balancer", async () => {
    const network = {
      ...listener,
      ListenerArn: listenerArn.replace("/app/", "/net/"),
      Protocol: "TLS",
      MutualAuthentication: { Mode: "off", TrustStoreArn: trustStore },
    };
    const { document } = await open("enable-network.json", json(network));
    await acceptUntilDone(
      Promise.resolve(vscode.commands.executeCommand("mtls.enableMtls", document.uri)),
      () => document.getText() !== json(network),
    );
    assert.equal(
      document.getText(),
      json({ ...network, MutualAuthentication: { Mode: "verify", TrustStoreArn: trustStore } }),
    );
  });

  it("has no command for a listener with identity filters, and says why and where to go", () => {
    const filters = [{ Action: "accept", Field: "subject-cn", MatchType: "exact", Value: "client.example.com" }];
    const network = { ...listener, ListenerArn: listenerArn.replace("/app/", "/net/"), Protocol: "TLS" };
    const one = (MutualAuthentication: object, of: object = network) =>
      listenerEnabling.among(
        read({ text: json({ ...of, MutualAuthentication }), syntax: "json", name: "filters.json" }),
      )[0] ?? assert.fail();
    const bash = { shell: "sh", name: "bash" } as const;
    const verify = { Mode: "verify", TrustStoreArn: trustStore };
    const filtered = one({ ...verify, ClientCertificateIdentityFilters: filters });
    assert.equal(listenerEnabling.command(filtered, bash, one({ Mode: "off" })), undefined);
    const advice = listenerEnabling.advice(filtered, { mode: "verify", trustStore }).map(({ label }) => label);
    assert.ok(advice.includes("$(circle-slash) Clients that match no identity filter are rejected"));
    assert.match(
      listenerEnabling.commandNote?.(filtered, one({ Mode: "off" })) ?? "",
      /There is no AWS CLI command to copy[^.]+ClientCertificateIdentityFilters yet[^]+Amazon EC2 console\.$/,
    );
    // The AWS CLI does not show filters that are there.
    assert.match(String(listenerEnabling.command(one(verify), bash, one(verify))), /^aws elbv2 modify-listener /);
    assert.match(
      listenerEnabling.commandNote?.(one(verify), one(verify)) ?? "",
      /does not know client certificate identity filters/,
    );
    assert.equal(listenerEnabling.commandNote?.(one(verify), one({ Mode: "off" })), undefined);
    assert.equal(listenerEnabling.commandNote?.(one(verify, listener), one(verify, listener)), undefined);
  });

  it("shows no client secret of a listener in the preview, and leaves it in the document", async () => {
    const secret = "sample-only-not-a-secret";
    const before = {
      ...listener,
      DefaultActions: [
        { Type: "authenticate-oidc", Order: 1, AuthenticateOidcConfig: { ClientId: "shop", ClientSecret: secret } },
      ],
    };
    const { document } = await open("enable-secret.json", json(before));
    await settled(document.uri);
    const previews: vscode.TextDocument[] = [];
    const opened = vscode.workspace.onDidOpenTextDocument(
      (other) => void (other.uri.scheme === previewScheme && previews.push(other)),
    );
    await acceptUntilDone(
      Promise.resolve(vscode.commands.executeCommand("mtls.enableMtls", document.uri)),
      () => document.getText() !== json(before),
    ).finally(() => opened.dispose());
    assert.equal(document.getText(), json({ ...before, MutualAuthentication: { Mode: "passthrough" } }));
    assert.equal(previews.length, 2);
    for (const preview of previews) assert.match(preview.getText(), /"ClientSecret": "••••••"/);
  });

  it("is named by itself, in a sentence and at its beginning, also where the document has no name for it", () => {
    // As an input of create-listener: the listener has no ARN yet.
    const created = { LoadBalancerArn: "LOAD_BALANCER", Protocol: "HTTPS" };
    const named = <One, Intent>({ among, labelOf: label, nameOf, alreadyText }: Enabling<One, Intent>, value: object) =>
      among(read({ text: json(value), syntax: "json", name: "names.json" })).map((one) => [
        label(one),
        nameOf(one),
        alreadyText(one),
      ]);
    assert.deepEqual(named(listenerEnabling, { Listeners: [listener, { ...created, Port: 443 }] }), [
      ["shop:443", "shop:443", "shop:443 already has this configuration."],
      ["Listener on port 443", "the listener on port 443", "The listener on port 443 already has this configuration."],
    ]);
    assert.deepEqual(named(listenerEnabling, created), [
      ["Listener", "the listener", "The listener already has this configuration."],
    ]);
    assert.deepEqual(named(domainNameEnabling, on), [
      ["api.example.com", "api.example.com", "api.example.com already has this configuration."],
    ]);
    const { domainName: _, ...unnamed } = on;
    assert.deepEqual(named(domainNameEnabling, unnamed), [
      ["Domain name", "the domain name", "The domain name already has this configuration."],
    ]);
  });

  it("changes nothing where it is left, cannot be, or the document is another", async () => {
    const texts = [
      json(domain),
      json({ ...domain, endpointConfiguration: { types: ["EDGE"] } }),
      json({ ...listener, Protocol: "HTTP" }),
      json({ name: "x" }),
      json(domain).slice(0, -3),
    ];
    for (const [index, text] of texts.entries()) {
      const { document } = await open(`left${index}.json`, text);
      await settled(document.uri);
      let ended = false;
      void vscode.commands.executeCommand("mtls.enableMtls", document.uri).then(() => (ended = true));
      await until("the end of the command", async () => {
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
        await vscode.commands.executeCommand("notifications.clearAll");
        return ended;
      });
      assert.equal(document.getText(), text);
    }
  });
});
