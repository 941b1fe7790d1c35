import * as assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/core/document/tree.ts";
import { modifyListenerCommand } from "../../../src/core/elb/update-command.ts";
import { subjectsOf } from "../../../src/core/facts.ts";
import { isUnquotable } from "../../../src/core/shell.ts";
import { readText } from "../checking.ts";

const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
const trustStore = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/73e2d6bc24d8a063";

function commandFor(MutualAuthentication: Json, ListenerArn = arn): string | undefined {
  const [found] = subjectsOf(
    readText(JSON.stringify({ ListenerArn, Protocol: "HTTPS", DefaultActions: [], MutualAuthentication })),
    "listeners",
  );
  const command = modifyListenerCommand(found?.listeners[0] ?? assert.fail(), { shell: "sh", name: "bash" });
  return isUnquotable(command) ? assert.fail(command.unquotable) : command;
}

test("the command sends what the document says", () => {
  assert.equal(
    commandFor({ Mode: "passthrough" }),
    `aws elbv2 modify-listener --listener-arn ${arn} --mutual-authentication Mode=passthrough`,
  );
  const all = {
    Mode: "verify",
    TrustStoreArn: trustStore,
    IgnoreClientCertificateExpiry: false,
    AdvertiseTrustStoreCaNames: "on",
  };
  assert.equal(
    commandFor(all),
    `aws elbv2 modify-listener --listener-arn ${arn} --mutual-authentication Mode=verify,TrustStoreArn=${trustStore},IgnoreClientCertificateExpiry=false,AdvertiseTrustStoreCaNames=on`,
  );
});

test("there is none where filters would be left out, be they none: no AWS CLI knows them", () => {
  const filters = [{ Action: "accept", Field: "subject-cn", MatchType: "exact", Value: "client.example.com" }];
  const network = arn.replace("/app/", "/net/");
  for (const ClientCertificateIdentityFilters of [filters, []])
    assert.equal(
      commandFor({ Mode: "verify", TrustStoreArn: trustStore, ClientCertificateIdentityFilters }, network),
      undefined,
    );
  assert.match(
    commandFor({ Mode: "verify", TrustStoreArn: trustStore, ClientCertificateIdentityFilters: null }, network) ?? "",
    / --mutual-authentication Mode=verify,TrustStoreArn=/,
  );
});

test("there is none where a shell or the CLI would read more into it, or no listener is named", () => {
  assert.equal(commandFor({ Mode: "verify", TrustStoreArn: `${trustStore};x` }), undefined);
  assert.equal(
    commandFor({ Mode: "verify", TrustStoreArn: trustStore, AdvertiseTrustStoreCaNames: "on,Mode=off" }),
    undefined,
  );
  assert.equal(commandFor({ Mode: "Verify" }), undefined);
  assert.equal(commandFor({ Mode: "passthrough" }, "${listener}"), undefined);
  assert.equal(commandFor({ Mode: "passthrough" }, `${arn} x`), undefined);
});
