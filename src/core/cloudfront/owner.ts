/** A tool that created a distribution, and puts it back to what its template says. */
export interface Owner {
  /** For people: as in `CloudFormation`, or the name that the setting gives it. */
  readonly tool: string;
  /** Whose spelling of the change to offer first. */
  readonly template: TemplateKind;
  /** The tag that says so, as in `aws:cloudformation:stack-name=shop`. */
  readonly tag: string;
  /** CloudFormation's stack, and what the distribution is called in its template. */
  readonly stack: string | undefined;
  readonly logicalId: string | undefined;
}

export type TemplateKind = "cloudformation" | "cdk" | "terraform";

const cloudFormation = "aws:cloudformation:";

/**
 * Who owns a distribution, by its tags. Tags of CloudFormation are known, which CDK and SAM deploy through as well
 * (AWS CloudFormation User Guide, resource tags: `aws:cloudformation:stack-name`, `stack-id` and `logical-id`).
 * @param configured tag key, or `key=value`, and the name of the tool
 */
export function ownerOf(
  tags: ReadonlyMap<string, string>,
  configured: Readonly<Record<string, string>>,
): Owner | undefined {
  for (const [tag, tool] of Object.entries(configured)) {
    const key = [...tags.keys()].find((name) => name === tag || `${name}=${tags.get(name)}` === tag);
    if (key !== undefined)
      return { tool, template: templateOf(tool), tag: `${key}=${tags.get(key)}`, ...inStack(tags) };
  }
  const own =
    ["stack-name", "stack-id", "logical-id"].map((name) => cloudFormation + name).find((name) => tags.has(name)) ??
    [...tags.keys()].find((name) => name.startsWith(cloudFormation));
  return own === undefined
    ? undefined
    : { tool: "CloudFormation", template: "cloudformation", tag: `${own}=${tags.get(own)}`, ...inStack(tags) };
}

function inStack(tags: ReadonlyMap<string, string>): Pick<Owner, "stack" | "logicalId"> {
  return { stack: tags.get(`${cloudFormation}stack-name`), logicalId: tags.get(`${cloudFormation}logical-id`) };
}

function templateOf(tool: string): TemplateKind {
  if (/\bcdk\b/i.test(tool)) return "cdk";
  return /cloudformation|\bsam\b|serverless/i.test(tool) ? "cloudformation" : "terraform";
}
