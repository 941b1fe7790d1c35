import * as l10n from "@vscode/l10n";
import { addParameters, freeName } from "../../cloudformation/parameter.ts";
import { clientCertificateRegion } from "../../cloudfront/vocabulary.ts";
import type { Resource } from "../../dialect/meaning.ts";
import { seen, siteOf } from "../../dialect/view.ts";
import { keptOfObjects } from "../../document/kept.ts";
import { memberOf, type Node, valueOf } from "../../document/tree.ts";
import { type ConfigFacts, readingsIn } from "../../facts.ts";
import { kindOf } from "../../kinds.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Subject } from "../../subjects.ts";
import { evidentRegion } from "../../template/region.ts";
import type { Template } from "../../template/template.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  other: ({ id, type, wanted }: { id: string; type: string; wanted: string }) =>
    l10n.t("{0} is a resource of the type {1}. This property takes {2}.", id, type, wanted),
  public: ({ id }: { id: string }) =>
    l10n.t(
      "{0} requests a public certificate from ACM. Public certificates have no clientAuth, so CloudFront cannot use one as a client certificate. CloudFormation cannot import a certificate: import it into ACM yourself, and use a parameter for its ARN.",
      id,
    ),
  private: ({ id }: { id: string }) =>
    l10n.t(
      "{0} requests a private certificate from ACM, but the CloudFront documentation mentions only imported certificates. CloudFormation cannot import a certificate: import it into ACM yourself, and use a parameter for its ARN.",
      id,
    ),
  region: ({ id, region, wanted }: { id: string; region: string; wanted: string }) =>
    l10n.t(
      "The ARNs in this template show that its stack is in {1}, so {0} is a certificate in {1}. CloudFront reads client certificates from ACM in {2}. Import the certificate there, and use a parameter for its ARN.",
      id,
      region,
      wanted,
    ),
  parameter: ({ name }: { name: string }) => l10n.t("Use a parameter {0} for the ARN", name),
} satisfies Says;

type Said = ReasonOf<typeof says>;

const certificate = "AWS::CertificateManager::Certificate";
const wantedName = "ClientCertificateArn";

export const namedResource: Rule<ConfigFacts, typeof says> = {
  id: "file/named-resource",
  severity: "error",
  requires: l10n.t("A property that names another resource of the template must name one of the right type."),
  source: sources.clientCertificate,
  says,
  *check(facts) {
    const { template } = facts;
    if (template === undefined) return;
    const told = new Set<Node>();
    for (const subject of readingsIn(facts))
      for (const naming of namedIn(subject)) {
        if (told.has(naming.raw)) continue;
        told.add(naming.raw);
        yield* judge(naming, template);
      }
  },
};

interface Naming {
  readonly node: Node;
  readonly raw: Node;
  readonly wanted: string;
  readonly named: Resource;
}

/** With a subject, which is the same as long as what it names is. */
const kept = keptOfObjects<readonly Naming[]>();

/** The places of a subject that name a resource. */
function namedIn(subject: Subject): readonly Naming[] {
  const object = kindOf(subject).nodeOf(subject);
  const known = object.kind === "object" ? kept.of(object) : undefined;
  if (known !== undefined) return known;
  const found = placesIn(subject).flatMap(({ node, wanted }) => {
    const [raw, named] = [seen(node)?.raw, resourceAt(node)];
    return raw === undefined || named === undefined ? [] : [{ node, raw, wanted, named }];
  });
  if (object.kind === "object") kept.keep(object, found);
  return found;
}

/** The places of a subject that may name a resource, with the type that it must have. */
function placesIn(subject: Subject): readonly { readonly node: Node; readonly wanted: string }[] {
  const place = (node: Node | undefined, wanted: string) => (node === undefined ? [] : [{ node, wanted }]);
  switch (subject.kind) {
    case "distribution": {
      const { origins, viewerMtls } = subject.distribution;
      return [
        ...origins.flatMap(({ blocks }) => blocks.flatMap(({ certificate: node }) => place(node, certificate))),
        ...place(viewerMtls?.trustStoreId, "AWS::CloudFront::TrustStore"),
      ];
    }
    case "listeners":
      return subject.listeners.flatMap(({ trustStore }) =>
        place(trustStore?.node, "AWS::ElasticLoadBalancingV2::TrustStore"),
      );
    case "domain-names":
      return [];
  }
}

function* judge({ node, raw, wanted, named }: Naming, template: Template): Iterable<Finding<Said>> {
  const { id, type } = named;
  // What a type of somebody's own gives is not known.
  if (type !== wanted && type.startsWith("AWS::") && !isAnything(type))
    yield { at: node, source: sources.distributionResource, reason: { code: "other", args: { id, type, wanted } } };
  else if (type === certificate) {
    const code = kindOfCertificate(named);
    if (code === undefined) return;
    const region = evidentRegion(template);
    const wanted = clientCertificateRegion.get("aws") ?? "";
    const isElsewhere = code === "private" && region !== undefined && region !== wanted;
    const known = template.parameters.find((one) => one === wantedName);
    const name = known ?? freeName(template, wantedName);
    yield {
      at: node,
      ...(code === "private" && !isElsewhere ? { severity: "warning" } : {}),
      reason: isElsewhere ? { code: "region", args: { id, region, wanted } } : { code, args: { id } },
      fixes: [
        {
          reason: { code: "parameter", args: { name } },
          safe: false,
          changes: [
            ...addParameters(template, known === undefined ? [name] : []),
            { kind: "set", node: raw, value: { Ref: name } },
          ],
        },
      ],
    };
  }
}

/** The resource that stands there alone. */
function resourceAt(node: Node): Resource | undefined {
  const [part, another] = seen(node)?.parts ?? [];
  return typeof part === "object" && another === undefined ? siteOf(node)?.resources.get(part.id) : undefined;
}

/** What such a resource gives, only who runs it knows. */
function isAnything(type: string): boolean {
  return /^AWS::(CloudFormation::(CustomResource|Stack|Macro|WaitCondition)|SSM::Parameter|SecretsManager::)/.test(
    type,
  );
}

/** What ACM is asked for, where that is told. */
function kindOfCertificate({ node }: Resource): "public" | "private" | undefined {
  const properties = valueOf(node, "Properties");
  if (properties?.kind !== "object" || memberOf(properties, "DomainName") === undefined) return undefined;
  return memberOf(properties, "CertificateAuthorityArn") === undefined ? "public" : "private";
}
