/** An IAM policy of what is used here, and nothing else. */
export interface IamPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: "*";
  }[];
}

/** IAM actions that are used for something. */
export interface Actions {
  readonly read: readonly string[];
  readonly write?: readonly string[];
}

/** All of some, each once, in the order of the alphabet. */
export function actionsOf(users: readonly { readonly actions: Actions | undefined }[]): Required<Actions> {
  const all = (of: (actions: Actions) => readonly string[] | undefined) =>
    [...new Set(users.flatMap(({ actions }) => (actions === undefined ? [] : (of(actions) ?? []))))].toSorted();
  return { read: all(({ read }) => read), write: all(({ write }) => write) };
}

/** `sts:GetCallerIdentity` needs no permission. */
export function iamPolicy({ read, write }: Required<Actions>, readOnly: boolean): IamPolicy {
  const statements = [{ Sid: "MtlsWorkbenchRead", Effect: "Allow", Action: read, Resource: "*" }] as const;
  if (readOnly || write.length === 0) return { Version: "2012-10-17", Statement: statements };
  return {
    Version: "2012-10-17",
    Statement: [...statements, { Sid: "MtlsWorkbenchWrite", Effect: "Allow", Action: write, Resource: "*" }],
  };
}

export function iamPolicyText(actions: Required<Actions>, readOnly: boolean): string {
  return `${JSON.stringify(iamPolicy(actions, readOnly), null, 2)}\n`;
}
