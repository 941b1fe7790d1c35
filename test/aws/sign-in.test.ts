import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { listCertificates } from "../../src/aws/certificates.ts";
import { type Connection, type ConnectOptions, connect, dispose } from "../../src/aws/connection.ts";
import { listDistributions } from "../../src/aws/distributions.ts";
import { expiredFailure } from "../../src/aws/failure-of.ts";
import { type Failure, isFailure } from "../../src/core/failure.ts";
import { dnsName, extendedKeyUsage, keyUsage, serverAuth, subjectAltName } from "../core/x509/der-writer.ts";
import { createCa, issue } from "../core/x509/pki.ts";
import {
  type Answering,
  folder,
  identity,
  inEnvironment,
  isIdentity,
  keys,
  never,
  type Received,
  type Reply,
  type Stub,
  startStub,
  withFiles,
  xmlError,
} from "./stub.ts";

const noCode: ConnectOptions["askMfaCode"] = () => Promise.reject(new Error("Nobody should be asked"));

async function signIn(profile?: string, more: Partial<ConnectOptions> = {}): Promise<Connection | Failure> {
  const connection = await connect({ profile, askMfaCode: noCode, signal: never, ...more });
  if (!isFailure(connection)) dispose(connection);
  return connection;
}

async function signedIn(profile?: string, more: Partial<ConnectOptions> = {}): Promise<Connection> {
  const connection = await signIn(profile, more);
  assert.ok(!isFailure(connection), JSON.stringify(connection));
  return connection;
}

async function refused(profile?: string, more: Partial<ConnectOptions> = {}): Promise<Failure> {
  const failure = await signIn(profile, more);
  assert.ok(isFailure(failure), JSON.stringify(failure));
  assert.doesNotMatch(JSON.stringify(failure), /wJalrXUtnFEMI|S3CRET|T0KEN|AKIAIOSFODNN7EXAMPLE|\n/);
  return failure;
}

/** The access key that signed it. */
function signer({ headers }: Received): string | undefined {
  return /Credential=([^/]+)\/\d{8}\/([^,]+)/.exec(headers.authorization ?? "")?.[1];
}

function scope({ headers }: Received): string | undefined {
  return /Credential=[^/]+\/\d{8}\/([^,]+)/.exec(headers.authorization ?? "")?.[1];
}

function operations({ requests }: Stub): string[] {
  return requests.map(({ body, url, method }) => /Action=(\w+)/.exec(body)?.[1] ?? `${method} ${url.split("?")[0]}`);
}

