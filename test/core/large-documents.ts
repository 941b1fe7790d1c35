// Documents as large as one likes, in which something is to be mended at every place.
import { counted, distributionConfig, s3Origin } from "./configs.ts";

const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

export const begin = "-----BEGIN CERTIFICATE-----\n";

export interface LargeDocument {
  readonly syntax: "json" | "pem";
  /** @param count of what there are many of */
  readonly text: (count: number) => string;
}

export const largeDocuments = {
  "BEGIN lines": { syntax: "pem", text: (count) => begin.repeat(count) },
  "blocks with junk": {
    syntax: "pem",
    text: (count) => many(count, (index) => `${begin}MIIjunk${index}\n-----END CERTIFICATE----\n`).join(""),
  },
  "origins with a wrong Quantity": {
    syntax: "json",
    text: (count) =>
      JSON.stringify(
        distributionConfig(
          many(count, (index) => s3Origin(`o${index}`, { CustomHeaders: { Quantity: 5, Items: [] } })),
        ),
        undefined,
        2,
      ),
  },
  "behaviors with a wrong Quantity": {
    syntax: "json",
    text: (count) =>
      JSON.stringify(
        distributionConfig(undefined, {
          CacheBehaviors: counted(
            many(count, (index) => ({
              PathPattern: `/${index}`,
              TargetOriginId: "o1",
              ViewerProtocolPolicy: "https-only",
              AllowedMethods: { Quantity: 3, Items: [] },
            })),
          ),
        }),
        undefined,
        2,
      ),
  },
} as const satisfies Readonly<Record<string, LargeDocument>>;

export type LargeName = keyof typeof largeDocuments;
