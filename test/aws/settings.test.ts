import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { readSettings, type Settings } from "../../src/aws/settings.ts";
import { type Failure, isFailure } from "../../src/core/failure.ts";
import { createCa } from "../core/x509/pki.ts";
import { folder, inEnvironment, withFiles } from "./stub.ts";

async function settings(profile?: string): Promise<Settings> {
  const read = await readSettings(profile);
  assert.ok(!isFailure(read), JSON.stringify(read));
  return read;
}

async function failure(profile?: string): Promise<Failure> {
  const read = await readSettings(profile);
  assert.ok(isFailure(read));
  return read;
}

describe("the profile that holds", () => {
  test("is that asked for, then that of the environment, then the default one", async (t) => {
    inEnvironment(t);
    withFiles(t, "[default]\n[profile a]\n[profile b]\n");
    assert.equal((await settings()).profile, "default");
    process.env["AWS_DEFAULT_PROFILE"] = "b";
    assert.equal((await settings()).profile, "b");
    process.env["AWS_PROFILE"] = "a";
    assert.equal((await settings()).profile, "a");
    assert.equal((await settings("b")).profile, "b");
    assert.equal((await settings("b")).asked, "b");
  });

  test("has to be there where somebody names it", async (t) => {
    inEnvironment(t);
    assert.equal((await settings()).section, undefined);
    assert.deepEqual(await failure("gone"), {
      failure: "signed-out",
      message: 'The profile "gone" is in neither the AWS config file nor the credentials file. Select another profile.',
    });
    process.env["AWS_PROFILE"] = "lost";
    assert.match((await failure()).message, /^AWS_PROFILE is set to "lost", which is in neither/);
  });
});

describe("the region", () => {
  test("is that of the environment, then of the profile, as in the CLI", async (t) => {
    inEnvironment(t);
    withFiles(t, "[default]\n[profile a]\nregion = eu-west-1\n");
    assert.equal((await settings()).region, undefined);
    assert.equal((await settings("a")).region, "eu-west-1");
    process.env["AWS_DEFAULT_REGION"] = "eu-west-2";
    assert.equal((await settings("a")).region, "eu-west-2");
    process.env["AWS_REGION"] = "eu-west-3";
    assert.equal((await settings("a")).region, "eu-west-3");
    process.env["AWS_REGION"] = "";
    assert.equal((await settings("a")).region, "eu-west-2");
  });
});