function assumed(action: string, key: string): Reply {
  return {
    headers: { "content-type": "text/xml" },
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>S3CRET</SecretAccessKey><SessionToken>T0KEN</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></${action}Result></${action}Response>`,
  };
}

/** STS that gives identity and roles to everybody; the second role is called ROLE2. */
const sts: Answering = ({ body }) => {
  const action = /Action=(\w+)/.exec(body)?.[1] ?? "";
  return action === "GetCallerIdentity" ? identity : assumed(action, `ROLE-${/role%2F(\w+)/.exec(body)?.[1] ?? ""}`);
};

describe("keys", () => {
  test("of the environment are asked whose they are, once, in the region of the environment", async (t) => {
    inEnvironment(t, { ...keys, AWS_SESSION_TOKEN: "T0KEN", AWS_REGION: "eu-central-1" });
    const stub = await startStub(t, sts);
    process.env["AWS_ENDPOINT_URL"] = `${stub.url}/`;
    assert.deepEqual(await signedIn(), {
      profile: undefined,
      identity: {
        account: "111122223333",
        arn: "arn:aws:iam::111122223333:user/dev",
        partition: "aws",
        region: "eu-central-1",
        endpoint: stub.url,
      },
    });
    assert.deepEqual(operations(stub), ["GetCallerIdentity"]);
    const [request] = stub.requests;
    assert.ok(request !== undefined);
    assert.equal(signer(request), keys.AWS_ACCESS_KEY_ID);
    assert.equal(scope(request), "eu-central-1/sts/aws4_request");
    assert.equal(request.headers["x-amz-security-token"], "T0KEN");
  });

  test("of the environment outweigh the profile that it names, not one that was asked for", async (t) => {
    inEnvironment(t, { ...keys, AWS_PROFILE: "own" });
    const stub = await startStub(t, sts);
    withFiles(t, `[profile own]\naws_access_key_id = OWN\naws_secret_access_key = S3CRET\n`);
    process.env["AWS_ENDPOINT_URL"] = stub.url;
    await signedIn();
    assert.equal((await signedIn("own")).profile, "own");
    delete process.env["AWS_ACCESS_KEY_ID"];
    assert.equal((await signedIn()).profile, undefined);
    assert.deepEqual(stub.requests.map(signer), [keys.AWS_ACCESS_KEY_ID, "OWN", "OWN"]);
  });

  test("of a profile are used with its region and its endpoint, whatever AWS_PROFILE has", async (t) => {
    inEnvironment(t, { AWS_PROFILE: "other" });
    const [own, other] = [await startStub(t, sts), await startStub(t, sts)];
    withFiles(
      t,
      `[profile own]\nregion = ap-northeast-1\nservices = local\n[services local]\nsts =\n  endpoint_url = ${own.url}\n[profile other]\nendpoint_url = ${other.url}\n`,
      "[own]\naws_access_key_id = OWN\naws_secret_access_key = S3CRET\naws_session_token = T0KEN\n",
    );
    const { identity: who } = await signedIn("own");
    assert.deepEqual([who.region, who.endpoint], ["ap-northeast-1", own.url]);
    assert.deepEqual([own.requests.map(scope), other.requests.length], [["ap-northeast-1/sts/aws4_request"], 0]);
  });

  test("are read anew each time", async (t) => {
    inEnvironment(t);
    const stub = await startStub(t, sts);
    process.env["AWS_ENDPOINT_URL"] = stub.url;
    withFiles(t, "", "[default]\naws_access_key_id = BEFORE\naws_secret_access_key = S3CRET\n");
    await signedIn();
    writeFileSync(
      process.env["AWS_SHARED_CREDENTIALS_FILE"] ?? "",
      "[default]\naws_access_key_id = AFTER\naws_secret_access_key = S3CRET\n",
    );
    await signedIn();
    assert.deepEqual(stub.requests.map(signer), ["BEFORE", "AFTER"]);
  });

  test("that are nowhere are told as that", async (t) => {
    inEnvironment(t);
    const failure = await refused();
    assert.equal(failure.failure, "signed-out");
    assert.match(failure.message, /^No AWS credentials were found/);
    withFiles(t, "[profile bare]\nregion = eu-west-1\n");
    assert.deepEqual(
      [(await refused("bare")).failure, (await refused("bare")).message],
      [
        "signed-out",
        'The profile "bare" contains no credentials, and none were found elsewhere. Set it up with "aws configure sso" or "aws login", or select another profile.',
      ],
    );
  });
});

describe("a role", () => {
  const config = `[profile role]
role_arn = arn:aws:iam::444455556666:role/first
source_profile = keys
region = eu-west-1
role_session_name = me
external_id = ext
duration_seconds = 900
[profile chained]
role_arn = arn:aws:iam::444455556666:role/second
source_profile = role
[profile self]
role_arn = arn:aws:iam::444455556666:role/self
source_profile = self
aws_access_key_id = SELF
aws_secret_access_key = S3CRET
[profile guarded]
role_arn = arn:aws:iam::444455556666:role/guarded
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/dev
[profile environment]
role_arn = arn:aws:iam::444455556666:role/first
credential_source = Environment
[profile odd]
role_arn = arn:aws:iam::444455556666:role/first
credential_source = Elsewhere
[profile lost]
role_arn = arn:aws:iam::444455556666:role/first
source_profile = nowhere
[profile empty]
role_arn = arn:aws:iam::444455556666:role/first
source_profile = bare
[profile bare]
[profile a]
role_arn = arn:aws:iam::444455556666:role/first
source_profile = b
[profile b]
role_arn = arn:aws:iam::444455556666:role/second
source_profile = a
`;
  const credentials = "[keys]\naws_access_key_id = KEYS\naws_secret_access_key = S3CRET\n";

  async function prepared(t: TestContext, answer: Answering = sts): Promise<Stub> {
    const stub = await startStub(t, answer);
    inEnvironment(t, { AWS_ENDPOINT_URL: stub.url });
    withFiles(t, config, credentials);
    return stub;
  }

  test("is assumed with the source's keys, and with what the profile says", async (t) => {
    const stub = await prepared(t);
    await signedIn("role");
    assert.deepEqual(operations(stub), ["AssumeRole", "GetCallerIdentity"]);
    assert.deepEqual(stub.requests.map(signer), ["KEYS", "ROLE-first"]);
    assert.deepEqual(stub.requests.map(scope), ["eu-west-1/sts/aws4_request", "eu-west-1/sts/aws4_request"]);
    const { RoleArn, RoleSessionName, ExternalId, DurationSeconds, SerialNumber } = Object.fromEntries(
      new URLSearchParams(stub.requests[0]?.body),
    );
    assert.deepEqual(
      { RoleArn, RoleSessionName, ExternalId, DurationSeconds, SerialNumber },
      {
        RoleArn: "arn:aws:iam::444455556666:role/first",
        RoleSessionName: "me",
        ExternalId: "ext",
        DurationSeconds: "900",
        SerialNumber: undefined,
      },
    );
    assert.equal(stub.requests[1]?.headers["x-amz-security-token"], "T0KEN");
  });

  test("is assumed through another one, and with the keys beside it", async (t) => {
    const stub = await prepared(t);
    await signedIn("chained");
    await signedIn("self");
    assert.deepEqual(stub.requests.map(signer), ["KEYS", "ROLE-first", "ROLE-second", "SELF", "ROLE-self"]);
  });

  test("is assumed with the environment's keys", async (t) => {
    const stub = await prepared(t);
    assert.match((await refused("environment")).message, /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set/);
    Object.assign(process.env, keys);
    await signedIn("environment");
    assert.deepEqual(stub.requests.map(signer), [keys.AWS_ACCESS_KEY_ID, "ROLE-first"]);
  });

  test("asks for an MFA code once, however many calls follow", async (t) => {
    const stub = await prepared(t);
    const asked: string[] = [];
    await signedIn("guarded", {
      askMfaCode: async (serial) => {
        asked.push(serial);
        return "123456";
      },
    });
    assert.deepEqual(asked, ["arn:aws:iam::111122223333:mfa/dev"]);
    const { SerialNumber, TokenCode } = Object.fromEntries(new URLSearchParams(stub.requests[0]?.body));
    assert.deepEqual(
      { SerialNumber, TokenCode },
      { SerialNumber: "arn:aws:iam::111122223333:mfa/dev", TokenCode: "123456" },
    );
  });

  test("is not assumed without the code, or with a wrong one", async (t) => {
    const stub = await prepared(t, (request) =>
      isIdentity(request)
        ? identity
        : xmlError("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", 403),
    );
    assert.deepEqual(await refused("guarded"), {
      failure: "cancelled",
      message: "Sign-in was canceled because no MFA code was entered.",
    });
    assert.equal(stub.requests.length, 0);
    const asked: boolean[] = [];
    const failure = await refused("guarded", {
      askMfaCode: async (_, isAgain) => {
        asked.push(isAgain);
        return asked.length < 3 ? "000000" : Promise.reject(new Error("declined"));
      },
    });
    assert.deepEqual([failure.failure, asked], ["cancelled", [false, true, true]]);
    assert.equal(stub.requests.length, 2);
  });

  test("asks for the next MFA code where one is wrong, and not where the device is", async (t) => {
    let words = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    await prepared(t, (request) =>
      isIdentity(request)
        ? identity
        : request.body.includes("TokenCode=222222")
          ? assumed("AssumeRole", "ROLE")
          : xmlError("AccessDenied", words, 403),
    );
    const codes = ["111111", "222222"];
    await signedIn("guarded", { askMfaCode: async () => codes.shift() ?? assert.fail("asked once too often") });
    words =
      "MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial number is valid.";
    const failure = await refused("guarded", { askMfaCode: async () => "111111" });
    assert.deepEqual([failure.failure, failure.said?.code], ["signed-out", "AccessDenied"]);
    assert.match(failure.message, /could not verify the MFA code\. Check mfa_serial in the profile/);
  });

  test("is not waited for where somebody cancels while the code is asked for", async (t) => {
    await prepared(t);
    const controller = new AbortController();
    const failure = await refused("guarded", {
      signal: controller.signal,
      askMfaCode: () => {
        controller.abort();
        return new Promise(() => {});
      },
    });
    assert.equal(failure.failure, "cancelled");
  });

  test("is assumed anew before it ends, for as long as somebody gives the code; who declines is not asked again, and told when it has ended", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: Date.parse("2030-01-01T00:00:00Z") });
    let ends = "2030-01-01T01:00:00Z";
    const stub = await prepared(t, (request) => {
      if (isIdentity(request)) return identity;
      if (request.headers["x-amz-target"] !== undefined)
        return { headers: { "content-type": "application/x-amz-json-1.1" }, body: '{"CertificateSummaryList":[]}' };
      const { body = "", ...reply } = assumed("AssumeRole", `UNTIL-${ends.slice(11, 13)}`);
      return { ...reply, body: String(body).replace("2099-01-01T00:00:00Z", ends) };
    });
    let asked = 0;
    let code: string | undefined = "123456";
    const connection = await connect({
      profile: "guarded",
      askMfaCode: async () => {
        asked++;
        return code ?? Promise.reject(new Error("declined"));
      },
      signal: never,
    });
    assert.ok(!isFailure(connection));
    t.after(() => dispose(connection));
    const list = () => listCertificates(connection, "us-east-1", undefined, never);
    const at = async (time: string) => {
      t.mock.timers.setTime(Date.parse(`2030-01-01T${time}Z`));
      const failure = await list();
      return [
        asked,
        isFailure(failure) ? failure.failure : signer(stub.requests.at(-1) ?? assert.fail("nothing was sent")),
      ];
    };
    assert.deepEqual(await at("00:54:00"), [1, "UNTIL-01"]);
    ends = "2030-01-01T02:00:00Z";
    assert.deepEqual(await at("00:56:00"), [2, "UNTIL-02"]);
    code = undefined;
    assert.deepEqual(await at("01:56:00"), [3, "UNTIL-02"]);
    assert.deepEqual(await at("01:57:00"), [3, "UNTIL-02"]);
    assert.deepEqual(await at("02:01:00"), [3, "expired"]);
    assert.deepEqual(await list(), {
      failure: "expired",
      message:
        'The MFA session of the profile "guarded" has expired, and no new MFA code was entered. Try again to enter one.',
    });
    assert.equal(asked, 3);
  });

  test("that may not be assumed is told with the action", async (t) => {
    await prepared(t, () =>
      xmlError(
        "AccessDenied",
        "User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sts:AssumeRole",
        403,
      ),
    );
    const failure = await refused("role");
    assert.deepEqual([failure.failure, failure.action, failure.said?.status], ["denied", "sts:AssumeRole", 403]);
    assert.equal(
      failure.message,
      "These credentials are not authorized to assume the role arn:aws:iam::444455556666:role/first (sts:AssumeRole).",
    );
  });

  test("that comes from nowhere, or from itself, is told with the profiles", async (t) => {
    await prepared(t);
    const message = async (profile: string) => {
      const failure = await refused(profile);
      assert.equal(failure.failure, "signed-out");
      return failure.message;
    };
    assert.equal(
      await message("lost"),
      'The profile "lost" gets its credentials from the profile "nowhere", which does not exist.',
    );
    assert.equal(
      await message("empty"),
      'The profile "empty" gets its credentials from the profile "bare", which contains none.',
    );
    assert.equal(await message("a"), 'The profiles "a", "b", "a" get their credentials from each other in a loop.');
    assert.match(await message("odd"), /credential_source "Elsewhere"/);
  });
});

describe("a web identity", () => {
  test("is exchanged for a role, of the profile or of the environment", async (t) => {
    const stub = await startStub(t, sts);
    const token = join(folder(t), "token");
    inEnvironment(t, {
      AWS_ENDPOINT_URL: stub.url,
      AWS_WEB_IDENTITY_TOKEN_FILE: token,
      AWS_ROLE_ARN: "arn:aws:iam::444455556666:role/pod",
    });
    withFiles(
      t,
      `[profile web]\nrole_arn = arn:aws:iam::444455556666:role/web\nweb_identity_token_file = ${token}\n[profile bare]\n`,
    );
    assert.match((await refused()).message, /^Could not read the web identity token file .*token\.$/);
    writeFileSync(token, "WEBT0KEN\n");
    await signedIn();
    await signedIn("web");
    assert.deepEqual(operations(stub), [
      "AssumeRoleWithWebIdentity",
      "GetCallerIdentity",
      "AssumeRoleWithWebIdentity",
      "GetCallerIdentity",
    ]);
    assert.deepEqual(stub.requests.map(signer), [undefined, "ROLE-pod", undefined, "ROLE-web"]);
    assert.equal(new URLSearchParams(stub.requests[0]?.body).get("WebIdentityToken"), "WEBT0KEN");
    // What the environment has is nothing to a profile that somebody chose.
    assert.equal((await refused("bare")).failure, "signed-out");
  });
});

describe("credential_process", () => {
  test("gives keys, or is told without what it wrote", async (t) => {
    const stub = await startStub(t, sts);
    inEnvironment(t, { AWS_ENDPOINT_URL: stub.url });
    const path = folder(t);
    const script = (name: string, code: string) => {
      writeFileSync(join(path, `${name}.mjs`), code);
      return `[profile ${name}]\ncredential_process = "${process.execPath}" "${join(path, `${name}.mjs`)}"\n`;
    };
    const say = (value: object) => `console.log(${JSON.stringify(JSON.stringify(value))})`;
    withFiles(
      t,
      script("good", say({ Version: 1, AccessKeyId: "PROCESS", SecretAccessKey: "S3CRET" })) +
        script("fails", 'console.error("S3CRET"); process.exit(1)') +
        script("babbles", 'console.log("S3CRET")') +
        script(
          "old",
          say({ Version: 1, AccessKeyId: "P", SecretAccessKey: "S3CRET", Expiration: "2020-01-01T00:00:00Z" }),
        ),
    );
    const [, fails, babbles, old] = await Promise.all([
      signedIn("good"),
      refused("fails"),
      refused("babbles"),
      refused("old"),
    ]);
    assert.deepEqual(stub.requests.map(signer), ["PROCESS"]);
    assert.deepEqual(
      [fails.failure, fails.message],
      [
        "signed-out",
        'The credential_process of the profile "fails" failed. To see why, run its command in a terminal.',
      ],
    );
    assert.deepEqual(
      [babbles.failure, babbles.message],
      [
        "signed-out",
        'The credential_process of the profile "babbles" does not return credentials in the format that AWS requires. To see its output, run its command in a terminal.',
      ],
    );
    assert.deepEqual([old.failure, old.command], ["expired", undefined]);
  });

  describe("that hangs", { skip: process.platform === "win32" ? "it is made of a shell of POSIX" : false }, () => {
    /** Waits for one that it started itself, and writes the ids of both. */
    const waiting = (file: string) => `sleep 1000 & echo "$$ $!" > ${file} && wait`;
    /** Ends, and nothing leads to what it started any more. */
    const leaving = (file: string) => `sleep 1000 & echo "$! $$" > ${file}`;

    /** Started out of its group by a command that goes on. */
    const outside = (script: (file: string) => string) => (file: string) => {
      const program = `${file}.mjs`;
      const how = `{ detached: true, stdio: ["ignore", "inherit", "ignore"] }`;
      writeFileSync(
        program,
        `import { spawn } from "node:child_process";
        spawn("sh", ["-c", ${JSON.stringify(script(file))}], ${how});
        setInterval(() => {}, 1000);`,
      );
      return `"${process.execPath}" "${program}"`;
    };

    /** A profile whose command writes ids of processes. */
    async function hanging(
      t: TestContext,
      command: (file: string) => string = waiting,
    ): Promise<{ readonly pids: () => Promise<readonly number[]> }> {
      const stub = await startStub(t, sts);
      inEnvironment(t, { AWS_ENDPOINT_URL: stub.url });
      const file = join(folder(t), "pids");
      withFiles(t, `[profile hangs]\ncredential_process = ${command(file)}\n`);
      return {
        pids: async () => {
          for (;;) {
            const text = existsSync(file) ? readFileSync(file, "utf8") : "";
            if (text.endsWith("\n")) return text.trim().split(" ").map(Number);
            await new Promise((resolve) => setImmediate(resolve));
          }
        },
      };
    }

    /** Until none of them runs; a child that nobody waited for does not count. */
    async function gone(pids: readonly number[]): Promise<void> {
      const runs = (pid: number): boolean => {
        const status = `/proc/${pid}/stat`;
        try {
          process.kill(pid, 0);
          return !existsSync(status) || !/\) Z /.test(readFileSync(status, "utf8"));
        } catch {
          // It may end between two looks.
          return false;
        }
      };
      while (pids.some(runs)) await new Promise((resolve) => setImmediate(resolve));
    }

    /** Until nothing has its id any more. */
    async function reaped(pid: number): Promise<void> {
      for (;;) {
        try {
          process.kill(pid, 0);
        } catch {
          return;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    }

    test("is ended after two minutes, with what it started, and that is said", async (t) => {
      const { pids } = await hanging(t);
      t.mock.timers.enable({ apis: ["setTimeout"] });
      const failing = refused("hangs");
      const both = await pids();
      t.mock.timers.tick(119_999);
      assert.doesNotThrow(() => process.kill(both[0] ?? 0, 0));
      t.mock.timers.tick(1);
      const { failure, message } = await failing;
      assert.equal(failure, "signed-out");
      assert.match(
        message,
        /"hangs" did not finish within 120 seconds, so it was ended\. .* run its command in a terminal/,
      );
      await gone(both);
    });

    /** @returns what is said of the process that was started */
    async function canceled(pids: () => Promise<readonly number[]>): Promise<string> {
      const stop = new AbortController();
      const told = new Promise<string>((resolve) => {
        refused("hangs", { signal: stop.signal, onProcessEnded: resolve }).then(
          ({ failure }) => assert.equal(failure, "cancelled"),
          (error: unknown) => resolve(String(error)),
        );
      });
      await pids();
      stop.abort();
      return told;
    }

    for (const [what, command] of [
      ["", waiting],
      [", also what left its group", outside(waiting)],
    ] as const)
      test(`is ended with what it started when the sign-in is canceled${what}`, async (t) => {
        const { pids } = await hanging(t, command);
        assert.equal(await canceled(pids), 'The credential_process of the profile "hangs" was ended.');
        await gone(await pids());
      });

    test("is ended, and nothing that has the id of a shell that ended before", async (t) => {
      const { pids } = await hanging(t, leaving);
      const other = spawn("sleep", ["1000"], { stdio: "ignore" });
      const ended = once(other, "exit");
      const said = await canceled(async () => {
        const [left = 0, shell = 0] = await pids();
        await reaped(shell);
        const path = folder(t);
        writeFileSync(join(path, "ps"), `#!/bin/sh\necho ${other.pid} ${shell}\n`, { mode: 0o700 });
        inEnvironment(t, { PATH: `${path}:${process.env["PATH"]}` });
        return [left];
      });
      assert.equal(said, 'The credential_process of the profile "hangs" was ended.');
      other.kill("SIGTERM");
      assert.deepEqual(await ended, [null, "SIGTERM"]);
    });

    for (const [when, said] of [
      ["canceled", /"hangs" could not be ended entirely\. It, or a program that it started, might still be running\.$/],
      ["late", /"hangs" did not finish within 120 seconds, and could not be ended entirely\. It, or/],
    ] as const)
      test(`and what it started cannot be found: it is not said to be ended, and not waited for (${when})`, async (t) => {
        const { pids } = await hanging(t, outside(leaving));
        const orphan = async () => {
          const [left = 0, starter = 0] = await pids();
          await gone([starter]);
          return [left];
        };
        t.mock.timers.enable({ apis: ["setTimeout"] });
        let isOver = false;
        const saying = (when === "late" ? refused("hangs").then(({ message }) => message) : canceled(orphan)).finally(
          () => (isOver = true),
        );
        const left = await orphan();
        if (when === "late") t.mock.timers.tick(120_000);
        while (!isOver) {
          await new Promise((resolve) => setImmediate(resolve));
          t.mock.timers.tick(100);
        }
        assert.match(await saying, said);
        for (const pid of left) process.kill(pid, "SIGKILL");
      });
  });
});

