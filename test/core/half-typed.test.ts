// What is found in one resource of a JSON template stays while another one is being typed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { Json } from "../../src/core/document/tree.ts";
import { holds } from "../randomly.ts";
import { problemsIn } from "./checking.ts";

const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/a1b2c3d4-1234-4321-8765-0123456789ab";

/** Each wrong in several ways, of which some are told only of what is complete. */
const resources: Readonly<Record<string, Json>> = {
  Site: {
    Type: "AWS::CloudFront::Distribution",
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [
          {
            Id: "o1",
            DomainName: "a.example.com",
            CustomOriginConfig: {
              OriginProtocolPolicy: "match-viewer",
              OriginSSLProtocols: ["SSLv3"],
              OriginMtlsConfig: { ClientCertificateArn: certificate },
            },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: "o1",
          ViewerProtocolPolicy: "allow-all",
          GrpcConfig: { Enabled: true },
        },
      },
    },
  },
  Front: {
    Type: "AWS::ElasticLoadBalancingV2::Listener",
    Properties: {
      Port: 80,
      Protocol: "HTTP",
      DefaultActions: [{ Type: "fixed-response" }],
      MutualAuthentication: { Mode: "Verify", IgnoreClientCertificateExpiry: "true" },
    },
  },
  Domain: {
    Type: "AWS::ApiGatewayV2::DomainName",
    Properties: {
      DomainName: "api.example.com",
      DomainNameConfigurations: [{ EndpointType: "REGIONAL", CertificateArn: certificate, SecurityPolicy: "TLS_1_0" }],
      MutualTlsAuthentication: { TruststoreUri: "http://bucket/store.pem", TruststoreVersion: "" },
    },
  },
};

const layouts: Readonly<Record<string, (value: Json) => string>> = {
  "two blanks": (value) => JSON.stringify(value, null, 2),
  tabs: (value) => JSON.stringify(value, null, "\t"),
  "CRLF and four blanks": (value) => JSON.stringify(value, null, 4).replaceAll("\n", "\r\n"),
};

interface Part {
  readonly start: number;
  readonly end: number;
}

/** The lines of each resource. */
function partsOf(text: string, ids: readonly string[]): readonly Part[] {
  const lineOf = (sign: string, from = 0): number => text.lastIndexOf("\n", text.indexOf(sign, from)) + 1;
  const starts = ids.map((id) => lineOf(`"${id}": {`));
  const closing = text.lastIndexOf("}", text.indexOf('"Outputs"'));
  const ends = [...starts.slice(1), text.lastIndexOf("\n", closing) + 1];
  return starts.map((start, index) => ({ start, end: ends[index] ?? start }));
}

/** What is found in a part, and which of its texts it points at. */
function foundIn(text: string, { start, end }: Part): readonly string[] {
  return problemsIn(text)
    .filter(({ at }) => start <= at.start && at.end <= end)
    .map(({ rule, at }) => `${rule.id} at ${at.start - start}: ${text.slice(at.start, at.end)}`);
}

function template(order: readonly string[]): Json {
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Parameters: { Port: { Type: "Number" } },
    Resources: Object.fromEntries(order.map((id) => [id, resources[id] ?? null])),
    Outputs: { Four: { Value: "D" } },
  };
}

const ids = Object.keys(resources);

const damages = fc.record({
  order: fc.shuffledSubarray(ids, { minLength: ids.length }),
  layout: fc.constantFrom(...Object.values(layouts)),
  hit: fc.nat(ids.length - 1),
  at: fc.nat(),
  change: fc.oneof(
    fc.constantFrom(...'{[]},":').map((text) => ({ removed: 0, text })),
    fc.integer({ min: 1, max: 3 }).map((removed) => ({ removed, text: "" })),
  ),
});

describe("what is found in the resources of a JSON template", () => {
  test("stays but for one in fifty times that another one is damaged", () => {
    let count = 0;
    const changed: string[] = [];
    const property = fc.property(damages, ({ order, layout, hit, at, change: { removed, text } }) => {
      const whole = layout(template(order));
      const parts = partsOf(whole, order);
      const { start, end } = parts[hit] ?? { start: 0, end: 0 };
      const from = start + (at % (end - start));
      const to = Math.min(end, from + removed);
      const damaged = whole.slice(0, from) + text + whole.slice(to);
      const delta = damaged.length - whole.length;
      count++;
      const isSame = parts.every((part, index) => {
        const shift = index > hit ? delta : 0;
        if (index === hit) return true;
        const before = foundIn(whole, part);
        assert.ok(before.length >= 4);
        const after = foundIn(damaged, { start: part.start + shift, end: part.end + shift });
        return JSON.stringify(before) === JSON.stringify(after);
      });
      if (!isSame) changed.push(JSON.stringify([whole.slice(from - 20, from), whole.slice(from, to), text]));
    });
    holds(property, 250, 15_000);
    assert.ok(changed.length <= count / 50, `${changed.length} of ${count}: ${changed.slice(0, 10).join("\n")}`);
  });

  test("stays while another one is typed between them, character by character", () => {
    const whole = JSON.stringify(template(ids), null, 2);
    const fresh = JSON.stringify({ Fresh: resources["Front"] ?? null }, null, 2)
      .slice(2, -2)
      .replaceAll("\n", "\n  ");
    const parts = partsOf(whole, ids);
    const before = parts.map((part) => foundIn(whole, part));
    for (const place of [parts[0]?.start ?? 0, parts[1]?.start ?? 0, parts[2]?.end ?? 0])
      for (let typed = 0; typed <= fresh.length; typed += 3) {
        const line = `  ${fresh.slice(0, typed)}\n`;
        const text = whole.slice(0, place) + line + whole.slice(place);
        const after = parts.map(({ start, end }) => {
          const shift = start >= place ? line.length : 0;
          return foundIn(text, { start: start + shift, end: end + shift });
        });
        assert.deepEqual(after, before, line.slice(-40));
      }
  });
});
