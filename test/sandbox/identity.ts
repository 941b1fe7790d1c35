// Who somebody is, by the access key: users that are always there, and sessions of roles that were assumed.
import { randomBytes } from "node:crypto";
import { refuse } from "./refusal.ts";
import { isSignedBy, readAuthorization, type SentRequest, type Signed } from "./sigv4.ts";
import { accessKeys, account, mfaCode, mfaSerial, otherAccount, otherUserArn, roles, userArn } from "./world.ts";

export interface Principal {
  readonly account: string;
  readonly arn: string;
  /** As GetCallerIdentity says it. */
  readonly userId: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token: string | undefined;
  readonly expires: Date | undefined;
  readonly principal: Principal;
}

export interface Identities {
  authenticate(request: SentRequest): { readonly principal: Principal; readonly signed: Signed };
  assumeRole(asked: {
    readonly by: Principal;
    readonly role: string;
    readonly session: string;
    readonly seconds: number;
    readonly mfa: { readonly serial: string; readonly code: string } | undefined;
  }): Credentials;
  /** For whoever asks the container's endpoint. */
  session(): Credentials;
}

/** Users, and sessions at most; the oldest is forgotten. */
const mostSessions = 1000;

export function createIdentities(): Identities {
  const users: readonly Credentials[] = [
    {
      accessKeyId: accessKeys.sandbox.id,
      secret: accessKeys.sandbox.secret,
      token: undefined,
      expires: undefined,
      principal: { account, arn: userArn, userId: "AIDACKCEVSQ6C2EXAMPLE" },
    },
    {
      accessKeyId: accessKeys.other.id,
      secret: accessKeys.other.secret,
      token: undefined,
      expires: undefined,
      principal: { account: otherAccount, arn: otherUserArn, userId: "AIDAJQABLZS4A3EXAMPLE" },
    },
  ];
  const known = new Map(users.map((one) => [one.accessKeyId, one]));

  const open = (role: string, session: string, seconds: number): Credentials => {
    const [, , , , owner = "", path = ""] = role.split(":");
    const name = path.split("/").at(-1) ?? "";
    const made: Credentials = {
      accessKeyId: `ASIA${randomBytes(8).toString("hex").toUpperCase()}`,
      secret: randomBytes(30).toString("base64"),
      token: randomBytes(96).toString("base64"),
      expires: new Date(Date.now() + seconds * 1000),
      principal: {
        account: owner,
        arn: `arn:aws:sts::${owner}:assumed-role/${name}/${session}`,
        userId: `AROA3XFRBF535PLBIFPI4:${session}`,
      },
    };
    known.set(made.accessKeyId, made);
    for (const [key] of known) {
      if (known.size <= mostSessions) break;
      if (key.startsWith("ASIA")) known.delete(key);
    }
    return made;
  };

  return {
    authenticate: (request) => {
      const header = request.headers["authorization"];
      if (header === undefined) refuse("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
      const signed = readAuthorization(header.toString());
      if (signed === undefined)
        refuse(
          "IncompleteSignature",
          403,
          "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters.",
        );
      const found = known.get(signed.accessKey);
      const token = request.headers["x-amz-security-token"]?.toString();
      if (found === undefined || found.token !== token)
        refuse("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
      if (found.expires !== undefined && found.expires.getTime() <= Date.now())
        refuse("ExpiredToken", 403, "The security token included in the request is expired");
      if (!isSignedBy(found.secret, signed, request)) {
        refuse(
          "SignatureDoesNotMatch",
          403,
          "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        );
      }
      return { principal: found.principal, signed };
    },
    assumeRole: ({ by, role, session, seconds, mfa }) => {
      if (mfa !== undefined && (mfa.serial !== mfaSerial || mfa.code !== mfaCode))
        refuse("AccessDenied", 403, "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
      const allowed =
        Object.values(roles).includes(role) &&
        role !== roles.forbidden &&
        (role !== roles.guarded || mfa !== undefined);
      if (!allowed)
        refuse(
          "AccessDenied",
          403,
          `User: ${by.arn} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
        );
      return open(role, session, seconds);
    },
    session: () => open(roles.developer, "container", 3600),
  };
}
