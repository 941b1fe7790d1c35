// The page of a change of a distribution of 1 MB in a browser: from the message to the page as it is drawn, on a page
// that has shown nothing before. Exits with 1 where the target is missed. With --json it tells its figures.

import { isFromReview } from "../../src/webview/review/protocol.ts";
import { runScript } from "../launcher/npm.ts";
import { openPage } from "../ui/page-alone.ts";
import { asked, tell } from "./figures.ts";
import { figureOf, median, type Ratio, report } from "./measure.ts";
import { largePages } from "./pages.ts";

const { json, brief } = asked();
const built = await runScript("build");
if (built.exitCode !== 0) throw new Error(built.output);
const pages = await largePages();
const messages = (["origin", "draft"] as const).map((change) => ({ change, message: pages.page(pages.plan(change)) }));

async function drawn(message: string): Promise<number> {
  const { page } = await openPage({ name: "review", isAsked: isFromReview }, {});
  const milliseconds = await page.evaluate<number>(`new Promise((done) => {
    const started = performance.now();
    // The page has heard it before a listener that comes later; it is drawn with the next frame.
    const ended = () => done(performance.now() - started);
    addEventListener("message", () => requestAnimationFrame(() => setTimeout(ended)), { once: true });
    postMessage(${message});
  })`);
  await page.locator("main h1").waitFor();
  await page.context().close();
  return milliseconds;
}

const ratios: Ratio[] = [];
for (const { change, message } of messages) {
  const times: number[] = [];
  for (let turn = 0; turn < (brief ? 5 : 9); turn++) times.push(await drawn(message));
  const name = change === "origin" ? "the page of one origin" : "the page of 1,000 changes, 50 of which it shows";
  ratios.push({ id: `page-${change}-drawn`, name: `${name}: drawn after, in ms`, target: 100, ratio: median(times) });
}
if (json) tell(ratios.map(figureOf));
process.exit(json || report(ratios) ? 0 : 1);
