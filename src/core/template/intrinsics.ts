import type { Reference, TextPart } from "../dialect/meaning.ts";
import { seen } from "../dialect/view.ts";
import type { Change } from "../document/change.ts";
import { type ListNode, memberOf, type Node, stringOf } from "../document/tree.ts";

/** A call of an intrinsic function, in its short form or its full one (CloudFormation guide, intrinsic functions). */
export interface Intrinsic {
  /** `Ref`, `Condition`, `Fn::If`, … */
  readonly name: string;
  readonly argument: Node | undefined;
}

/** `undefined` for what says what it is itself. */
export function intrinsicOf(node: Node | undefined): Intrinsic | undefined {
  if (node?.kind === "computed") {
    const { call } = node;
    if (call === undefined || !call.name.startsWith("!")) return undefined;
    const name = call.name.slice(1);
    return { name: isShort(name) ? name : `Fn::${name}`, argument: call.argument };
  }
  if (node?.kind !== "object" || node.members.length !== 1) return undefined;
  const [member] = node.members;
  return member !== undefined && (isShort(member.spelled) || member.spelled.startsWith("Fn::"))
    ? { name: member.spelled, argument: member.value }
    : undefined;
}

function isShort(name: string): boolean {
  return name === "Ref" || name === "Condition";
}

/** The call of `Fn::If` that a list is the argument of. */
export function choiceAround(list: ListNode): Node | undefined {
  const { parent } = list;
  if (parent === undefined) return undefined;
  const beside = parent.kind === "object" ? parent.members.map(({ value }) => value) : parent.items;
  const call = beside.find((node) => node?.kind === "computed" && node.call?.argument === list) ?? parent;
  const intrinsic = intrinsicOf(call);
  return intrinsic?.name === "Fn::If" && intrinsic.argument === list ? call : undefined;
}

/**
 * Whether what an object holds is not all written there: a transform adds to it, a loop makes it, or YAML merges others
 * into it.
 */
export function isFilledIn(node: Node): boolean {
  return (
    node.kind === "object" &&
    node.members.some(
      ({ spelled }) => spelled === "<<" || spelled === "Fn::Transform" || spelled.startsWith("Fn::ForEach::"),
    )
  );
}

/** What `Ref` and `Fn::GetAtt` name. */
export function referenceOf({ name, argument }: Intrinsic): Reference | undefined {
  if (name === "Ref") {
    const id = stringOf(argument);
    return id === undefined ? undefined : { id, attribute: undefined };
  }
  if (name !== "Fn::GetAtt") return undefined;
  if (argument?.kind === "list") {
    const [id, attribute] = argument.items.map(stringOf);
    return id === undefined ? undefined : { id, attribute: attribute ?? "" };
  }
  return dotted(stringOf(argument));
}

function dotted(text: string | undefined): Reference | undefined {
  if (text === undefined) return undefined;
  const dot = text.indexOf(".");
  return dot < 0 ? { id: text, attribute: "" } : { id: text.slice(0, dot), attribute: text.slice(dot + 1) };
}

/** The parts of `Fn::Sub` and `Fn::Join`; `undefined` for other functions. */
export function textPartsOf({ name, argument }: Intrinsic): readonly TextPart[] | undefined {
  if (name === "Fn::Sub") return substituted(argument);
  return name === "Fn::Join" ? joined(argument) : undefined;
}

function substituted(argument: Node | undefined): readonly TextPart[] | undefined {
  const [written, variables] = argument?.kind === "list" ? argument.items : [argument];
  const text = stringOf(written);
  if (text === undefined) return undefined;
  const parts: TextPart[] = [];
  const partsOfVariable = variableReader(variables);
  let from = 0;
  for (let at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
    const end = text.indexOf("}", at);
    if (end < 0) break;
    const inner = text.slice(at + 2, end);
    parts.push(text.slice(from, at));
    // Written out, and not replaced.
    if (inner.startsWith("!")) parts.push(`\${${inner.slice(1)}}`);
    else for (const part of partsOfVariable(inner.trim())) parts.push(part);
    from = end + 1;
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

/** Of a value within a text that is put together, more is not known: in each of it, there may be others again. */
const mostParts = 100;

/** What stands for each variable, worked out once. */
function variableReader(variables: Node | undefined): (name: string) => readonly TextPart[] {
  const known = new Map<string, readonly TextPart[]>();
  return (name) => {
    const parts = known.get(name) ?? partsOfName(name, variables);
    known.set(name, parts);
    return parts;
  };
}

function partsOfName(name: string, variables: Node | undefined): readonly TextPart[] {
  const own = memberOf(variables, name);
  if (own !== undefined) return innerPartsOf(own.value);
  return [name.includes(".") ? dotted(name) : { id: name, attribute: undefined }];
}

function joined(argument: Node | undefined): readonly TextPart[] | undefined {
  const [between, list] = argument?.kind === "list" ? argument.items : [];
  const delimiter = stringOf(between);
  if (delimiter === undefined || list?.kind !== "list") return undefined;
  const parts = list.items.flatMap((item, index): readonly TextPart[] => {
    const own = innerPartsOf(item);
    return index === 0 || delimiter === "" ? own : [delimiter, ...own];
  });
  return parts.filter((part) => part !== "");
}

function innerPartsOf(node: Node | undefined): readonly TextPart[] {
  const parts = partsOf(node);
  return parts.length > mostParts ? [undefined] : parts;
}

function partsOf(node: Node | undefined): readonly TextPart[] {
  const text = stringOf(node);
  if (text !== undefined) return [text];
  const intrinsic = intrinsicOf(node);
  if (intrinsic === undefined) return [undefined];
  const reference = referenceOf(intrinsic);
  return reference !== undefined ? [reference] : (textPartsOf(intrinsic) ?? [undefined]);
}

/** What makes of `Fn::GetAtt` of a resource, within a text that is put together, the `Ref` of the same resource. */
export function withoutAttribute(node: Node, { id, attribute }: Reference): readonly Change[] {
  const intrinsic = intrinsicOf(seen(node)?.raw ?? node);
  if (intrinsic === undefined || attribute === undefined) return [];
  const { name, argument } = intrinsic;
  const [first, second] = argument?.kind === "list" ? argument.items : [argument];
  const text = stringOf(first);
  if (name === "Fn::Sub" && first !== undefined && text !== undefined) {
    const value = text.replaceAll(`\${${id}.${attribute}}`, `\${${id}}`);
    return value === text ? [] : [{ kind: "set", node: first, value }];
  }
  if (name !== "Fn::Join" || second?.kind !== "list") return [];
  return second.items.flatMap((item): Change[] => {
    const own = intrinsicOf(item);
    const reference = own === undefined ? undefined : referenceOf(own);
    return reference?.id === id && reference.attribute === attribute
      ? [{ kind: "set", node: item, value: { Ref: id } }]
      : [];
  });
}
