// What runs in one process, without an editor: exits with 1 where a target is missed. With --json it tells its figures.
import { certificateRatios } from "./certificates.ts";
import { coreRatios } from "./core.ts";
import { asked, tell } from "./figures.ts";
import { largeRatios } from "./large.ts";
import { figureOf, report } from "./measure.ts";
import { pageRatios } from "./pages.ts";
import { pathRatios } from "./paths.ts";
import { templateRatios } from "./templates.ts";

const { json } = asked();
// What is told of a first time comes first.
const ratios = [
  ...(await pageRatios()),
  ...coreRatios(),
  ...certificateRatios(),
  ...pathRatios(),
  ...templateRatios(),
  ...(await largeRatios()),
];
if (json) tell(ratios.map(figureOf));
else process.exitCode = report(ratios) ? 0 : 1;
