import * as assert from "node:assert/strict";
import { test } from "node:test";
import type { Certificate } from "../../../../src/core/x509/model.ts";
import { policyFault } from "../../../../src/core/x509/path/policies.ts";
import { type Bytes, certificate, extension, implicit, integer, oid, sequence } from "../der-writer.ts";
import { read } from "../pki.ts";

const any = "2.5.29.32.0";

interface Said {
  readonly policies?: readonly string[] | undefined;
  readonly mappings?: readonly (readonly [string, string])[] | undefined;
  readonly requireExplicit?: number | undefined;
  readonly inhibitMapping?: number | undefined;
  readonly inhibitAny?: number | undefined;
  readonly selfIssued?: boolean;
}

let count = 0;

function make({
  policies,
  mappings,
  requireExplicit,
  inhibitMapping,
  inhibitAny,
  selfIssued = false,
}: Said): Certificate {
  const extensions: Bytes[] = [];
  if (policies !== undefined)
    extensions.push(extension("2.5.29.32", sequence(...policies.map((policy) => sequence(oid(policy))))));
  if (mappings !== undefined)
    extensions.push(
      extension("2.5.29.33", sequence(...mappings.map(([issuer, subject]) => sequence(oid(issuer), oid(subject))))),
    );
  if (requireExplicit !== undefined || inhibitMapping !== undefined) {
    const parts = [
      ...(requireExplicit === undefined ? [] : [implicit(0, [requireExplicit])]),
      ...(inhibitMapping === undefined ? [] : [implicit(1, [inhibitMapping])]),
    ];
    extensions.push(extension("2.5.29.36", sequence(...parts)));
  }
  if (inhibitAny !== undefined) extensions.push(extension("2.5.29.54", integer(inhibitAny)));
  const subject = `CN=${++count}`;
  return read(certificate({ subject, issuer: selfIssued ? subject : "CN=issuer", extensions }));
}

interface Node {
  readonly policy: string;
  expected: readonly string[];
  readonly parent: Node | undefined;
  readonly depth: number;
}

/** RFC 5280 sections 6.1.2 to 6.1.5 to the letter, with a tree; from the top down. */
function holds(path: readonly Said[], isRequired: boolean): boolean {
  const n = path.length;
  let tree: Node[] = [{ policy: any, expected: [any], parent: undefined, depth: 0 }];
  const at = (depth: number) => tree.filter((node) => node.depth === depth);
  const prune = (depth: number) => {
    for (let level = depth; level >= 0; level--) {
      const parents = new Set(tree.map(({ parent }) => parent));
      tree = tree.filter((node) => node.depth !== level || parents.has(node));
    }
  };
  let explicit = isRequired ? 0 : n + 1;
  let mapping = n + 1;
  let inhibitAny = n + 1;
  for (const [index, said] of path.entries()) {
    const i = index + 1;
    const { policies, mappings, requireExplicit, inhibitMapping, inhibitAny: skip, selfIssued = false } = said;
    if (policies === undefined) tree = [];
    else if (tree.length > 0) {
      for (const policy of policies.filter((one) => one !== any)) {
        const parents = at(i - 1).filter(({ expected }) => expected.includes(policy));
        for (const parent of parents) tree.push({ policy, expected: [policy], parent, depth: i });
        if (parents.length > 0) continue;
        const parent = at(i - 1).find((node) => node.policy === any);
        if (parent !== undefined) tree.push({ policy, expected: [policy], parent, depth: i });
      }
      if (policies.includes(any) && (inhibitAny > 0 || (i < n && selfIssued))) {
        for (const parent of at(i - 1)) {
          for (const policy of parent.expected) {
            if (!tree.some((node) => node.parent === parent && node.policy === policy))
              tree.push({ policy, expected: [policy], parent, depth: i });
          }
        }
      }
      prune(i - 1);
    }
    if (explicit === 0 && tree.length === 0) return false;
    if (i === n) {
      if (explicit > 0) explicit--;
      if (requireExplicit === 0) explicit = 0;
      return explicit > 0 || tree.length > 0;
    }
    if (mappings?.some((pair) => pair.includes(any)) === true) return false;
    for (const issuer of new Set((mappings ?? []).map(([from]) => from))) {
      const subjects = (mappings ?? []).filter(([from]) => from === issuer).map(([, to]) => to);
      const nodes = at(i).filter(({ policy }) => policy === issuer);
      if (mapping === 0) {
        tree = tree.filter((node) => !nodes.includes(node));
        prune(i - 1);
      } else if (nodes.length > 0) for (const node of nodes) node.expected = subjects;
      else {
        const anyNode = at(i).find(({ policy }) => policy === any);
        if (anyNode !== undefined) tree.push({ policy: issuer, expected: subjects, parent: anyNode.parent, depth: i });
      }
    }
    if (!selfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, requireExplicit ?? explicit);
    mapping = Math.min(mapping, inhibitMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, skip ?? inhibitAny);
  }
  return true;
}

