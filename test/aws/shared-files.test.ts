import * as assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fromProcess } from "@aws-sdk/credential-providers";
import { listProfiles } from "../../src/aws/profiles.ts";
import { parseIni, readSharedFiles } from "../../src/aws/shared-files.ts";
import { inEnvironment, withFiles } from "./stub.ts";

const plain = (text: string) =>
  Object.fromEntries([...parseIni(text)].map(([title, section]) => [title, Object.fromEntries(section)]));

describe("the shared files", () => {
  test("are read with comments, blanks, CRLF and a byte order mark", () => {
    assert.deepEqual(
      plain(
        "\ufeff# first\r\n[default]\r\nregion = eu-west-1 # here\r\n; not = this\r\nkey=a=b#c\r\n\r\n[ profile x ]\noutput=json\n",
      ),
      {
        default: { region: "eu-west-1", key: "a=b#c" },
        "profile x": { output: "json" },
      },
    );
  });

  test("have keys below keys", () => {
    assert.deepEqual(
      plain(
        "[services local]\ncloudfront =\n  endpoint_url = http://a\nacm =\n  endpoint_url = http://b\nregion = x\n",
      ),
      {
        "services local": { "cloudfront.endpoint_url": "http://a", "acm.endpoint_url": "http://b", region: "x" },
      },
    );
  });

  test("lose only what cannot be read", () => {
    assert.deepEqual(
      plain("before = 1\n[broken\nlost = 1\n[good]\nno equals\n= no name\nkept = 1\n[__proto__]\nx = 1\n"),
      { good: { kept: "1" }, ["__proto__"]: { x: "1" } },
    );
    assert.equal(({} as Record<string, unknown>)["x"], undefined);
  });

  test("are those that the environment names, or those in the home folder", async (t) => {
    const { home } = inEnvironment(t);
    mkdirSync(join(home, ".aws"));
    writeFileSync(join(home, ".aws/config"), "[profile at-home]\n");
    writeFileSync(join(home, "elsewhere"), "[profile elsewhere]\n");
    assert.deepEqual([...(await readSharedFiles()).profiles.keys()], ["at-home"]);
    process.env["AWS_CONFIG_FILE"] = "~/elsewhere";
    assert.deepEqual([...(await readSharedFiles()).profiles.keys()], ["elsewhere"]);
    process.env["AWS_CONFIG_FILE"] = join(home, "missing");
    assert.deepEqual([...(await readSharedFiles()).profiles.keys()], []);
  });

  test("are one where both name a profile, and the credentials file wins", async (t) => {
    inEnvironment(t);
    withFiles(
      t,
      "[default]\nregion = eu-west-1\naws_access_key_id = config\n[profile b]\n[sso-session s]\nsso_region = x\n[plugins]\na = b\n",
      "[default]\naws_access_key_id = credentials\n[c]\n[profile d]\n",
    );
    const { profiles, ssoSessions } = await readSharedFiles();
    assert.deepEqual([...profiles.keys()], ["default", "b", "c"]);
    assert.deepEqual(Object.fromEntries(profiles.get("default") ?? []), {
      region: "eu-west-1",
      aws_access_key_id: "credentials",
    });
    assert.equal(ssoSessions.get("s")?.get("sso_region"), "x");
  });
});

describe("profiles", () => {
  test("are listed with what they are, their region and account", async (t) => {
    inEnvironment(t);
    withFiles(
      t,
      `[default]
region = us-west-2
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
[profile legacy]
sso_start_url = https://example.awsapps.com/start
sso_account_id = 111122223333
sso_role_name = Admin
sso_region = us-east-1
[profile login]
login_session = arn:aws:iam::111122223333:user/dev
[profile role]
role_arn = arn:aws:iam::444455556666:role/dev
source_profile = keys
[profile machine]
role_arn = arn:aws:iam::444455556666:role/dev
credential_source = Ec2InstanceMetadata
[profile web]
role_arn = arn:aws-cn:iam::777788889999:role/dev
web_identity_token_file = /token
[profile process]
credential_process = vault
[profile "with blanks"]
credential_process = vault
[profile both]
sso_account_id = 111122223333
sso_role_name = Admin
aws_access_key_id = A
aws_secret_access_key = B
[profile half]
role_arn = arn:aws:iam::444455556666:role/dev
[sso-session corp]
sso_region = us-east-1
`,
      "[keys]\naws_access_key_id = A\naws_secret_access_key = B\n",
    );
    const all = await listProfiles();
    assert.deepEqual(
      all.map(({ name, kind }) => [name, kind]),
      [
        ["default", "other"],
        ["sso", "sso"],
        ["legacy", "sso"],
        ["login", "login"],
        ["role", "role"],
        ["machine", "role"],
        ["web", "web-identity"],
        ["process", "process"],
        ["with blanks", "process"],
        ["both", "sso"],
        ["half", "other"],
        ["keys", "keys"],
      ],
    );
    assert.equal(all.find(({ name }) => name === "default")?.region, "us-west-2");
    assert.deepEqual(
      all.filter(({ account }) => account !== undefined).map(({ name, account }) => [name, account]),
      [
        ["sso", "111122223333"],
        ["legacy", "111122223333"],
        ["role", "444455556666"],
        ["machine", "444455556666"],
        ["web", "777788889999"],
        ["both", "111122223333"],
        ["half", "444455556666"],
      ],
    );
    assert.doesNotMatch(JSON.stringify(all), /vault|"A"|"B"/);
  });

  test("are usable unless the SDK has to read them, and passes over them", async (t) => {
    inEnvironment(t);
    const process = "credential_process = exit 1\n";
    const keys = "aws_access_key_id = A\naws_secret_access_key = B\n";
    const names = ["a-Z_0.1@b+c%d:e/f", '"quoted"', "'single'", '"with blanks"', "über", "dev's", "a b"];
    withFiles(
      t,
      `[default]\n${process}${names.map((name) => `[profile ${name}]\n${process}`).join("")}[profile schlüssel]\n${keys}`,
      `[two words]\n${process}[größe]\n${process}[keys here]\n${keys}`,
    );
    const all = await listProfiles();
    assert.deepEqual(
      all.filter(({ isUsable }) => !isUsable).map(({ name }) => name),
      ["with blanks", "über", "dev's", "a b", "two words"],
    );
    for (const { name } of all.filter(({ kind, isUsable }) => kind === "process" && isUsable))
      await assert.rejects(
        fromProcess({ profile: name, ignoreCache: true })(),
        /^CredentialsProviderError: Command failed/,
        name,
      );
    for (const { name } of all.filter(({ isUsable }) => !isUsable))
      await assert.rejects(fromProcess({ profile: name, ignoreCache: true })(), /could not be found/, name);
  });

  test("are none where there is nothing", async (t) => {
    inEnvironment(t);
    assert.deepEqual(await listProfiles(), []);
  });
});
