import { holdsAny, type Meaning, means } from "../dialect/payload.ts";
import { isCalled, type Member, type Node, type ObjectNode, objectAt, valueOf } from "../document/tree.ts";
import { blockMeant, placeMeant, type Spelling, settingsMeant, shapes, versionMeant } from "./vocabulary.ts";

/**
 * Where members belong that stand elsewhere: in the domain name itself, in the block of mutual TLS, in the one
 * configuration of the HTTP API, or in no domain name, but in an API.
 */
export type Home = "domain" | "block" | "configuration" | "api";

/** Members that stand together in an object that API Gateway does not read them from. */
export interface Misplaced {
  readonly members: readonly [Member, ...Member[]];
  readonly home: Home;
  /** Something of this name stands in its place already: which of the two is meant is not known. */
  readonly twice: boolean;
}

/**
 * What belongs to mutual TLS of a domain name, and stands in another of its objects.
 * @param block the object that holds the settings of mutual TLS
 */
export function findMisplaced(
  domain: ObjectNode,
  block: ObjectNode | undefined,
  spelling: Spelling,
): readonly Misplaced[] {
  const inner = [
    objectAt(domain, "endpointConfiguration"),
    ...(configurationsOf(domain)?.items ?? []),
    ...(block === domain ? [] : [block]),
  ];
  return [domain, ...inner].flatMap((within) =>
    within?.kind === "object" ? misplacedIn(within, domain, block, spelling) : [],
  );
}

function misplacedIn(
  within: ObjectNode,
  domain: ObjectNode,
  block: ObjectNode | undefined,
  spelling: Spelling,
): readonly Misplaced[] {
  const settings = [placeMeant(spelling), versionMeant(spelling)];
  if (within === domain && !isWholeRequest(domain, block, spelling)) return [];
  const groups = new Map<Home, [Member, ...Member[]]>();
  const twice: Misplaced[] = [];
  for (const member of within.members) {
    const home = homeOf(member, within === domain ? "domain" : within === block ? "block" : "part", spelling, settings);
    if (home === undefined) continue;
    if (isThere(member, home, domain, block, spelling)) {
      twice.push({ members: [member], home, twice: true });
      continue;
    }
    const there = groups.get(home);
    if (there === undefined) groups.set(home, [member]);
    else there.push(member);
  }
  const once = [...groups].flatMap(([home, members]) =>
    home === "domain" || home === "api"
      ? members.map((member): Misplaced => ({ members: [member], home, twice: false }))
      : [{ members, home, twice: false }],
  );
  return [...once, ...twice];
}

/** Whether something that means the same stands where the member belongs. */
function isThere(
  member: Member,
  home: Home,
  domain: ObjectNode,
  block: ObjectNode | undefined,
  spelling: Spelling,
): boolean {
  const [only] = configurationsOf(domain)?.items ?? [];
  const place = home === "domain" ? domain : home === "block" ? block : home === "configuration" ? only : undefined;
  if (place?.kind !== "object" || place === member.parent) return false;
  const meanings = home === "domain" ? [blockMeant(spelling)] : settingsMeant(spelling);
  return place.members.some(
    (one) =>
      !isNothing(one) &&
      (one.key === member.key || meanings.some((meaning) => means(one, meaning) && means(member, meaning))),
  );
}

/** `DomainNameConfigurations` of the HTTP API; one object in place of the list is its one entry. */
export interface Configurations {
  readonly node: Node;
  readonly items: readonly Node[];
}

export function configurationsOf(domain: ObjectNode): Configurations | undefined {
  const node = valueOf(domain, "DomainNameConfigurations");
  if (node === undefined || (node.kind === "scalar" && typeof node.value !== "string")) return undefined;
  return { node, items: node.kind === "list" ? node.items : node.kind === "object" ? [node] : [] };
}

function isNothing({ value }: Member): boolean {
  return value === undefined || (value.kind === "scalar" && (value.value === null || value.value === undefined));
}

/** Whether it has what requests have, and is not a table of an answer that somebody chose the columns of. */
export function isWholeRequest(domain: ObjectNode, block: ObjectNode | undefined, spelling: Spelling): boolean {
  return (block !== undefined || hasRequestMember(domain)) && isRequest(domain, spelling);
}

export function hasRequestMember(node: ObjectNode): boolean {
  return (
    configurationsOf(node) !== undefined ||
    objectAt(node, "endpointConfiguration") !== undefined ||
    node.members.some((member) => isCalled(member, /^(regional)?certificate(arn|name)$/i))
  );
}

/** What requests and answers have besides what our vocabulary knows. */
const besides = /^(tags|routingMode|policy|certificate(Body|Chain|PrivateKey)|(Response|Result|\$)Metadata)$/i;

/**
 * Whether an object is what API Gateway takes or gives: somebody's own file with names from it has others beside them.
 */
export function isRequest(node: ObjectNode, spelling: Spelling): boolean {
  if (configurationsOf(node) !== undefined) return true;
  if (objectAt(node, "endpointConfiguration") !== undefined) return true;
  const settings = settingsMeant(spelling);
  return node.members.every(
    (member) =>
      shapes.get(spelling.shape)?.members.has(member.key) === true ||
      isCalled(member, besides) ||
      isOfAnApi(member) ||
      settings.some((setting) => means(member, setting)),
  );
}

function isOfAnApi(member: Member): boolean {
  return isCalled(member, /^disable[-_ ]?execute[-_ ]?api[-_ ]?endpoint$/i);
}

/** Members that only the domain name itself has. */
const ofRestDomain: ReadonlySet<string> = new Set([
  "regionalCertificateArn",
  "securityPolicy",
  "endpointAccessMode",
  "ownershipVerificationCertificateArn",
]);

/** `undefined`: it is in its place, or nothing that is known. */
function homeOf(
  member: Member,
  stands: "domain" | "block" | "part",
  spelling: Spelling,
  settings: readonly Meaning[],
): Home | undefined {
  const { key, value } = member;
  if (value === undefined || isNothing(member)) return undefined;
  if (isOfAnApi(member)) return "api";
  if (stands !== "block" && value.kind !== "object" && settings.some((setting) => means(member, setting)))
    return "block";
  if (stands !== "domain" && means(member, blockMeant(spelling)) && holdsAny(value, settings)) return "domain";
  if (spelling.api === "rest") return stands !== "domain" && ofRestDomain.has(key) ? "domain" : undefined;
  const isOfConfiguration =
    shapes.get("DomainNameConfiguration")?.members.has(key) === true &&
    shapes.get(spelling.shape)?.members.has(key) !== true;
  return stands !== "part" && isOfConfiguration ? "configuration" : undefined;
}
