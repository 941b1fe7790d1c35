import type { Json } from "../../src/core/document/tree.ts";
import { counted, customConfig, customOrigin, distributionConfig, mtls } from "../core/configs.ts";

/** A config as CloudFront gives it: every member said, a third of the origins with mTLS, a behavior for each origin. */
export function configOf(origins: number): string {
  const ids = Array.from({ length: origins }, (_, index) => `origin-${index}`);
  const behaviors = ids.map((id): { readonly [key: string]: Json } => ({
    PathPattern: `/${id}/*`,
    TargetOriginId: id,
    TrustedSigners: { Enabled: false, Quantity: 0 },
    ViewerProtocolPolicy: "redirect-to-https",
    AllowedMethods: { ...counted(["HEAD", "GET"]), CachedMethods: counted(["HEAD", "GET"]) },
    SmoothStreaming: false,
    Compress: true,
    LambdaFunctionAssociations: { Quantity: 0 },
    FunctionAssociations: { Quantity: 0 },
    FieldLevelEncryptionId: "",
    CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  }));
  const items = ids.map((id, index) =>
    customOrigin(
      id,
      customConfig({
        OriginSslProtocols: counted(["TLSv1.2"]),
        OriginReadTimeout: 30,
        OriginKeepaliveTimeout: 5,
        ...(index % 3 === 0 ? mtls : {}),
      }),
      {
        OriginPath: "",
        CustomHeaders: counted([{ HeaderName: "x-from", HeaderValue: "cloudfront" }]),
        ConnectionAttempts: 3,
        ConnectionTimeout: 10,
        OriginShield: { Enabled: false },
        OriginAccessControlId: "",
      },
    ),
  );
  return JSON.stringify(distributionConfig(items, { CacheBehaviors: counted(behaviors) }), undefined, 4);
}

/** As long as this, laid out as the AWS CLI does it. */
export function configOfSize(characters: number): string {
  const perOrigin = (configOf(20).length - configOf(10).length) / 10;
  return configOf(Math.ceil(characters / perOrigin));
}
