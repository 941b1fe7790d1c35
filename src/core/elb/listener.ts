import { isPlaceholder, isTemplated, parseArn } from "../arn.ts";
import { isFlag } from "../dialect/flag.ts";
import { hasAny, holdsAny, isLine, means, type Setting, type Slip, seekMember, settingOf } from "../dialect/payload.ts";
import { shape } from "../dialect/shape.ts";
import { onlyObject, type TypeFacts, typesIn } from "../dialect/types.ts";
import { isListed, seen, siteOf } from "../dialect/view.ts";
import {
  isUnfinished,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  stringOf,
  valueOf,
} from "../document/tree.ts";
import { type FilterItem, filterItems } from "./identity-filter.ts";
import { findMisplaced, isFlatListener, type Misplaced, settingsOf } from "./misplaced.ts";
import { type Mode, meanings, modes, names, settings, shapes } from "./vocabulary.ts";

/** A document about listeners of a load balancer. */
export interface Listeners {
  readonly kind: "listeners";
  /** What holds them: a list with others of its kind, or the object that is one of them. */
  readonly node: Node;
  readonly listeners: readonly Listener[];
}

/** A listener of an Application Load Balancer, or its mutual authentication alone, as rules ask about it. */
export interface Listener {
  readonly node: ObjectNode;
  readonly form: "listener" | "block";
  /** `create`: the input of create-listener, which nothing is there before. `output`: an item of an answer. */
  readonly role: "create" | "input" | "output";
  /** The text is well formed: what is not seen is not there. */
  readonly complete: boolean;
  readonly arn: string | undefined;
  /** Where the listener is, by its own ARN or its load balancer's. */
  readonly region: { readonly partition: string; readonly region: string } | undefined;
  /** Of which kind its load balancer is, as the same ARN says. */
  readonly balancer: "application" | "network" | "gateway" | undefined;
  readonly protocol: Setting | undefined;
  readonly port: Node | undefined;
  /** The member that holds mutual authentication; `undefined` where the document is nothing else. */
  readonly at: Member | undefined;
  readonly block: ObjectNode | undefined;
  readonly slips: readonly Slip[];
  /** On/off flags in that object, which the API does not know. */
  readonly flags: readonly Member[];
  /** What stands where Elastic Load Balancing does not see it. */
  readonly misplaced: readonly Misplaced[];
  readonly mode: Setting | undefined;
  /** `undefined`: not given, or not known. */
  readonly knownMode: Mode | undefined;
  readonly trustStore: Setting | undefined;
  readonly ignoreExpiry: Setting | undefined;
  readonly advertise: Setting | undefined;
  readonly association: Setting | undefined;
  readonly filters: Setting | undefined;
  /** Of the list of filters. */
  readonly filterItems: readonly FilterItem[];
  readonly types: TypeFacts;
}

/**
 * Whether it is one of a Network Load Balancer, as far as the document tells: those verify clients, and hand no
 * certificates on (sources.nlbMtls).
 */
export function isOfNetwork({ balancer, protocol }: Pick<Listener, "balancer" | "protocol">): boolean {
  return balancer === "network" || protocol?.text?.toUpperCase() === "TLS";
}

/** Whether nothing says that it is one of another kind of load balancer: those have no identity filters. */
export function mayHaveFilters({ balancer, protocol }: Pick<Listener, "balancer" | "protocol">): boolean {
  const said = protocol?.text === undefined || isTemplated(protocol.text) ? undefined : protocol.text.toUpperCase();
  return (said === undefined || said === "TLS") && (balancer === undefined || balancer === "network");
}

/** Whether a setting of the trust store stands in a mode that has none: whatever its value, it must go. */
export function isOfNoMode({ mode, knownMode }: Listener, setting: Setting): boolean {
  // Which mode it gets with what stands elsewhere is not known.
  return (
    (knownMode === "off" || knownMode === "passthrough") &&
    setting.member !== undefined &&
    setting.member.parent === mode?.member?.parent
  );
}

