import { certificateId } from "../core/acm/name.ts";
import { parseArn } from "../core/arn.ts";

/** By partition; where there is none, or it is not open to all, there is no link. */
const consoles: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The page of a certificate in the console of its partition. */
export function certificatePage(arn: string): string | undefined {
  const { partition = "", region = "" } = parseArn(arn) ?? {};
  const host = consoles[partition];
  return host === undefined
    ? undefined
    : `https://${host}/acm/home?region=${encodeURIComponent(region)}#/certificates/${encodeURIComponent(certificateId(arn))}`;
}

/** The page of a distribution, or of its origins. */
export function distributionPage(partition: string, id: string, tab?: "origins" | "behaviors"): string | undefined {
  const host = consoles[partition];
  return host === undefined
    ? undefined
    : `https://${host}/cloudfront/v4/home#/distributions/${encodeURIComponent(id)}${tab === undefined ? "" : `/${tab}`}`;
}
