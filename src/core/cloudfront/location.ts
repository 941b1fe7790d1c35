import { getLocation } from "jsonc-parser";
import { type Container, memberOf, type Node, type ObjectNode, type Tree, valueOf } from "../document/tree.ts";
import type { Span } from "../text.ts";
import type { Distribution } from "./distribution.ts";
import { isViewerMtlsAlone } from "./viewer-mtls.ts";
import { type MemberType, type Shape, type ShapeName, shapeOf } from "./vocabulary.ts";

/** Where in a config a cursor stands. */
export interface ConfigLocation {
  /** The shape of the object whose member is being named or given a value. */
  readonly shape: Shape | undefined;
  readonly object: ObjectNode | undefined;
  /** The member whose value the cursor is at; `undefined` while its name is typed. */
  readonly key: string | undefined;
  /** What the value must be. */
  readonly type: MemberType | undefined;
  /** What is typed already and would be replaced; empty where nothing is. */
  readonly typed: Span;
  readonly atName: boolean;
}

type Step = string | number;

/** `undefined` outside the config, or below a member that the vocabulary does not know. */
export function locateIn(distribution: Distribution, tree: Tree, offset: number): ConfigLocation | undefined {
  const found = getLocation(tree.text, offset);
  const path = found.path as Step[];
  const base = pathOf(distribution.node);
  if (path.length < base.length || base.some((step, index) => path[index] !== step)) return undefined;
  const inner = path.slice(base.length);
  const start = startOf(distribution);
  if (start === undefined || inner.length === 0) return undefined;
  const previous = found.previousNode;
  const within = previous !== undefined && previous.offset <= offset && offset <= previous.offset + previous.length;
  const typed = within
    ? { start: previous.offset, end: previous.offset + previous.length }
    : { start: offset, end: offset };

  const owner = inner.slice(0, -1);
  const last = inner.at(-1);
  const ownerType = typeAt(start, owner);
  const object = nodeAt(distribution.node, owner);
  const shape = ownerType?.kind === "shape" ? shapeOf(ownerType.shape) : undefined;
  if (found.isAtPropertyKey) {
    return shape === undefined
      ? undefined
      : {
          shape,
          object: object?.kind === "object" ? object : undefined,
          key: undefined,
          type: undefined,
          typed,
          atName: true,
        };
  }
  const type = typeAt(start, inner);
  const key = inner.findLast((step) => typeof step === "string" && step !== "Items");
  if (type === undefined || typeof last === "undefined") return undefined;
  return {
    shape,
    object: object?.kind === "object" ? object : undefined,
    key: typeof key === "string" ? key : undefined,
    type,
    typed,
    atName: false,
  };
}

/** The shape at the top of a config or of a fragment of one. */
function startOf({ whole, node, origins }: Distribution): ShapeName | undefined {
  if (whole || valueOf(node, "Origins") !== undefined || memberOf(node, "ViewerMtlsConfig") !== undefined)
    return "DistributionConfig";
  if (isViewerMtlsAlone(node)) return "ViewerMtlsConfig";
  const [first] = origins;
  if (first?.custom === node) return "CustomOriginConfig";
  if (first?.node === node) return "Origin";
  return valueOf(node, "Items") === undefined ? undefined : "Origins";
}

function typeAt(start: ShapeName, path: readonly Step[]): MemberType | undefined {
  let type: MemberType | undefined = { kind: "shape", shape: start };
  for (const step of path) {
    if (type?.kind === "shape" && typeof step === "string") type = shapeOf(type.shape).members.get(step);
    else if (type?.kind === "list" && typeof step === "number") type = type.of;
    else return undefined;
  }
  return type;
}

function nodeAt(root: Node, path: readonly Step[]): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path) {
    if (typeof step === "string") node = valueOf(node, step);
    else node = node?.kind === "list" ? node.items[step] : undefined;
  }
  return node;
}

function pathOf(node: Node): Step[] {
  const path: Step[] = [];
  let child: Node = node;
  for (let parent: Container | undefined = node.parent; parent !== undefined; parent = child.parent) {
    if (parent.kind === "list") path.unshift(parent.items.indexOf(child));
    else path.unshift(parent.members.find(({ value }) => value === child)?.key ?? "");
    child = parent;
  }
  return path;
}
