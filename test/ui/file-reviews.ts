// The review of a change of a file, as a person sees it: the diff editor, with a comment and two buttons.
import * as assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { eventually, type Workbench } from "./workbench.ts";

/** What stands beside the change, expanded. */
export const comment = ({ page }: Workbench): Locator =>
  page.locator(".monaco-diff-editor .editor.modified .review-widget");

/** Of the title of the editor in front. */
export const titleButton = ({ page }: Workbench, title: "Apply" | "Discard"): Locator =>
  page.locator(`.editor-group-container.active .editor-actions .action-label[aria-label^="${title}"]`);

/** Waits until a change is shown, with a comment that says this. */
export async function reviewed(workbench: Workbench, text: string | RegExp = ""): Promise<string> {
  await workbench.page.locator(".monaco-diff-editor").waitFor();
  await titleButton(workbench, "Apply").waitFor();
  return eventually(async () => {
    const said = (await comment(workbench).innerText()).replace(/\s+/g, " ");
    assert.ok(typeof text === "string" ? said.includes(text) : text.test(said), said);
    return said;
  });
}

export async function applyReviewed(workbench: Workbench): Promise<void> {
  await workbench.click(titleButton(workbench, "Apply"));
}
