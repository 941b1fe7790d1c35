/**
 * What is asked of AWS, each part loaded when it is first needed. Who puts an account together hands it in: the account
 * itself knows no SDK.
 */
export interface AwsModules {
  readonly connection: () => Promise<Pick<typeof import("../aws/connection.ts"), "connect" | "dispose">>;
  readonly certificates: () => Promise<
    Pick<typeof import("../aws/certificates.ts"), "listCertificates" | "describeCertificate" | "getCertificate">
  >;
  readonly distributions: () => Promise<
    Pick<
      typeof import("../aws/distributions.ts"),
      "listDistributions" | "getDistribution" | "getDistributionConfig" | "distributionTags"
    >
  >;
}