describe("IAM Identity Center", () => {
  const section = "sso_account_id = 111122223333\nsso_role_name = Admin\n";
  const config = `[profile sso]\nsso_session = corp\n${section}[profile legacy]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n${section}[profile it's]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n${section}[sso-session corp]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n`;
  const portal: Answering = (request) => {
    if (request.method === "POST")
      return request.url === "/token"
        ? {
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ accessToken: "T0KEN2", expiresIn: 3600, refreshToken: "T0KEN3" }),
          }
        : sts(request, 0);
    return {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        roleCredentials: {
          accessKeyId: "SSO",
          secretAccessKey: "S3CRET",
          sessionToken: "T0KEN",
          expiration: Date.now() + 3_600_000,
        },
      }),
    };
  };

  async function prepared(
    t: TestContext,
    { token, answer = portal, session = "corp" }: { token?: object; answer?: Answering; session?: string } = {},
  ): Promise<Stub> {
    const stub = await startStub(t, answer);
    const { home } = inEnvironment(t, { AWS_ENDPOINT_URL: stub.url });
    withFiles(t, config.replaceAll("corp", session));
    if (token !== undefined) {
      mkdirSync(join(home, ".aws/sso/cache"), { recursive: true });
      for (const name of [session, "https://example.awsapps.com/start"]) {
        writeFileSync(
          join(home, ".aws/sso/cache", `${createHash("sha1").update(name).digest("hex")}.json`),
          JSON.stringify(token),
        );
      }
    }
    return stub;
  }
  const valid = { accessToken: "T0KEN1", expiresAt: "2099-01-01T00:00:00Z" };
  const past = { accessToken: "T0KEN1", expiresAt: "2020-01-01T00:00:00Z" };

  test("gives the keys of the role, with and without an sso-session", async (t) => {
    const stub = await prepared(t, { token: valid });
    for (const profile of ["sso", "legacy"]) await signedIn(profile);
    assert.deepEqual(operations(stub), [
      "GET /federation/credentials",
      "GetCallerIdentity",
      "GET /federation/credentials",
      "GetCallerIdentity",
    ]);
    assert.equal(stub.requests[0]?.url, "/federation/credentials?account_id=111122223333&role_name=Admin");
    assert.equal(stub.requests[0]?.headers["x-amz-sso_bearer_token"], "T0KEN1");
    assert.deepEqual(stub.requests.map(signer), [undefined, "SSO", undefined, "SSO"]);
  });

  test("is found at the endpoint of the profile, which the SDK would not look for", async (t) => {
    const stub = await prepared(t, { token: valid });
    delete process.env["AWS_ENDPOINT_URL"];
    withFiles(t, config.replaceAll("[profile legacy]", `[profile legacy]\nendpoint_url = ${stub.url}/`));
    await signedIn("legacy");
    assert.deepEqual(operations(stub), ["GET /federation/credentials", "GetCallerIdentity"]);
    assert.equal(stub.requests[0]?.headers.host, `127.0.0.1:${stub.port}`);
  });

  test("where nobody is signed in is told with the command", async (t) => {
    await prepared(t);
    for (const profile of ["sso", "legacy"]) {
      const failure = await refused(profile);
      assert.deepEqual([failure.failure, failure.command], ["expired", `aws sso login --profile ${profile}`]);
      assert.equal(
        failure.message,
        `The session of the profile "${profile}" has expired or was never started. Run "aws sso login --profile ${profile}", then try again.`,
      );
    }
  });

  test("where the session has expired is told with the command, for the shell", async (t) => {
    const stub = await prepared(t, { token: past });
    for (const profile of ["sso", "legacy"])
      assert.deepEqual(
        [(await refused(profile)).failure, (await refused(profile)).command],
        ["expired", `aws sso login --profile ${profile}`],
      );
    assert.equal(stub.requests.length, 0);
  });

  test("is asked for a new session where it gave what that takes", async (t) => {
    const stub = await prepared(t, {
      token: {
        ...past,
        clientId: "c",
        clientSecret: "S3CRET",
        refreshToken: "T0KEN0",
        registrationExpiresAt: "2099-01-01T00:00:00Z",
      },
    });
    await signedIn("sso");
    assert.deepEqual(operations(stub), ["POST /token", "GET /federation/credentials", "GetCallerIdentity"]);
    assert.equal(stub.requests[1]?.headers["x-amz-sso_bearer_token"], "T0KEN2");
  });

  test("tells what it answers by cause", async (t) => {
    t.mock.method(Math, "random", () => 0);
    let reply: Reply = {};
    const stub = await prepared(t, { token: valid, answer: () => reply });
    const answered = async (status: number, code: string) => {
      reply = {
        status,
        headers: { "content-type": "application/json", "x-amzn-errortype": code },
        body: '{"message":"No access"}',
      };
      const { failure, message, command } = await refused("sso");
      return [failure, message, command];
    };
    assert.deepEqual(await answered(401, "UnauthorizedException"), [
      "expired",
      'The session of the profile "sso" has expired or was never started. Run "aws sso login --profile sso", then try again.',
      "aws sso login --profile sso",
    ]);
    assert.deepEqual(await answered(403, "ForbiddenException"), [
      "denied",
      "IAM Identity Center does not grant you the role Admin in the account 111122223333. Request access, or select another profile.",
      undefined,
    ]);
    assert.deepEqual(await answered(404, "ResourceNotFoundException"), [
      "refused",
      'IAM Identity Center has no role Admin in the account 111122223333. Correct the profile "sso".',
      undefined,
    ]);
    assert.deepEqual(
      [stub.requests.length > 0, (await answered(429, "TooManyRequestsException"))[0]],
      [true, "throttled"],
    );
  });

  test("that cannot be reached is no expired session", async (t) => {
    await prepared(t, { token: valid });
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
    for (const profile of ["sso", "legacy"]) {
      const failure = await refused(profile);
      assert.deepEqual([failure.failure, failure.command], ["offline", undefined]);
    }
    // The SDK asks for a new session only now and then for each: this one has a name of its own.
    await prepared(t, {
      token: { ...past, clientId: "c", clientSecret: "S3CRET", refreshToken: "T0KEN0" },
      session: "unreached",
    });
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
    assert.equal((await refused("sso")).failure, "offline");
  });

  test("that is set up by half is told with what is missing", async (t) => {
    inEnvironment(t);
    withFiles(
      t,
      "[profile a]\nsso_session = gone\nsso_account_id = 1\nsso_role_name = r\n[profile b]\nsso_account_id = 1\nsso_region = r\n",
    );
    assert.deepEqual(
      [(await refused("a")).failure, (await refused("a")).message],
      ["signed-out", 'The profile "a" refers to the sso-session "gone", which is not in the AWS config file.'],
    );
    assert.equal(
      (await refused("b")).message,
      'The profile "b" cannot be used with IAM Identity Center: sso_role_name, sso_start_url is missing.',
    );
  });

  test("behind a role: the command names the profile that signs in", async (t) => {
    await prepared(t);
    withFiles(t, `${config}[profile role]\nrole_arn = arn:aws:iam::444455556666:role/dev\nsource_profile = sso\n`);
    assert.equal((await refused("role")).command, "aws sso login --profile sso");
    for (const [profile, command] of [
      ["@corp", 'aws sso login --profile "@corp"'],
      ["50%", undefined],
      ["dev's", undefined],
    ] as const) {
      const failure = expiredFailure({ kind: "sso", profile });
      assert.equal(failure.command, command);
      assert.match(failure.message, /Run "aws sso login[^]+, then try again\./);
      assert.equal(/There is no command to copy/.test(failure.message), command === undefined);
    }
  });

  test("of a name that the SDK passes over is no expired session: signing in would not help", async (t) => {
    await prepared(t, { token: valid });
    const login = "login_session = arn:aws:iam::111122223333:user/dev\n";
    withFiles(
      t,
      `${config}[profile dev's]\nsso_session = corp\n${section}[profile über]\ncredential_process = vault\n[profile "with blanks"]\n${login}[sso-session my corp]\n[profile of-session]\nsso_session = my corp\n${section}`,
    );
    for (const name of ["dev's", "über", "with blanks", "of-session"]) {
      const failure = await refused(name);
      assert.deepEqual([failure.failure, failure.command], ["signed-out", undefined]);
      assert.equal(
        failure.message,
        `The profile "${name}" cannot be used here: the AWS SDK ignores profiles and sso-sessions with such a name. Rename it to use only letters (a to z), digits, and - _ . @ + % : /, or select another profile.`,
      );
    }
    await signedIn("sso");
  });
});

