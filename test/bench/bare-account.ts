// What an extension would do that knows nothing better: both lists with the SDK's clients as they are, all pages, and
// what they give is kept.
import { ACMClient, type CertificateSummary, KeyAlgorithm, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { CloudFrontClient, type DistributionSummary, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

/** With the parameters of src/aws: the bench holds the requests of both against each other. */
export async function listWithBareSdk(): Promise<readonly unknown[]> {
  await new STSClient().send(new GetCallerIdentityCommand());
  return Promise.all([listCertificates(), listDistributions()]);
}

async function listCertificates(): Promise<readonly CertificateSummary[]> {
  const client = new ACMClient({ region: "us-east-1" });
  const kept: CertificateSummary[] = [];
  for (let next: string | undefined; ; ) {
    const page = await client.send(
      new ListCertificatesCommand({
        Includes: { keyTypes: Object.values(KeyAlgorithm) },
        MaxItems: 500,
        ...(next === undefined ? {} : { NextToken: next }),
      }),
    );
    kept.push(...(page.CertificateSummaryList ?? []));
    next = page.NextToken;
    if (next === undefined) return kept;
  }
}

async function listDistributions(): Promise<readonly DistributionSummary[]> {
  const client = new CloudFrontClient({ region: "us-east-1" });
  const kept: DistributionSummary[] = [];
  for (let next: string | undefined; ; ) {
    const { DistributionList: page } = await client.send(
      new ListDistributionsCommand({ MaxItems: 100, ...(next === undefined ? {} : { Marker: next }) }),
    );
    kept.push(...(page?.Items ?? []));
    next = page?.NextMarker;
    if (next === undefined || next === "") return kept;
  }
}
