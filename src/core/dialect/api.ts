import { type Node, valueOf } from "../document/tree.ts";

/**
 * How one syntax world spells a distribution. The API (what the CLI and the SDKs take) is the first;
 * CloudFormation and Terraform spell the same members otherwise.
 */
export interface Dialect {
  readonly name: "api";
  readonly originMtlsConfig: string;
  readonly clientCertificateArn: string;
  readonly originSslProtocols: string;
  /** The items of what is a list of origins, behaviors, …; empty where it is none. */
  readonly items: (list: Node | undefined) => readonly Node[];
}

/** API_DistributionConfig: a list is an object of `Quantity` and `Items`. */
export const api: Dialect = {
  name: "api",
  originMtlsConfig: "OriginMtlsConfig",
  clientCertificateArn: "ClientCertificateArn",
  originSslProtocols: "OriginSslProtocols",
  items: (list) => {
    const items = valueOf(list, "Items");
    return items?.kind === "list" ? items.items : [];
  },
};
