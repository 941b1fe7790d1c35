import { isCertificateArn, isPlaceholder, isTemplated, parseArn } from "../arn.ts";
import type { Origin } from "../cloudfront/distribution.ts";
import { arnOf } from "../cloudfront/origin-mtls.ts";
import { clientCertificateRegion } from "../cloudfront/vocabulary.ts";
import type { Node } from "../document/tree.ts";
import type { AcmCertificate, Inventory } from "../inventory.ts";
import { isOfAccount } from "./origin-state.ts";

/** A client certificate that a document names, and what the account says about it. */
export interface NamedCertificate {
  readonly node: Node;
  readonly arn: string;
  /** `undefined`: the account does not know it, or was not asked yet. */
  readonly certificate: AcmCertificate | undefined;
}

/**
 * Those of an origin that the account could know. One in a region that CloudFront does not read has to be replaced
 * by another, whatever else is wrong with it.
 */
export function namedCertificates(
  { kind, blocks }: Origin,
  inventory: Inventory | undefined,
): readonly NamedCertificate[] {
  if (inventory === undefined || kind === "s3" || kind === "vpc") return [];
  return blocks.flatMap((block) => {
    const arn = arnOf(block)?.trim() ?? "";
    const node = block.certificate;
    if (node === undefined || block.says === "off" || !isCertificateArn(arn) || isTemplated(arn) || isPlaceholder(arn))
      return [];
    const { partition = "", region = "" } = parseArn(arn) ?? {};
    if (!isOfAccount(arn, inventory) || region !== (clientCertificateRegion.get(partition) ?? region)) return [];
    return [{ node, arn, certificate: inventory.certificates.get(arn) }];
  });
}
