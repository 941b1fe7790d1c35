import { memberOf, valueOf } from "../document/tree.ts";
import type { Distribution } from "./distribution.ts";
import { isViewerMtlsAlone } from "./viewer-mtls.ts";
import type { ShapeName } from "./vocabulary.ts";

/** The shape at the top of a config, or of a part of one. */
export function shapeOfDistribution({ whole, node, origins }: Distribution): ShapeName | undefined {
  if (whole || valueOf(node, "Origins") !== undefined || memberOf(node, "ViewerMtlsConfig") !== undefined)
    return "DistributionConfig";
  if (isViewerMtlsAlone(node)) return "ViewerMtlsConfig";
  const [first] = origins;
  if (first?.custom === node) return "CustomOriginConfig";
  if (first?.node === node) return "Origin";
  return valueOf(node, "Items") === undefined ? undefined : "Origins";
}
