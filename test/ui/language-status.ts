import type { Workbench } from "./workbench.ts";

/** What the list beside the language mode says, once it says this. */
export async function languageStatus({ page, click }: Workbench, text: RegExp): Promise<string> {
  const row = page.locator(".hover-language-status", { hasText: text }).first();
  for (let tries = 0; tries < 20 && !(await row.isVisible()); tries++) {
    await click(page.locator("#status\\.languageStatus"));
    await row.waitFor({ timeout: 1_000 }).catch(() => undefined);
  }
  return row.innerText();
}
