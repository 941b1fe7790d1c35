import type { AwsModules } from "../../account/aws.ts";

/** Each loaded when AWS is first asked for what it asks: nothing of the SDK comes before. */
export const aws: AwsModules = {
  connection: () => import("../../aws/connection.ts"),
  certificates: () => import("../../aws/certificates.ts"),
  distributions: () => import("../../aws/distributions.ts"),
};