/** Paths from the top down. */
const ours = (path: readonly Said[], isRequired = false) => policyFault(path.map(make).reverse(), isRequired);

test("policies: what the standard's sections say, one by one", () => {
  assert.equal(ours([{}, {}]), undefined, "nobody requires any");
  assert.deepEqual(ours([{ policies: ["1.2.3"], requireExplicit: 0 }, {}]), { how: "none-left", index: 0 });
  assert.equal(ours([{ policies: ["1.2.3"], requireExplicit: 0 }, { policies: ["1.2.3"] }]), undefined);
  assert.deepEqual(ours([{ policies: ["1.2.3"], requireExplicit: 0 }, { policies: ["1.2.4"] }]), {
    how: "none-left",
    index: 0,
  });
  assert.equal(
    ours([{ policies: ["1.2.3"], requireExplicit: 2 }, { policies: ["1.2.4"] }]),
    undefined,
    "two more may be without",
  );
  assert.equal(ours([{ policies: [any], requireExplicit: 0 }, { policies: ["1.2.4"] }]), undefined);
  assert.deepEqual(ours([{ policies: ["1.2.3"], requireExplicit: 0, inhibitAny: 0 }, { policies: [any] }]), {
    how: "none-left",
    index: 0,
  });
  assert.equal(
    ours([{ policies: ["1.2.3"], mappings: [["1.2.3", "1.2.9"]], requireExplicit: 0 }, { policies: ["1.2.9"] }]),
    undefined,
  );
  assert.deepEqual(
    ours([
      { policies: ["1.2.3"], inhibitMapping: 0 },
      { policies: ["1.2.3"], mappings: [["1.2.3", "1.2.9"]], requireExplicit: 0 },
      { policies: ["1.2.9"] },
    ]),
    { how: "none-left", index: 0 },
  );
  assert.deepEqual(ours([{ policies: ["1.2.3"], mappings: [[any, "1.2.9"]] }, {}]), { how: "mapping", index: 1 });
  assert.deepEqual(ours([{}], true), { how: "none-left", index: 0 });
  assert.equal(ours([{ policies: ["1.2.3"] }], true), undefined);
});

test("policies: a trust anchor's, as RFC 5937 heeds them", () => {
  const client = make({ policies: ["1.2.3"] });
  assert.equal(policyFault([client], false, make({})), undefined);
  assert.equal(policyFault([client], false, make({ requireExplicit: 0 })), undefined);
  assert.deepEqual(policyFault([make({})], false, make({ requireExplicit: 0 })), { how: "none-left", index: 0 });
  assert.deepEqual(policyFault([client], false, make({ policies: ["1.2.4"], requireExplicit: 0 })), {
    how: "none-left",
    index: 0,
  });
});

test("policies: the same as with the whole tree, on random paths", (t) => {
  let state = 20261121;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 0x1000000;
  };
  const below = (most: number) => Math.floor(next() * most);
  const named = (isAnyToo: boolean) => (isAnyToo && next() < 0.25 ? any : `1.2.${below(4)}`);
  let failing = 0;
  const runs = 1500;
  for (let run = 0; run < runs; run++) {
    const path = Array.from(
      { length: 1 + below(5) },
      (): Said => ({
        policies: next() < 0.9 ? [...new Set(Array.from({ length: 1 + below(3) }, () => named(true)))] : undefined,
        mappings:
          next() < 0.4
            ? Array.from({ length: 1 + below(3) }, () => [named(next() < 0.03), named(false)] as const)
            : undefined,
        requireExplicit: next() < 0.4 ? below(3) : undefined,
        inhibitMapping: next() < 0.2 ? below(3) : undefined,
        inhibitAny: next() < 0.2 ? below(3) : undefined,
        selfIssued: next() < 0.2,
      }),
    );
    const isRequired = next() < 0.3;
    const expected = holds(path, isRequired);
    assert.equal(ours(path, isRequired) === undefined, expected, JSON.stringify({ path, isRequired }));
    if (!expected) failing++;
  }
  t.diagnostic(`${failing} of ${runs} fail`);
  assert.ok(failing > runs / 10 && failing < (runs * 9) / 10);
});

test("policies: a thousand of them, each mapped to all, stay a list", () => {
  const policies = Array.from({ length: 1000 }, (_, index) => `1.2.3.${index}`);
  const mappings = policies.flatMap((from, index) =>
    [from, policies[(index * 7) % 1000] ?? from].map((to) => [from, to] as const),
  );
  const path = Array.from({ length: 8 }, () => ({ policies, mappings, requireExplicit: 0 }));
  assert.equal(ours(path), undefined);
});
