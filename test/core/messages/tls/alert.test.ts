import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeAlert } from "../../../../src/core/messages/tls/alert.ts";
import { listAlerts } from "../../../../src/core/tls/alerts.ts";

describe("an alert in words", () => {
  test("has its number, its name and what it means", () => {
    assert.equal(describeAlert(48), "alert 48 (unknown_ca): the issuer of the certificate is not trusted");
    assert.equal(
      describeAlert(116),
      "alert 116 (certificate_required): a client certificate is required, and none was presented",
    );
  });

  test("means something for every alert of the table, and for each something else", () => {
    const meanings = listAlerts().map(([alert, name]) => {
      const begin = `alert ${alert} (${name}): `;
      const words = describeAlert(alert);
      assert.ok(words.startsWith(begin), words);
      return words.slice(begin.length);
    });
    assert.ok(meanings.every((meaning) => /^[a-z].*[^.]$/.test(meaning)));
    assert.equal(new Set(meanings).size, meanings.length);
  });

  test("is told by its number alone where the standards have none", () => {
    assert.equal(describeAlert(200), "alert 200, which the TLS standards do not define");
  });
});
