// What runs in one process, without an editor: exits with 1 where a target is missed.
import { certificateRatios } from "./certificates.ts";
import { coreRatios } from "./core.ts";
import { report } from "./measure.ts";
import { pathRatios } from "./paths.ts";

process.exitCode = report([...coreRatios(), ...certificateRatios(), ...pathRatios()]) ? 0 : 1;
