// npm run bench: exits with 1 where a target is missed.
import { certificateRatios } from "./certificates.ts";
import { coreRatios } from "./core.ts";
import { report } from "./measure.ts";

process.exitCode = report([...coreRatios(), ...certificateRatios()]) ? 0 : 1;
