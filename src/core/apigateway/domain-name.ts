import type { Setting, Slip } from "../dialect/payload.ts";
import type { TypeFacts } from "../dialect/types.ts";
import type { Member, Node, ObjectNode, ScalarNode } from "../document/tree.ts";
import type { Configurations, Misplaced } from "./misplaced.ts";
import type { Spelling } from "./vocabulary.ts";

/** A document about custom domain names of API Gateway. */
export interface DomainNames {
  readonly kind: "domain-names";
  readonly node: Node;
  readonly spelling: Spelling;
  readonly domains: readonly DomainName[];
}

/** A custom domain name, or what is said of one: rules ask about it. */
export interface DomainName {
  readonly node: Node;
  readonly spelling: Spelling;
  /** `domain`: all of it. `patch`: operations of an update. `block`: mutual TLS alone. */
  readonly form: "domain" | "patch" | "block";
  /** `output`: it has what only API Gateway says. */
  readonly role: "input" | "output";
  /** The text is well formed: what is not seen is not there. */
  readonly complete: boolean;
  readonly name: string | undefined;
  /** The object that holds the settings of mutual TLS. */
  readonly block: ObjectNode | undefined;
  /** The name of that object, or where mutual TLS is first spoken of. */
  readonly at: Member | undefined;
  readonly slips: readonly Slip[];
  /** On/off flags in that object, which the API does not know. */
  readonly flags: readonly Member[];
  /** What stands where API Gateway does not see it. */
  readonly misplaced: readonly Misplaced[];
  readonly uri: Setting | undefined;
  readonly version: Setting | undefined;
  readonly warnings: Setting | undefined;
  /**
   * `on`: a place is named, however written, or an update names a version alone: it has a place already. `off`: the
   * empty text says so, or nothing does. `unknown`: a template will.
   */
  readonly mtls: "on" | "off" | "unknown";
  readonly endpoints: readonly ScalarNode[];
  readonly policies: readonly Setting[];
  /** `endpointAccessMode` of the REST API, or what operations put there; for the HTTP API, what is called so. */
  readonly accessModes: readonly Setting[];
  readonly certificates: Certificates;
  readonly statuses: readonly {
    readonly node: ScalarNode;
    readonly status: string;
    readonly message: string | undefined;
  }[];
  /** `DomainNameConfigurations` of the HTTP API. */
  readonly configurations: Configurations | undefined;
  readonly operations: readonly Operation[];
  readonly types: TypeFacts;
}

export interface Certificates {
  /** Of the Regional endpoint. */
  readonly server: readonly Setting[];
  /** Of an edge-optimized or private endpoint; the HTTP API does not tell them apart. */
  readonly edge: Setting | undefined;
  readonly ownership: readonly Setting[];
}

/** One operation of an update of the REST API. */
export interface Operation {
  readonly node: ObjectNode;
  readonly op: Setting | undefined;
  readonly path: Setting | undefined;
  readonly value: Setting | undefined;
}
