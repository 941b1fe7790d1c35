import { isOffCurve } from "../read/curves.ts";
import type { Bundle } from "./bundle.ts";
import { certificateSelection, countCertificates } from "./selection.ts";

/** A microsecond or two for each: in a file of thousands that is a third of what reading them takes. */
const mostCertificates = 256;

const offCurves = certificateSelection(isOffCurve);

/** The certificates whose key is a point, and not one on its curve; not looked for in a large file. */
export function offCurvesIn(bundle: Bundle): ReturnType<typeof offCurves> {
  return countCertificates(bundle) > mostCertificates ? [] : offCurves(bundle);
}