describe("a login session", () => {
  test("gives its keys; where it has ended, the command is told", async (t) => {
    const stub = await startStub(t, sts);
    const { home } = inEnvironment(t, { AWS_ENDPOINT_URL: stub.url });
    process.env["AWS_LOGIN_CACHE_DIRECTORY"] = home;
    withFiles(t, "[profile login]\nlogin_session = arn:aws:iam::111122223333:user/dev\n");
    const failure = await refused("login");
    assert.deepEqual([failure.failure, failure.command], ["expired", "aws login --profile login"]);
    const write = (expiresAt: string) => {
      const dpopKey = String(
        generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" }),
      );
      const token = {
        accessToken: {
          accessKeyId: "LOGIN",
          secretAccessKey: "S3CRET",
          sessionToken: "T0KEN",
          accountId: "111122223333",
          expiresAt,
        },
        clientId: "c",
        refreshToken: "T0KEN",
        idToken: "T0KEN",
        dpopKey,
      };
      writeFileSync(
        join(home, `${createHash("sha256").update("arn:aws:iam::111122223333:user/dev").digest("hex")}.json`),
        JSON.stringify(token),
      );
    };
    write("2099-01-01T00:00:00Z");
    await signedIn("login");
    assert.deepEqual(stub.requests.map(signer), ["LOGIN"]);
    write("2020-01-01T00:00:00Z");
    assert.deepEqual(
      [(await refused("login")).failure, (await refused("login")).command],
      ["expired", "aws login --profile login"],
    );
    assert.equal(stub.requests.length > 1, true);
    assert.ok(
      stub.requests.slice(1).every(({ url }) => url === "/v1/token"),
      "asked elsewhere",
    );
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
    assert.equal((await refused("login")).failure, "offline");
  });
});

