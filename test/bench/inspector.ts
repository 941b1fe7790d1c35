// Opening 150 certificates in the inspector against opening the same file as text, in one workbench, in turn: from the
// key that opens it to the first certificate, or the first line, on the screen. There is no target: it is reported.
// With --json it tells its figure.

import { createCa, keysOf } from "../core/x509/pki.ts";
import { runScript } from "../launcher/npm.ts";
import { openWorkbench } from "../ui/workbench.ts";
import { asked, tell } from "./figures.ts";

const { json, brief } = asked();
const rounds = brief ? 5 : 7;
const bundle = Array.from(
  { length: 150 },
  (_, index) => createCa({ subject: `C=JP,O=Bench,CN=Root ${index}`, keys: keysOf("p256", index % 8) }).pem,
).join("");
const names = Array.from(
  { length: rounds + 1 },
  (_, round) => [`text-${round}.pem`, `inspected-${round}.pem`] as const,
);

const built = await runScript("build");
if (built.exitCode !== 0) throw new Error(built.output);
const workbench = await openWorkbench({
  files: Object.fromEntries(names.flat().map((name) => [name, bundle])),
  settings: { "workbench.editorAssociations": { "inspected-*.pem": "mtls.certificates" } },
});
const { page } = workbench;

/** Quick open is there with the file chosen: the key comes next. */
async function opening(name: string, shown: () => Promise<unknown>): Promise<number> {
  await page.keyboard.press("ControlOrMeta+p");
  const input = page.locator(".quick-input-widget input");
  await input.fill(name);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).waitFor();
  const started = performance.now();
  await page.keyboard.press("Enter");
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await shown();
  return performance.now() - started;
}

const page150 = () =>
  page
    .locator("iframe.webview.ready")
    .last()
    .contentFrame()
    .locator("#active-frame")
    .contentFrame()
    .getByText("Root 0", { exact: true })
    .first()
    .waitFor();
const line = () => page.locator(".editor-instance .view-line", { hasText: "BEGIN CERTIFICATE" }).first().waitFor();

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
try {
  const times: { readonly text: number; readonly inspected: number }[] = [];
  for (const [text, inspected] of names)
    times.push({ text: await opening(text, line), inspected: await opening(inspected, page150) });
  // The first round loads what both need.
  const [, ...measured] = times;
  const ratios = measured.map(({ text, inspected }) => inspected / text);
  if (json)
    tell([{ id: "inspector-opening", text: "150 certificates in the inspector ÷ as text", value: median(ratios) }]);
  else
    console.log(
      `  150 certificates in the inspector ÷ as text, ${rounds} pairs: median ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}); medians ${median(measured.map(({ inspected }) => inspected)).toFixed(0)} ms and ${median(measured.map(({ text }) => text)).toFixed(0)} ms`,
    );
} finally {
  await workbench.close();
}
process.exit(0);
