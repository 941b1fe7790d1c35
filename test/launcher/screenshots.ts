import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { screenshotsFolder } from "./places.ts";

/** In the environment: `failed`, or all. To paint them is a tenth of what the tests in a browser cost. */
export const screenshotsVariable = "MTLS_SCREENSHOTS";

/**
 * Where a screenshot goes; `undefined`: it is not taken.
 * @param of what it is, where several have screenshots of one name
 */
export async function screenshotFile(name: string, of?: string): Promise<string | undefined> {
  if (process.env[screenshotsVariable] === "failed" && !name.startsWith(failed(""))) return undefined;
  await mkdir(screenshotsFolder, { recursive: true });
  const whole = of === undefined ? name : `${of}-${name}`;
  return join(screenshotsFolder, `${whole.replaceAll(/[^\w.-]+/g, "-")}.png`);
}

/** What the screenshot of a test that failed is called. */
export function failed(test: string): string {
  return `failed ${test}`;
}
