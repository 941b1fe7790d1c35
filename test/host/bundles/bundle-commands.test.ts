import * as assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import * as vscode from "vscode";
import { copyCommandLabel } from "../../../src/core/messages/copied-for.ts";
import { readInSteps, reread } from "../../../src/core/read.ts";
import { atOnce } from "../../../src/core/steps.ts";
import { noVerdicts } from "../../../src/core/x509/path/verdicts.ts";
import { mergeFiles, splitFile } from "../../../src/host/bundles/bundle-commands.ts";
import { keepTaken } from "../../../src/host/bundles/keep-taken.ts";
import type { BundleTools } from "../../../src/host/bundles/tools.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { fileName } from "../../../src/host/editor/files.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import { terminal } from "../../../src/host/editor/terminal.ts";
import { rootPem } from "../../core/truststore/stores.ts";
import { rsaKey } from "../../core/x509/der-writer.ts";
import { stand } from "../aws.ts";
import { cleanUp, folder, open, textOnDisk, until, write } from "../editor.ts";
import { authority, client, fakeCrl, fakeKey } from "../pem-files.ts";
import { consequences, Reviewing, textOf } from "../reviews.ts";

describe("commands on bundles", () => {
  const root = authority("CN=Root");
  const issuing = authority("CN=Issuing", { issuer: root });
  const leaf = client("CN=client", { issuer: issuing });
  let tools: BundleTools & { readonly documents: Documents; readonly previews: Previews };
  let standing: vscode.Disposable[] = [];
  let reviewing: Reviewing;
  let asked: { message: string; detail: string }[] = [];

  before(() => {
    const documents = new Documents(
      () =>
        Promise.resolve({
          read: (document, text) => readInSteps({ text, syntax: "pem", name: fileName(document.uri) }),
          reread,
          isOurs: () => true,
          check: () => atOnce(() => []),
        }),
      (error) => assert.fail(String(error)),
    );
    documents.start();
    tools = {
      documents,
      previews: new Previews(),
      signatures: { verdicts: noVerdicts, verify: () => Promise.resolve(false) },
    };
  });
  beforeEach(() => {
    reviewing = new Reviewing();
  });
  afterEach(async () => {
    reviewing.dispose();
    for (const one of standing) one.dispose();
    standing = [];
    asked = [];
    for (const part of ["certificate", "chain", "key"])
      await vscode.workspace.fs
        .delete(vscode.Uri.joinPath(folder(), `split.${part}.pem`))
        .then(undefined, () => undefined);
    await cleanUp();
  });
  after(() => {
    tools.documents.dispose();
    tools.previews.dispose();
  });

  /** What every question and message is answered with, where it is offered. */
  function answering(...answers: readonly string[]): void {
    for (const name of ["showWarningMessage", "showInformationMessage"] as const) {
      standing.push(
        stand(name, (message, ...rest) => {
          const [options] = rest;
          const detail =
            typeof options === "object" && options !== null && "detail" in options ? String(options.detail) : "";
          asked.push({ message: String(message), detail });
          return Promise.resolve(rest.find((one) => typeof one === "string" && answers.includes(one)));
        }),
      );
    }
  }

  const part = (name: string) => vscode.Uri.joinPath(folder(), `split.${name}.pem`);
  const isThere = (uri: vscode.Uri) =>
    vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );

  it("split a file for ACM: each part by itself, the key readable by its owner alone", async () => {
    const uri = await write(
      "split.pem",
      `# mtls: target=origin\r\n${root.pem}${fakeKey}${leaf.pem}${issuing.pem}`.replaceAll("\n", "\r\n"),
    );
    answering("Write Files", copyCommandLabel(terminal()));
    await splitFile(uri, tools);
    assert.equal(await textOnDisk(part("certificate")), leaf.pem);
    assert.equal(await textOnDisk(part("chain")), issuing.pem + root.pem);
    assert.equal(await textOnDisk(part("key")), fakeKey);
    if (process.platform !== "win32") assert.equal((await stat(part("key").fsPath)).mode & 0o777, 0o600);
    assert.match(asked[0]?.detail ?? "", /split\.certificate\.pem\nsplit\.chain\.pem\nsplit\.key\.pem/);
    assert.match(asked[0]?.detail ?? "", /only you can read|nobody else can read/);
    const command = await vscode.env.clipboard.readText();
    assert.equal(
      command,
      "aws acm import-certificate --certificate fileb://split.certificate.pem --private-key fileb://split.key.pem --certificate-chain fileb://split.chain.pem --region us-east-1",
    );
  });

  it("left unanswered, nothing is written; what is there is not overwritten unasked", async () => {
    const uri = await write("split.pem", leaf.pem + issuing.pem);
    answering();
    await splitFile(uri, tools);
    assert.equal(await isThere(part("certificate")), false);
    await write("split.chain.pem", "mine");
    await splitFile(uri, tools);
    assert.match(asked.at(-1)?.detail ?? "", /overwritten: split\.chain\.pem/);
    assert.match(asked.at(-1)?.detail ?? "", /no private key/);
    assert.equal(await textOnDisk(part("chain")), "mine");
  });

  it("what cannot be split is said", async () => {
    answering("Write Files");
    await splitFile(await write("split.pem", root.pem + issuing.pem), tools);
    assert.match(asked[0]?.message ?? "", /All 2 certificates in this file are CA certificates/);
    await splitFile(await write("split.pem", "nothing at all"), tools);
    assert.equal(asked.length, 2);
  });

  it("what hides in a file is said, and not gone on without", async () => {
    const hidden = issuing.pem.replace(/^(?=.)/gm, "> ");
    answering("Write Files");
    await splitFile(await write("split.pem", leaf.pem + hidden), tools);
    assert.match(
      asked.at(-1)?.message ?? "",
      /This file contains a block \(CERTIFICATE\) that is not written as plain PEM.*part of its chain/,
    );
    const [one, two] = [await write("merge-one.pem", leaf.pem + hidden), await write("merge-two.pem", root.pem)];
    answering("OK");
    await mergeFiles(one, [one, two], tools);
    assert.match(
      asked.at(-1)?.message ?? "",
      /Merged 2 certificates.*Left out, because they are not written as plain PEM.*: CERTIFICATE in merge-one\.pem\./,
    );
    const { document } = await open("keep.pem", root.pem + hidden);
    await keepTaken(document.uri, () => ["cloudfront"], tools);
    assert.match(asked.at(-1)?.message ?? "", /^CloudFront rejects keep\.pem for reasons /);
    assert.match(
      asked.at(-1)?.detail ?? "",
      /^Line \d+: This file contains a block \(CERTIFICATE\) that is not written as plain PEM/,
    );
    assert.equal(document.getText(), root.pem + hidden);
  });

  it("merge files: certificates alone, each once", async () => {
    const [one, two] = [
      await write("merge-one.pem", `# mtls: target=alb\n${root.pem}${fakeKey}`),
      await write("merge-two.pem", root.pem + issuing.pem + fakeCrl),
    ];
    answering("OK");
    await mergeFiles(one, [one, two], tools);
    await until("a new document", () => vscode.window.activeTextEditor?.document.isUntitled);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), root.pem + issuing.pem);
    assert.match(
      asked.at(-1)?.message ?? "",
      /Merged 2 certificates from 2 files\. Duplicates left out: 1\. Private keys left out.*: 1\. Other PEM blocks left out: 1\./,
    );
  });

  it("keep only what a service takes: reviewed beside it first, and one undo step", async () => {
    const before = root.pem + leaf.pem + fakeKey;
    const { document } = await open("keep.pem", before);
    answering();
    const done = keepTaken(document.uri, () => ["cloudfront"], tools);
    const remark = await reviewing.opened();
    const said = textOf(remark);
    assert.match(
      said,
      /^This change removes 1 certificate and 1 private key from this file\. If you still need the private key, save it elsewhere first\.\n/,
    );
    assert.match(
      said,
      /- Line \d+: “client[^\n]*\n- Line \d+: This is a private key\.[^]*CloudFront accepts the file\./,
    );
    assert.equal(remark.thread.range?.end.line, root.pem.split("\n").length - 2, "below what stays above it");
    assert.equal(document.getText(), before, "nothing changes before that");
    await reviewing.apply();
    await done;
    assert.equal(document.getText(), root.pem);
    assert.deepEqual(asked, [], "no message lies over it");
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("whose clients are rejected is a warning beside what goes", async () => {
    const weak = rootPem({ subject: "CN=Weak", issuer: "CN=Weak", publicKey: rsaKey(1024) });
    const { document } = await open("keep.pem", root.pem + weak);
    const done = keepTaken(document.uri, () => ["cloudfront"], tools);
    const remark = await reviewing.opened(/Clients with certificates below “Weak” will be rejected/);
    assert.deepEqual(consequences(remark), ["Warning: Clients with certificates below “Weak” will be rejected."]);
    await reviewing.discard();
    await done;
    assert.equal(document.getText(), root.pem + weak);
  });

  it("an edit while the service is asked has it asked again, and nothing is lost", async () => {
    const { document } = await open("keep.pem", root.pem + leaf.pem);
    answering();
    let asks = 0;
    const verify = async (): Promise<boolean> => {
      if (asks++ > 0) return false;
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "# another\n");
      return vscode.workspace.applyEdit(edit);
    };
    const done = keepTaken(document.uri, () => ["cloudfront"], {
      ...tools,
      signatures: { ...tools.signatures, verify },
    });
    await reviewing.apply();
    await done;
    assert.equal(document.getText(), `# another\n${root.pem}`);
  });

  it("discarded, nothing is changed; where all is taken, that is said", async () => {
    const { document } = await open("keep.pem", root.pem + leaf.pem);
    answering("OK");
    const done = keepTaken(document.uri, () => ["cloudfront"], tools);
    await reviewing.discard();
    await done;
    assert.equal(document.getText(), root.pem + leaf.pem);
    const all = await open("keep-all.pem", root.pem);
    await keepTaken(all.document.uri, () => ["alb"], tools);
    assert.match(
      asked.at(-1)?.message ?? "",
      /^Application Load Balancer accepts keep-all\.pem\. There is nothing to remove\.$/,
    );
  });
});
