import { seen } from "../dialect/view.ts";
import { type Json, type Node, stringOf } from "../document/tree.ts";
import { intrinsicOf, referenceOf } from "./intrinsics.ts";

/** The functions that a value can be entered as, in the form that YAML has for them. */
const call = /^!(Ref|GetAtt|Sub|ImportValue)\s+(\S(?:.*\S)?)\s*$/;
const quoted = /^(["'])(.*)\1$/;

/** What a text that was entered calls, as a template says it; `undefined` for a text that is meant as such. */
export function callIn(text: string): Json | undefined {
  const [, name, rest = ""] = call.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  const argument = quoted.exec(rest)?.[2] ?? rest;
  if (name === "Ref") return { Ref: argument };
  if (name !== "GetAtt") return { [`Fn::${name}`]: argument };
  const dot = argument.indexOf(".");
  return dot < 0 ? undefined : { "Fn::GetAtt": [argument.slice(0, dot), argument.slice(dot + 1)] };
}

/** What a text that was entered refers to alone: a parameter, or a resource. */
export function namedIn(text: string): string | undefined {
  const entered = callIn(text);
  const named = typeof entered === "object" && entered !== null && "Ref" in entered ? entered["Ref"] : undefined;
  return typeof named === "string" && /^[A-Za-z0-9]{1,255}$/.test(named) ? named : undefined;
}

/** What stands in a document as it would be entered; `undefined` for what is no such call. */
export function callAt(node: Node | undefined): string | undefined {
  const intrinsic = intrinsicOf(node === undefined ? undefined : (seen(node)?.raw ?? node));
  if (intrinsic === undefined) return undefined;
  const reference = referenceOf(intrinsic);
  if (reference !== undefined)
    return reference.attribute === undefined
      ? `!Ref ${reference.id}`
      : `!GetAtt ${reference.id}.${reference.attribute}`;
  const text = stringOf(intrinsic.argument);
  const isWritten = text !== undefined && !text.includes("\n");
  if (!isWritten) return undefined;
  if (intrinsic.name === "Fn::Sub") return `!Sub ${text}`;
  return intrinsic.name === "Fn::ImportValue" ? `!ImportValue ${text}` : undefined;
}
