// npm run bench: exits with 1 where a target is missed.
import { coreRatios } from "./core.ts";
import { report } from "./measure.ts";

process.exitCode = report(coreRatios()) ? 0 : 1;
