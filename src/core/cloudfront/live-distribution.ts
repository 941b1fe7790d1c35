import { isXmlFault, parseXml } from "../document/xml.ts";
import { escapeXml } from "../document/xml-text.ts";
import type { LiveDistribution } from "../inventory.ts";
import type { WireConfig } from "./wire.ts";
import { readDistributionList } from "./wire-list.ts";

/** What `GetDistribution` says of a distribution besides its config. */
export interface DistributionStanding {
  readonly arn: string;
  readonly domainName: string;
  readonly status: string;
  readonly etag: string | undefined;
  readonly lastModified: Date | undefined;
}

/** A single distribution as a list of all would say it: a summary has the members of the config, under their names. */
export function liveDistribution(
  id: string,
  { xml }: WireConfig,
  { arn, domainName, status, etag, lastModified }: DistributionStanding,
): LiveDistribution | undefined {
  const root = parseXml(xml);
  if (isXmlFault(root)) return undefined;
  const standing = {
    Id: id,
    ARN: arn,
    DomainName: domainName,
    Status: status,
    ETag: etag,
    LastModifiedTime: lastModified?.toISOString(),
  };
  const members = Object.entries(standing).map(([name, value]) =>
    value === undefined ? "" : `<${name}>${escapeXml(value)}</${name}>`,
  );
  const list = `<DistributionList><Items><DistributionSummary>${members.join("")}${xml.slice(root.contentStart, root.contentEnd)}</DistributionSummary></Items></DistributionList>`;
  const reading = readDistributionList(list);
  let step = reading.next();
  while (step.done !== true) step = reading.next();
  return "items" in step.value ? step.value.items[0] : undefined;
}