/** What a document says about listeners; `undefined` where it is about something else. */
export function findListeners(root: Node, soundUpTo: number): Listeners | undefined {
  if (root.kind !== "object") return undefined;
  const complete = soundUpTo === Number.POSITIVE_INFINITY;
  // A dialect says what an object is.
  if (siteOf(root) !== undefined)
    return seen(root)?.shape?.name !== "Listener"
      ? undefined
      : { kind: "listeners", node: root, listeners: [readListener(root, "create", complete)] };
  const list = valueOf(root, "Listeners");
  if (list?.kind === "list") {
    const listeners = list.items.flatMap((node) =>
      node.kind === "object" && isListener(node) ? [readListener(node, "output", complete)] : [],
    );
    return listeners.length === 0 ? undefined : { kind: "listeners", node: list, listeners };
  }
  if (isListener(root))
    return { kind: "listeners", node: root, listeners: [readListener(root, roleOf(root), complete)] };
  if (isWrappedBlock(objectAt(root, names.block)))
    return { kind: "listeners", node: root, listeners: [readListener(root, "input", complete)] };
  if (isBlock(root) && isFlatListener(root) && hasAny(root, ["Protocol"]))
    return { kind: "listeners", node: root, listeners: [readListener(root, "input", complete)] };
  // The block alone, as `--mutual-authentication` takes it. Many things have a Mode.
  return isBlock(root) &&
    memberOf(root, names.mode) !== undefined &&
    !hasAny(root, ["ListenerArn", "LoadBalancerArn", "Name"])
    ? { kind: "listeners", node: root, listeners: [readBlock(root, complete)] }
    : undefined;
}

/**
 * A listener of an Application or Network Load Balancer: rules of listeners, and other services, name one by its ARN
 * too.
 */
/** Texts alone, and no protocol among them: the names that somebody gives to these members. */
function areLabels(node: ObjectNode): boolean {
  const protocol = stringOf(valueOf(node, "Protocol")) ?? "";
  return !/^[A-Z]+$/.test(protocol) && node.members.every(({ value }) => stringOf(value) !== undefined);
}

function isListener(node: ObjectNode): boolean {
  const arn = stringOf(valueOf(node, "ListenerArn")) ?? stringOf(valueOf(node, "LoadBalancerArn"));
  // A skeleton has the empty text.
  if (arn === undefined || arn === "" || (parseArn(arn)?.service ?? "elasticloadbalancing") !== "elasticloadbalancing")
    return false;
  if (parseArn(arn) === undefined && !isTemplated(arn) && !isPlaceholder(arn) && areLabels(node)) return false;
  if (hasAny(node, ["Conditions", "TargetGroupArn", "DNSName"])) return false;
  if (hasAny(node, ["PortRanges"])) return false;
  return (
    hasAny(node, ["Protocol", "Port", "DefaultActions", "SslPolicy", names.block]) ||
    (!isListed(node) && isFlatListener(node)) ||
    node.members.some(
      (member) => means(member, meanings.block) && member.value !== undefined && holdsAny(member.value, settings),
    )
  );
}

/** No input names both: a listener is created for a load balancer, and changed by its own ARN. */
function roleOf(node: ObjectNode): Listener["role"] {
  if (memberOf(node, "ListenerArn") === undefined) return "create";
  return memberOf(node, "LoadBalancerArn") === undefined ? "input" : "output";
}

function isBlock(node: ObjectNode): boolean {
  return (
    stringOf(valueOf(node, names.mode)) !== "" &&
    hasAny(node, [names.trustStore, names.ignoreExpiry, names.advertise, names.association, names.filters])
  );
}

/**
 * By its name and a mode alone only where nothing else is in it, and the mode is one: others authenticate mutually too.
 */
