import { memberOf, type Node, type ObjectNode, stringOf, type Tree, valueOf } from "./tree.ts";

/** What has an object of any length below it in a template. */
export const longSections = ["Resources", "Parameters", "Conditions", "Outputs", "Mappings"] as const;

/** What the root of a template may have: CloudFormation takes nothing else, and SAM `Globals`. */
export const rootNames = [
  ...longSections,
  "AWSTemplateFormatVersion",
  "Description",
  "Globals",
  "Hooks",
  "Metadata",
  "Rules",
  "Transform",
] as const;

/** Other documents that speak of distributions: lists of them, CloudFormation, CDK and Terraform. */
export function isLookalike(root: ObjectNode): boolean {
  const has = (key: string) => memberOf(root, key) !== undefined;
  if (
    has("DistributionList") ||
    has("AWSTemplateFormatVersion") ||
    has("terraform") ||
    has("terraform_version") ||
    has("planned_values") ||
    // A record of CloudTrail: what was asked once, and no input.
    (has("eventSource") && has("eventName"))
  )
    return true;
  if (has("Resources") || has("resource") || has("Properties")) return true;
  return stringOf(valueOf(root, "Type"))?.startsWith("AWS::") === true;
}

/** A fragment with `Ref` or `Fn::…` in it belongs to a CloudFormation template. */
export function hasIntrinsics(tree: Tree): boolean {
  const looked = (node: Node | undefined): boolean => {
    if (node?.kind === "list") return node.items.some(looked);
    if (node?.kind !== "object") return false;
    return node.members.some(({ key, value }) => key === "Ref" || key.startsWith("Fn::") || looked(value));
  };
  return (tree.text.includes("Fn::") || tree.text.includes('"Ref"')) && looked(tree.root);
}
