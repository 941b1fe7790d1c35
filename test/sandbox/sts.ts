// STS as a query service. https://docs.aws.amazon.com/STS/latest/APIReference/
import type { Answer, Call } from "./call.ts";
import type { Identities } from "./identity.ts";
import { refuse } from "./refusal.ts";
import { element, value } from "./xml.ts";

export const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

export function operationsOf(identities: Identities): Readonly<Record<string, (call: Call) => Answer>> {
  return { GetCallerIdentity: getCallerIdentity, AssumeRole: (call) => assumeRole(call, identities) };
}

function answer(operation: string, ...result: readonly string[]): Answer {
  const inner = `${element(`${operation}Result`, ...result)}${element("ResponseMetadata", value("RequestId", crypto.randomUUID()))}`;
  return {
    status: 200,
    headers: { "content-type": "text/xml" },
    body: `<${operation}Response xmlns="${namespace}">${inner}</${operation}Response>\n`,
  };
}

function getCallerIdentity({ principal }: Call): Answer {
  return answer(
    "GetCallerIdentity",
    value("Arn", principal.arn),
    value("UserId", principal.userId),
    value("Account", principal.account),
  );
}

function assumeRole(call: Call, identities: Identities): Answer {
  const form = new URLSearchParams(call.body);
  const required = (name: string): string => {
    const found = form.get(name);
    if (found === null || found === "")
      refuse(
        "ValidationError",
        400,
        `1 validation error detected: Value null at '${name.slice(0, 1).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
      );
    return found;
  };
  const [role, session] = [required("RoleArn"), required("RoleSessionName")];
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    refuse(
      "ValidationError",
      400,
      "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    );
  const seconds = Number(form.get("DurationSeconds") ?? 3600);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
    refuse(
      "ValidationError",
      400,
      "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200",
    );
  const [serial, code] = [form.get("SerialNumber"), form.get("TokenCode")];
  if ((serial === null) !== (code === null))
    refuse(
      "AccessDenied",
      403,
      "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    );
  const made = identities.assumeRole({
    by: call.principal,
    role,
    session,
    seconds,
    mfa: serial === null || code === null ? undefined : { serial, code },
  });
  return answer(
    "AssumeRole",
    element("AssumedRoleUser", value("AssumedRoleId", made.principal.userId), value("Arn", made.principal.arn)),
    element(
      "Credentials",
      value("AccessKeyId", made.accessKeyId),
      value("SecretAccessKey", made.secret),
      value("SessionToken", made.token ?? ""),
      value("Expiration", made.expires?.toISOString() ?? ""),
    ),
  );
}
