import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { flagSays, isFlag } from "../../../src/core/dialect/flag.ts";
import { read } from "../../../src/core/read.ts";

const flag = (text: string) => {
  const facts = read({ text: `{${text}}`, syntax: "json", name: "x.json" });
  const root = facts.kind === "config" ? facts.tree.root : undefined;
  const member = root?.kind === "object" ? root.members[0] : undefined;
  assert.ok(member);
  return isFlag(member) ? flagSays(member) : undefined;
};

describe("an on/off flag", () => {
  it("says what its author wants, by name and value", () => {
    for (const on of [
      '"Enabled": true',
      '"isEnabled": "true"',
      '"Disabled": false',
      '"status": "ENABLED"',
      '"on": "yes"',
    ])
      assert.equal(flag(on), "on", on);
    for (const off of [
      '"enabled": false',
      '"Disabled": "true"',
      '"mtls_enabled": "no"',
      '"Mode": "off"',
      '"State": "disabled"',
      '"off": true',
    ])
      assert.equal(flag(off), "off", off);
    for (const unclear of ['"enabled": null', '"enabled": {}', '"Enabled": "later"', '"active": 7'])
      assert.equal(flag(unclear), "unclear", unclear);
  });

  it("is not what is only near one", () => {
    for (const other of [
      '"Mode": "STRICT"',
      '"status": "AVAILABLE"',
      '"TrustStoreAssociationStatus": "active"',
      '"truststoreUri": "off"',
      '"enabledFor": true',
    ])
      assert.equal(flag(other), undefined, other);
  });
});
