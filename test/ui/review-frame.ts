// The page of a live change in the workbench.
import * as assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import { eventually, type Workbench } from "./workbench.ts";

export interface ReviewFrame {
  readonly frame: Frame;
  /** Waits for a phase, as in `review`. */
  phase(phase: string, timeout?: number): Promise<void>;
  /** All that it says. */
  text(): Promise<string>;
  /** Presses a button by what it says. */
  press(button: string | RegExp): Promise<void>;
  isEnabled(button: string | RegExp): Promise<boolean>;
  /** Ticks the box that names what the change means. */
  confirm(): Promise<void>;
}

/** @param title that its heading has */
export async function reviewFrame(
  { page, act }: Workbench,
  title: string | RegExp,
  timeout = 40_000,
): Promise<ReviewFrame> {
  let found: Frame | undefined;
  await eventually(async () => {
    found = undefined;
    for (const frame of page.frames()) {
      const heading = await frame
        .locator("main h1")
        .first()
        .innerText({ timeout: 500 })
        .catch(() => "");
      if (typeof title === "string" ? heading.includes(title) : title.test(heading)) found = frame;
    }
    assert.ok(found, `there is no page "${title}"`);
  }, timeout);
  const frame = found;
  assert.ok(frame !== undefined);
  const button = (name: string | RegExp) => frame.getByRole("button", { name }).first();
  return {
    frame,
    phase: (phase, wait = 60_000) => frame.locator(`.status[data-phase="${phase}"]`).waitFor({ timeout: wait }),
    text: () => frame.locator("main").innerText(),
    press: (name) => {
      act();
      return button(name).click();
    },
    isEnabled: async (name) => !(await button(name).isDisabled()),
    confirm: () => {
      act();
      return frame.getByRole("checkbox").check();
    },
  };
}
