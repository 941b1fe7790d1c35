import { accessKeys, region } from "./world.ts";

/** What makes the AWS CLI and any SDK talk to the sandbox. */
export function environmentOf(endpoint: string, authorityFile: string | undefined): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeys.sandbox.id,
    AWS_SECRET_ACCESS_KEY: accessKeys.sandbox.secret,
    AWS_REGION: region,
    // Older versions of the CLI know this one alone.
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    ...(authorityFile === undefined ? {} : { AWS_CA_BUNDLE: authorityFile }),
  };
}