function isWrappedBlock(node: ObjectNode | undefined): boolean {
  if (node === undefined || isBlock(node)) return node !== undefined;
  const mode = stringOf(valueOf(node, names.mode))?.toLowerCase();
  return node.members.length === 1 && modes.some((known) => known === mode);
}

// --- reading

function readBlock(node: ObjectNode, complete: boolean): Listener {
  return {
    node,
    form: "block",
    role: "input",
    complete,
    arn: undefined,
    region: undefined,
    balancer: undefined,
    protocol: undefined,
    port: undefined,
    at: undefined,
    misplaced: [],
    types: typesIn(node, shape("MutualAuthentication"), shapes),
    ...settingsIn(node, []),
  };
}

const balancers: ReadonlyMap<string, Listener["balancer"]> = new Map([
  ["app", "application"],
  ["net", "network"],
  ["gwy", "gateway"],
]);

function readListener(node: ObjectNode, role: Listener["role"], complete: boolean): Listener {
  const slips: Slip[] = [];
  const at = seekMember(node, ...meanings.block, slips, (value) => holdsAny(value, settings));
  const block = onlyObject(at?.value);
  // An answer may be cut to columns of one's own.
  const misplaced = role === "output" || isListed(node) ? [] : findMisplaced(node, block);
  const arn = stringOf(valueOf(node, "ListenerArn"));
  const place = parseArn(arn ?? stringOf(valueOf(node, "LoadBalancerArn")) ?? "");
  return {
    node,
    form: "listener",
    role,
    complete: complete && !isUnfinished(block),
    arn,
    region:
      place === undefined || isTemplated(place.region) || isTemplated(place.partition) || place.region === ""
        ? undefined
        : place,
    balancer:
      place === undefined
        ? undefined
        : balancers.get(/^(?:listener|loadbalancer)\/([a-z]+)\//.exec(place.resource)?.[1] ?? ""),
    protocol: settingOf(memberOf(node, "Protocol")),
    port: valueOf(node, "Port"),
    at,
    misplaced,
    types: typesOf(node, block, role === "output" || isListed(node) || isLine(node)),
    ...settingsIn(
      block,
      slips,
      misplaced.flatMap((one) => (one.twice ? [] : settingsOf(one))),
    ),
  };
}

/** Of an answer, only what is lost. What somebody chose of one is null where the answer did not have it. */
function typesOf(node: ObjectNode, block: ObjectNode | undefined, isAnswer: boolean): TypeFacts {
  const { mistyped } = typesIn(node, shape("Listener"), shapes);
  return isAnswer
    ? { mistyped: mistyped.filter(({ lost }) => lost !== undefined), nulls: [] }
    : { mistyped, nulls: typesIn(block, shape("MutualAuthentication"), shapes).nulls };
}

/** @param misplaced members in the wrong place, judged too: once they are moved, nothing new should come up */
function settingsIn(
  block: ObjectNode | undefined,
  slips: Slip[],
  misplaced: readonly Member[] = [],
): Pick<
  Listener,
  | "block"
  | "slips"
  | "flags"
  | "mode"
  | "knownMode"
  | "trustStore"
  | "ignoreExpiry"
  | "advertise"
  | "association"
  | "filters"
  | "filterItems"
> {
  const setting = (name: keyof typeof names) =>
    settingOf(seekMember(block, ...meanings[name], slips)) ??
    settingOf(misplaced.find((member) => means(member, meanings[name])));
  const mode = setting("mode");
  const written = mode?.text?.toLowerCase();
  const filters = setting("filters");
  return {
    block,
    slips,
    flags: (block?.members ?? []).filter(
      (member) => member.key !== names.mode && member.value !== undefined && isFlag(member),
    ),
    mode,
    // In another case it means the same, whether the API minds or not.
    knownMode: modes.find((known) => known === written),
    trustStore: setting("trustStore"),
    ignoreExpiry: setting("ignoreExpiry"),
    advertise: setting("advertise"),
    association: setting("association"),
    filters,
    filterItems: filterItems(filters?.node, slips),
  };
}
