// The commands of a change that is not sent, for the shell that is set.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Decision } from "../../../src/account/live/review/live-review.ts";
import type { Terminal } from "../../../src/core/shell.ts";
import { certificates, distributions } from "../../sandbox/world.ts";
import { useSandbox } from "./distributions.ts";
import { openWindow, type Window } from "./window.ts";

const behind = useSandbox();

/** What is chosen in the preview, one after the other, before it is left. */
async function chosen(terminal: Terminal, ...decisions: readonly Decision[]): Promise<Window> {
  const window = openWindow();
  window.settings.terminal = terminal;
  const { ui } = window;
  ui.distribution = distributions.single;
  ui.origins = ["catalog"];
  ui.certificates = [certificates.spare];
  ui.decide(...decisions);
  ui.writeFiles = async () => ["100%.json"];
  await window.live.change("enable", undefined);
  assert.equal(await behind.puts(), 0);
  return window;
}

describe("the commands of a dry run", () => {
  test("are for the shell that is set, which the answer names; the wait runs only after success", async () => {
    for (const [terminal, joint] of [
      [{ shell: "sh", name: "zsh" }, " &&\naws"],
      [{ shell: "cmd", name: "cmd" }, " && aws"],
      [{ shell: "powershell", name: "PowerShell" }, "\nif ($LASTEXITCODE -eq 0) { aws"],
    ] as const) {
      const { ui } = await chosen(terminal, "commands");
      const [review] = ui.reviews;
      assert.match(
        review?.actions.find(({ action }) => action === "commands")?.label ?? "",
        new RegExp(`\\(${terminal.name}\\)$`),
      );
      const [commands = ""] = ui.copied;
      assert.ok(commands.includes(`${distributions.single}.json${joint} `), commands);
      assert.match(ui.messages, /Copied\. [^]*Origin mTLS needs an AWS CLI from 2026-02-02 or later/);
    }
  });

  test("another shell than those that are known is told which one they are for", async () => {
    const { ui } = await chosen({ shell: "sh", name: "sh", insteadOf: "nu" }, "commands");
    assert.match(ui.messages, /Run this in sh\. It cannot be written for nu\./);
  });

  test("what cannot be quoted is said, and nothing is copied", async () => {
    const { ui } = await chosen({ shell: "cmd", name: "cmd" }, "file", "commands");
    assert.deepEqual(ui.copied, []);
    assert.match(ui.messages, /There is no command to copy, because cmd cannot quote “file:\/\/100%\.json” safely\./);
  });
});