describe("a machine of AWS", () => {
  const found = {
    AccessKeyId: "MACHINE",
    SecretAccessKey: "S3CRET",
    Token: "T0KEN",
    Expiration: "2099-01-01T00:00:00Z",
  };

  test("gives keys through its metadata, where that is not switched off", async (t) => {
    const stub = await startStub(t, (request) => {
      if (request.method === "PUT") return { body: "IMDST0KEN" };
      if (request.method === "GET") return { body: request.url.endsWith("/") ? "role" : JSON.stringify(found) };
      return sts(request, 0);
    });
    inEnvironment(t, { AWS_ENDPOINT_URL: stub.url, AWS_EC2_METADATA_SERVICE_ENDPOINT: stub.url });
    assert.equal((await refused()).failure, "signed-out");
    assert.equal(stub.requests.length, 0);
    process.env["AWS_EC2_METADATA_DISABLED"] = "false";
    await signedIn();
    assert.deepEqual(stub.requests.map(signer), [undefined, undefined, undefined, "MACHINE"]);
    withFiles(
      t,
      "[profile machine]\nrole_arn = arn:aws:iam::444455556666:role/dev\ncredential_source = Ec2InstanceMetadata\n",
    );
    await signedIn("machine");
    assert.deepEqual(stub.requests.slice(-2).map(signer), ["MACHINE", "ROLE-dev"]);
  });

  test("that does not answer does not keep anybody waiting who cancels", async (t) => {
    const stub = await startStub(t, () => undefined);
    inEnvironment(t, { AWS_EC2_METADATA_SERVICE_ENDPOINT: stub.url, AWS_EC2_METADATA_DISABLED: undefined });
    const controller = new AbortController();
    const signing = refused(undefined, { signal: controller.signal });
    while (stub.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    assert.equal((await signing).failure, "cancelled");
  });

  test("is a container too", async (t) => {
    const stub = await startStub(t, (request) =>
      request.method === "GET" ? { body: JSON.stringify(found) } : sts(request, 0),
    );
    inEnvironment(t, {
      AWS_ENDPOINT_URL: stub.url,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${stub.url}/get`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "T0KEN",
    });
    await signedIn();
    assert.deepEqual(
      [stub.requests[0]?.headers["authorization"], stub.requests.map(signer)],
      ["T0KEN", [undefined, "MACHINE"]],
    );
  });
});

describe("over TLS", () => {
  test("an authority of one's own is trusted where AWS_CA_BUNDLE or the profile names it, and is told of where not", async (t) => {
    const ca = createCa();
    const { pem, keys: pair } = issue({ issuer: ca, subject: "CN=localhost" }, [
      keyUsage("digitalSignature"),
      extendedKeyUsage(serverAuth),
      subjectAltName(dnsName("localhost")),
    ]);
    const stub = await startStub(t, sts, {
      cert: pem,
      key: String(pair.privateKey.export({ type: "pkcs8", format: "pem" })),
    });
    const { home } = inEnvironment(t, { ...keys, AWS_ENDPOINT_URL: stub.url });
    const untrusted = async () => {
      const failure = await refused();
      assert.equal(failure.failure, "offline");
      assert.match(
        failure.message,
        /^The certificate of localhost:\d+ is not trusted \([A-Z_]+\)\. .* set AWS_CA_BUNDLE, or ca_bundle in the profile, to the CA's PEM file\.$/,
      );
    };
    await untrusted();
    process.env["AWS_CA_BUNDLE"] = join(home, "ca.pem");
    assert.equal(
      (await refused()).message,
      `The file ${join(home, "ca.pem")}, set by AWS_CA_BUNDLE, does not exist. AWS was not called.`,
    );
    writeFileSync(join(home, "ca.pem"), createCa({ subject: "CN=Other" }).pem);
    await untrusted();
    writeFileSync(join(home, "ca.pem"), ca.pem);
    await signedIn();
    delete process.env["AWS_CA_BUNDLE"];
    withFiles(t, `[default]\nca_bundle = ${join(home, "ca.pem")}\n`);
    await signedIn();
    assert.deepEqual(operations(stub), ["GetCallerIdentity", "GetCallerIdentity"]);
  });
});

describe("signing in", () => {
  test("ends where it is cancelled before and in the middle", async (t) => {
    const stub = await startStub(t, () => undefined);
    inEnvironment(t, { ...keys, AWS_ENDPOINT_URL: stub.url });
    assert.deepEqual(await refused(undefined, { signal: AbortSignal.abort() }), {
      failure: "cancelled",
      message: "Canceled.",
      action: "sts:GetCallerIdentity",
    });
    assert.equal(stub.requests.length, 0);
    const controller = new AbortController();
    const signing = refused(undefined, { signal: controller.signal });
    while (stub.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    assert.equal((await signing).failure, "cancelled");
  });

  test("is told as the wrong endpoint where something else answers", async (t) => {
    inEnvironment(t, keys);
    for (const reply of [
      { body: "<html>Sign in</html>", headers: { "content-type": "text/html" } },
      { body: "{}" },
      { body: "" },
    ]) {
      const stub = await startStub(t, () => reply);
      process.env["AWS_ENDPOINT_URL"] = stub.url;
      assert.equal((await refused()).failure, "wrong-endpoint", reply.body);
    }
  });

  test("knows the partition, by which CloudFront has its region", async (t) => {
    const stub = await startStub(t, () => ({
      ...identity,
      body: identity.body.replace("arn:aws:iam", "arn:aws-cn:iam"),
    }));
    inEnvironment(t, { ...keys, AWS_ENDPOINT_URL: stub.url, AWS_REGION: "cn-north-1" });
    assert.equal((await signedIn()).identity.partition, "aws-cn");
    const connection = await connect({ profile: undefined, askMfaCode: noCode, signal: never });
    assert.ok(!isFailure(connection));
    t.after(() => dispose(connection));
    await listDistributions(connection, undefined, never);
    assert.equal(
      scope(stub.requests.at(-1) ?? assert.fail("nothing was sent")),
      "cn-northwest-1/cloudfront/aws4_request",
    );
  });
});
