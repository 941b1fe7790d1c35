import type { Node, ObjectNode } from "../document/tree.ts";

/** One of the resources of a document that has many. */
export interface Resource {
  /** What the document calls it: in CloudFormation its logical ID. */
  readonly id: string;
  /** `AWS::CloudFront::Distribution` */
  readonly type: string;
  readonly node: ObjectNode;
}

/** Where in a document of many resources something stands. */
export interface Site {
  readonly resource: Resource;
  /** All that the document has, by what it calls them. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** The parameters that are one text each, and not one of a few, by name. */
  readonly parameters: readonly string[];
}

/** What the value of another resource, or of a parameter, is taken from. */
export interface Reference {
  /** What the document calls it; it need not be there. */
  readonly id: string;
  /** `undefined` for what stands for the whole: what `Ref` gives in CloudFormation. */
  readonly attribute: string | undefined;
}

/** A text that is put together: what is written, what is referred to, and `undefined` for what is not known at all. */
export type TextPart = string | Reference | undefined;

/** What a part of a document stands for, where that is another than what is written there. */
export type Meant =
  /** Another part is read in its place: the branch of a condition. */
  | { readonly kind: "part"; readonly node: Node }
  /** What it comes to is known. `from`: the part of the document that says so, if one alone does. */
  | { readonly kind: "value"; readonly value: string | number | boolean; readonly from: Node | undefined }
  /** Nothing, as if it were not written. */
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly parts: readonly TextPart[] };

/** How a document is read under one assumption: which conditions hold, and what parameters are. */
export interface Meanings {
  readonly site: Site;
  /** `undefined`: what is written there. */
  of(node: Node): Meant | undefined;
}
