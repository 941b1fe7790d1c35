import type { Completion } from "../dialect/assist.ts";
import { listedValues, offeredNames, offeredValues, placeAt, standsAt } from "../dialect/completion.ts";
import { list, type MemberType, shape } from "../dialect/shape.ts";
import { nameOf } from "../dialect/spell.ts";
import { dialectOf } from "../dialect/view.ts";
import type { Tree } from "../document/tree.ts";
import { referenceOffers } from "../template/references.ts";
import { contains } from "../text.ts";
import type { DomainName, DomainNames } from "./domain-name.ts";
import { mtlsSecurityPolicy, patchSupport, shapes } from "./vocabulary.ts";

/** What may stand at an offset of a document about domain names. */
export function domainNameOffers({ domains }: DomainNames, tree: Tree, offset: number): Completion[] {
  const at = standsAt(tree, offset);
  const domain = domains.find(({ node }) => contains(node, at));
  const place = domain === undefined ? undefined : placeAt(tree, offset, domain.node, typeOf(domain), shapes);
  if (domain === undefined || place === undefined) return [];
  const hasMtls = domain.mtls !== "off";
  if (place.at === "name") {
    const called = (key: string) => nameOf(domain.node.kind === "object" ? domain.node : undefined, key);
    const not = [
      // SAM has none.
      ...(hasMtls || dialectOf(domain.node).overlooks !== undefined ? [called("endpointAccessMode")] : []),
      // An update has a list of these, and nothing else but the name.
      ...(domain.form === "domain" ? [called("patchOperations")] : []),
    ];
    return offeredNames(place, listedValues).filter(({ key }) => key === undefined || !not.includes(key));
  }
  if (place.key?.toLowerCase() === "truststoreuri")
    return [...referenceOffers(place, domain.node, { likely: /store|uri/i }, tree.syntax)];
  const isPolicy = hasMtls && place.key === domain.spelling.securityPolicy;
  const isType = hasMtls && (place.key === "types" || place.key === "EndpointType");
  const path = domain.operations.find(({ node }) => contains(node, offset))?.path?.text;
  const supported = place.key === "op" && path !== undefined ? patchSupport.get(path) : undefined;
  return offeredValues(
    place,
    (value) =>
      (!isPolicy || value === mtlsSecurityPolicy) &&
      (!isType || value === "REGIONAL") &&
      (supported === undefined || supported.some((op) => op === value)),
  );
}

function typeOf({ form, node, spelling }: DomainName): MemberType {
  if (form === "block") return shape(spelling.blockShape);
  return node.kind === "list" ? list(shape("PatchOperation")) : shape(spelling.shape);
}