describe("endpoints", () => {
  const of = async (profile?: string) =>
    Object.fromEntries([...(await settings(profile)).endpoints].map(([service, url]) => [service, url.href]));
  const all = (href: string, others = {}) => ({
    acm: href,
    cloudfront: href,
    sts: href,
    sso: href,
    sso_oidc: href,
    signin: href,
    ...others,
  });

  test("are AWS's own where nobody says anything", async (t) => {
    inEnvironment(t);
    assert.deepEqual(await of(), {});
  });

  test("come from the environment, the services section and the profile, in this order", async (t) => {
    inEnvironment(t);
    withFiles(
      t,
      "[profile a]\nendpoint_url = http://profile:1\nservices = local\n[services local]\ncloudfront =\n  endpoint_url = http://section:2\nsts =\n  endpoint_url = http://section:3\n[profile b]\n",
    );
    assert.deepEqual(
      await of("a"),
      all("http://profile:1/", { cloudfront: "http://section:2/", sts: "http://section:3/" }),
    );
    assert.deepEqual(await of("b"), {});
    process.env["AWS_ENDPOINT_URL_STS"] = "http://own:4/path";
    assert.deepEqual(
      await of("a"),
      all("http://profile:1/", { cloudfront: "http://section:2/", sts: "http://own:4/path" }),
    );
    process.env["AWS_ENDPOINT_URL"] = "https://all:5";
    assert.deepEqual(await of("a"), all("https://all:5/", { sts: "http://own:4/path" }));
    assert.deepEqual(await of("b"), all("https://all:5/", { sts: "http://own:4/path" }));
  });

  test("are ignored where somebody says so", async (t) => {
    inEnvironment(t, { AWS_ENDPOINT_URL: "http://all:5" });
    withFiles(t, "[profile a]\nignore_configured_endpoint_urls = TRUE\n[profile b]\n");
    assert.deepEqual(await of("a"), {});
    assert.deepEqual(await of("b"), all("http://all:5/"));
    process.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
    assert.deepEqual(await of("b"), {});
    process.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "false";
    assert.deepEqual(await of("a"), all("http://all:5/"));
  });

  test("that are no URLs are named with where they were said", async (t) => {
    inEnvironment(t, { AWS_ENDPOINT_URL: "localhost:4566" });
    withFiles(
      t,
      "[profile a]\nservices = local\n[services local]\nacm =\n  endpoint_url = 127.0.0.1\n[profile b]\nendpoint_url = ftp://x\n[profile c]\nservices = gone\n",
    );
    const wrong = async (profile?: string) => {
      const { failure: kind, message } = await failure(profile);
      assert.equal(kind, "wrong-endpoint");
      return message;
    };
    assert.equal(await wrong(), "The value of AWS_ENDPOINT_URL is not a URL that starts with https:// or http://.");
    delete process.env["AWS_ENDPOINT_URL"];
    assert.equal(
      await wrong("a"),
      'The value of endpoint_url in the services section "local" is not a URL that starts with https:// or http://.',
    );
    assert.equal(
      await wrong("b"),
      'The value of endpoint_url in the profile "b" is not a URL that starts with https:// or http://.',
    );
    assert.equal(
      await wrong("c"),
      'The profile "c" refers to the services section "gone", which is not in the AWS config file.',
    );
  });
});

describe("authorities", () => {
  test("are those of AWS_CA_BUNDLE, then of the profile", async (t) => {
    const { home } = inEnvironment(t);
    const [one, two] = [createCa().pem, `${createCa().pem}\n# between\n${createCa().pem}`];
    writeFileSync(join(home, "one.pem"), one);
    writeFileSync(join(home, "two.pem"), two);
    withFiles(t, "[default]\n[profile a]\nca_bundle = ~/one.pem\n");
    assert.equal((await settings()).ca, undefined);
    assert.equal((await settings("a")).ca, one);
    process.env["AWS_CA_BUNDLE"] = join(home, "two.pem");
    assert.equal((await settings("a")).ca, two);
  });

  test("are told with their file where they cannot be read", async (t) => {
    inEnvironment(t);
    const path = folder(t);
    const { pem } = createCa();
    const message = async () => {
      const { failure: kind, message } = await failure();
      assert.equal(kind, "offline");
      return message.replace(path, "…");
    };
    process.env["AWS_CA_BUNDLE"] = join(path, "missing.pem");
    assert.equal(await message(), "The file …/missing.pem, set by AWS_CA_BUNDLE, does not exist. AWS was not called.");
    process.env["AWS_CA_BUNDLE"] = path;
    assert.equal(
      await message(),
      "The file …, set by AWS_CA_BUNDLE, could not be read as PEM certificates. AWS was not called.",
    );
    process.env["AWS_CA_BUNDLE"] = join(path, "ca.pem");
    writeFileSync(join(path, "ca.pem"), "not a certificate");
    assert.equal(
      await message(),
      "The file …/ca.pem, set by AWS_CA_BUNDLE, contains no PEM certificates. AWS was not called.",
    );
    writeFileSync(join(path, "ca.pem"), pem.replace(/\n[A-Za-z0-9+/]{20}/, "\n!!!"));
    assert.equal(
      await message(),
      "The file …/ca.pem, set by AWS_CA_BUNDLE, could not be read as PEM certificates. AWS was not called.",
    );
    delete process.env["AWS_CA_BUNDLE"];
    withFiles(t, `[default]\nca_bundle = ${join(path, "missing.pem")}\n`);
    assert.equal(
      await message(),
      'The file …/missing.pem, set by ca_bundle in the profile "default", does not exist. AWS was not called.',
    );
  });
});
