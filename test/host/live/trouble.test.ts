import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { longestWait } from "../../../src/account/live/kept.ts";
import type { RecordStore } from "../../../src/account/live/record-store.ts";
import type { UndoRecord, WaitRecord } from "../../../src/account/live/records.ts";
import type { DraftName } from "../../../src/host/live/drafts/draft.ts";
import { isAnythingKept, tellKept } from "../../../src/host/live/kept.ts";
import { done, undo } from "../../account/live/records.ts";
import { recordsIn, testFolder } from "../../account/storage.ts";
import { certificates, distributions } from "../../sandbox/world.ts";
import { replace, textOnDisk, write } from "../editor.ts";
import { openWindow, useWindows, type Window } from "./live-bench.ts";

const account = "111122223333";
const distribution = (id: string) => ({ kind: "distribution", id }) as const;

// What goes wrong around a change, apart from what AWS says to it.
describe("live changes in trouble", () => {
  const aws = useWindows();

  async function openDraft(window: Window, id: string): Promise<vscode.TextDocument> {
    await window.live.commands["mtls.openDistributionConfig"](distribution(id));
    return vscode.workspace.openTextDocument(window.drafts.uriOf({ account, id }));
  }

  /** A draft with seven new certificates: two calls. */
  async function draftOfSeveral(window: Window): Promise<() => Promise<void>> {
    const document = await openDraft(window, distributions.several);
    const arns = [certificates.spare, ...certificates.fleet];
    const text = document
      .getText()
      .replaceAll(
        /"OriginProtocolPolicy": "[\w-]+",/g,
        () =>
          `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${arns.shift() ?? ""}" },`,
      );
    assert.deepEqual(arns, []);
    await replace(document, [document.getText(), text]);
    return () => window.live.commands["mtls.applyToCloudFront"](document.uri);
  }

  describe("what is shown", () => {
    it("errors count as the user set them, not as a folder does", async () => {
      const configuration = vscode.workspace.getConfiguration();
      await configuration.update(
        "mtls.rules",
        { "origin/client-certificate-unfit": "off", "origin/client-certificate-expired": "off" },
        vscode.ConfigurationTarget.Workspace,
      );
      try {
        const window = openWindow();
        window.ui.distribution = distributions.single;
        window.ui.origins = ["catalog"];
        window.ui.certificates = [certificates.expired];
        await window.live.change("enable", undefined);
        assert.match(window.ui.messages, /This certificate cannot be used\. .*expired/);
        const document = await openDraft(window, distributions.single);
        await replace(document, [
          '"OriginProtocolPolicy": "https-only",',
          `"OriginProtocolPolicy": "https-only", "OriginMtlsConfig": { "ClientCertificateArn": "${certificates.expired}" },`,
        ]);
        await window.live.commands["mtls.applyToCloudFront"](document.uri);
        const review = window.ui.reviews.at(-1) ?? assert.fail("nothing is shown");
        assert.notEqual(review.blocked, undefined);
        assert.equal(review.actions.find(({ action }) => action === "apply")?.isEnabled, false);
        assert.ok(
          review.plan.introduced.problems.some(
            ({ rule, severity }) => rule === "origin/client-certificate-expired" && severity === "error",
          ),
          JSON.stringify(review.plan.introduced),
        );
      } finally {
        await configuration.update("mtls.rules", undefined, vscode.ConfigurationTarget.Workspace);
      }
    });
  });

  describe("what a flow waits for", () => {
    it("does not hide by itself: where secrets come under git", async () => {
      const window = openWindow();
      await write(".git/HEAD", "ref: refs/heads/main\n");
      window.ui.target = await write("secrets.json", "");
      await window.live.commands["mtls.saveDistributionConfig"](distribution(distributions.headers));
      assert.deepEqual(
        window.ui.said.map(({ message, severity }) => [/ is in a Git repository/.exec(message)?.[0], severity]),
        [[" is in a Git repository", "confirm"]],
      );
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(window.ui.target, "../.git"), { recursive: true });
    });
  });

  describe("the dry run of several calls", () => {
    it("asks once before it writes over files that nobody chose, and writes none without a yes", async () => {
      const window = openWindow();
      const apply = await draftOfSeveral(window);
      window.ui.target = await write("steps.json", "chosen, and not written");
      const [one, two] = [
        await write("steps-1.json", "mine"),
        vscode.Uri.joinPath(window.ui.target, "../steps-2.json"),
      ];
      window.ui.decide("file", "file", "discard");
      await apply();
      const asked = window.ui.said.filter(({ severity }) => severity === "confirm");
      assert.deepEqual(
        asked.map(({ message }) => message),
        [
          "Files that already exist: steps-1.json. Their contents will be lost. Overwrite them?",
          "Files that already exist: steps-1.json. Their contents will be lost. Overwrite them?",
        ],
      );
      assert.equal(await textOnDisk(one), "mine");
      window.ui.decide("file", "discard");
      window.ui.answer(/Files that already exist/, "Overwrite");
      await apply();
      assert.match(await textOnDisk(one), /"CallerReference"/);
      assert.match(await textOnDisk(two), /"CallerReference"/);
      assert.equal(await textOnDisk(window.ui.target), "chosen, and not written");
      await vscode.workspace.fs.delete(two);
    });
  });

  describe("at the start of a window", () => {
    const id = "E1SINGLE000008";
    const keeping = async (waits: readonly Partial<WaitRecord>[], undos: readonly Partial<UndoRecord>[] = []) => {
      const records = recordsIn(testFolder());
      for (const wait of waits) await records.putWait(done({ account, id, ...wait }));
      for (const one of undos) await records.putUndo(undo({ account, id, ...one }));
      return records;
    };
    const told = async (records: RecordStore, answer?: string): Promise<readonly string[]> => {
      const messages: string[] = [];
      const original = vscode.window.showInformationMessage;
      const instead = async (message: string) => {
        messages.push(message);
        return answer;
      };
      Object.defineProperty(vscode.window, "showInformationMessage", {
        value: instead,
        configurable: true,
        writable: true,
      });
      try {
        await tellKept(records, 1_000 + longestWait);
      } finally {
        Object.defineProperty(vscode.window, "showInformationMessage", {
          value: original,
          configurable: true,
          writable: true,
        });
      }
      return messages;
    };

    it("changes whose end nobody told are named, those of a day ago are not, and AWS is not asked", async () => {
      assert.deepEqual(await told(await keeping([])), []);
      assert.deepEqual(await told(await keeping([{ at: 999 }], [{ at: 999 }])), []);
      const [message, ...more] = await told(await keeping([1_000, 1_001].map((at) => ({ at, isTaken: false }))));
      assert.match(message ?? "", /: E1SINGLE000008\./, "several of one distribution are one");
      const [doubt] = await told(await keeping([{ at: 999, isTaken: false }]));
      assert.match(doubt ?? "", /E1SINGLE000008/, "whether AWS has it at all is still of interest");
      assert.deepEqual(more, []);
      assert.deepEqual(await aws.sandbox.requests(), []);
    });

    it("nothing is loaded to go on with, unless a change or a draft was kept", async () => {
      const isKept = (records: RecordStore, names: readonly DraftName[] = []) =>
        isAnythingKept(records, { names: async () => names });
      assert.equal(await isKept(await keeping([])), false);
      assert.equal(await isKept(await keeping([{ at: 1 }])), true);
      assert.equal(await isKept(await keeping([], [{ at: 1 }])), true);
      assert.equal(await isKept(await keeping([]), [{ account, id: "E1SINGLE000008" }]), true);
    });
  });
});
