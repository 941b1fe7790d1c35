import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type Difference,
  differences,
  notKept,
  rebase,
  splitByCertificates,
} from "../../../src/core/cloudfront/compare.ts";
import { newCertificates } from "../../../src/core/cloudfront/origin-settings.ts";
import { mostClientCertificatesPerCall } from "../../../src/core/cloudfront/vocabulary.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { sameJson } from "../../../src/core/document/values.ts";
import { describeDifference } from "../../../src/core/messages/differences.ts";
import { holds } from "../../randomly.ts";
import { counted, customConfig, customOrigin, distributionConfig, s3Origin } from "../configs.ts";
import { anyConfig, anyText, type Members } from "./wire-configs.ts";

const arn = (index: number): string =>
  `arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-${String(index).padStart(12, "0")}`;
const mtls = (index: number): Members => ({ OriginMtlsConfig: { ClientCertificateArn: arn(index) } });

/** `[path, before, after]`, with dots and without values where there are none. */
function told(found: readonly Difference[]): (readonly [string, Json | undefined, Json | undefined])[] {
  return found.map(({ path, before, after }) => [path.join("."), before, after] as const);
}

describe("what differs", () => {
  const behaviors = (...patterns: readonly string[]): Json => ({
    CacheBehaviors: counted(patterns.map((PathPattern) => ({ PathPattern, TargetOriginId: "o1", Compress: true }))),
  });

  const cases: readonly (readonly [
    name: string,
    before: Json,
    after: Json,
    expected: readonly (readonly [string, Json | undefined, Json | undefined])[],
  ])[] = [
    ["nothing, whatever the order of members", { a: 1, b: { c: [1], d: "x" } }, { b: { d: "x", c: [1] }, a: 1 }, []],
    ["a value", { Comment: "a" }, { Comment: "b" }, [["Comment", "a", "b"]]],
    ["a value of another type", { Port: 80 }, { Port: "80" }, [["Port", 80, "80"]]],
    [
      "a member that is new, and one that went",
      { a: 1 },
      { b: 2 },
      [
        ["a", 1, undefined],
        ["b", undefined, 2],
      ],
    ],
    ["no member that is null", { a: null }, { b: null }, []],
    ["an object for a text", { a: "x" }, { a: { b: 1 } }, [["a", "x", { b: 1 }]]],
    [
      "an origin by its id",
      { Origins: counted([customOrigin("o1"), s3Origin("o2")]) },
      { Origins: counted([customOrigin("o1", customConfig({ HTTPPort: 81, ...mtls(1) })), s3Origin("o2")]) },
      [
        ["Origins.Items.o1.CustomOriginConfig.HTTPPort", 80, 81],
        ["Origins.Items.o1.CustomOriginConfig.OriginMtlsConfig", undefined, { ClientCertificateArn: arn(1) }],
      ],
    ],
    [
      "an origin that is new, one that went, and no Quantity",
      { Origins: counted([s3Origin("a"), s3Origin("b")]) },
      { Origins: counted([s3Origin("c"), s3Origin("b"), s3Origin("d")]) },
      [
        ["Origins.Items.a", s3Origin("a"), undefined],
        ["Origins.Items.c", undefined, s3Origin("c")],
        ["Origins.Items.d", undefined, s3Origin("d")],
      ],
    ],
    [
      "a Quantity that alone is another",
      { Aliases: { Quantity: 1, Items: ["a"] } },
      { Aliases: { Quantity: 2, Items: ["a"] } },
      [["Aliases.Quantity", 1, 2]],
    ],
    [
      "a Quantity without items",
      { Aliases: { Quantity: 1 } },
      { Aliases: { Quantity: 0 } },
      [["Aliases.Quantity", 1, 0]],
    ],
    ["no empty list", { Aliases: { Quantity: 0 } }, { Aliases: { Quantity: 0, Items: [] } }, []],
    [
      "the first items of a list, and the last",
      { Aliases: { Quantity: 0 } },
      { Aliases: counted(["a"]) },
      [["Aliases.Items.0", undefined, "a"]],
    ],
    [
      "plain items by their place",
      { Aliases: counted(["a", "b", "c"]) },
      { Aliases: counted(["c2", "a", "c"]) },
      [
        ["Aliases.Items.1", "b", undefined],
        ["Aliases.Items.0", undefined, "c2"],
      ],
    ],
    [
      "the order of items, by their names",
      behaviors("/a", "/b", "/c"),
      behaviors("/c", "/a", "/new"),
      [
        ["CacheBehaviors.Items./b", { PathPattern: "/b", TargetOriginId: "o1", Compress: true }, undefined],
        ["CacheBehaviors.Items./new", undefined, { PathPattern: "/new", TargetOriginId: "o1", Compress: true }],
        ["CacheBehaviors.Items", ["/a", "/c"], ["/c", "/a"]],
      ],
    ],
    [
      "the order of plain items",
      { Aliases: counted(["a", "b"]) },
      { Aliases: counted(["b", "a"]) },
      [["Aliases.Items", ["a", "b"], ["b", "a"]]],
    ],
    [
      "items by place where names are there twice",
      {
        Items: [
          { Id: "a", x: 1 },
          { Id: "a", x: 2 },
        ],
      },
      { Items: [{ Id: "a", x: 1 }] },
      [["Items.1", { Id: "a", x: 2 }, undefined]],
    ],
    [
      "items by place where they have no name",
      { Items: [{ x: 1 }, { x: 2 }] },
      { Items: [{ x: 3 }, { x: 2 }] },
      [["Items.0.x", 1, 3]],
    ],
    [
      "error codes, header names, event types",
      { Items: [{ ErrorCode: 404, a: 1 }] },
      { Items: [{ ErrorCode: 404, a: 2 }] },
      [["Items.404.a", 1, 2]],
    ],
    ["the whole, where it is something else", "a", ["a"], [["", "a", ["a"]]]],
    [
      "members called like those every object has",
      JSON.parse('{"__proto__":1,"toString":1}') as Json,
      {},
      [
        ["__proto__", 1, undefined],
        ["toString", 1, undefined],
      ],
    ],
  ];
  for (const [name, before, after, expected] of cases) {
    test(`is ${name}`, () => {
      assert.deepEqual(told(differences(before, after)), expected);
    });
  }

  test("is nothing between the same, and something between others", () => {
    holds(
      fc.property(anyConfig, anyConfig, (one, other) => {
        assert.deepEqual(differences(one, JSON.parse(JSON.stringify(one)) as Json), []);
        if (JSON.stringify(one["Comment"]) !== JSON.stringify(other["Comment"]))
          assert.notDeepEqual(differences(one, other), []);
        // What is new one way round is gone the other way round.
        const count = (found: readonly Difference[], side: "before" | "after") =>
          found.filter((difference) => difference[side] === undefined).length;
        const [there, back] = [differences(one, other), differences(other, one)];
        assert.equal(there.length, back.length);
        assert.equal(count(there, "before"), count(back, "after"));
      }),
      200,
    );
  });

  test("is told of what is nested as deep as somebody likes", () => {
    const deep = (text: string): Json =>
      Array.from({ length: 30_000 }).reduce<Json>(
        (inner, _, index) => (index % 2 === 0 ? { a: inner } : [inner]),
        text,
      );
    const found = differences(deep("x"), deep("y"));
    assert.equal(found.length, 1);
    assert.deepEqual(differences(deep("x"), deep("x")), []);
    for (const difference of found) assert.ok(describeDifference(difference).length < 5_000);
    assert.equal(rebase(deep("x"), deep("y"), deep("z")).conflicts.length, 1);
  });
});

describe("what was not kept", () => {
  const sent = distributionConfig([customOrigin("o1", customConfig(mtls(1)))], {
    Aliases: counted(["a", "b"]),
    CacheBehaviors: counted([{ PathPattern: "/a" }, { PathPattern: "/b" }]),
    New: { Level: 3, Deep: true },
  });
  const origins = (members: Members) => ({ Origins: counted([customOrigin("o1", members)]) });

  const cases: readonly (readonly [
    name: string,
    read: Json,
    expected: readonly (readonly [string, Json | undefined, Json | undefined])[],
  ])[] = [
    ["nothing", sent, []],
    [
      "nothing where the service adds its defaults",
      { ...sent, PriceClass: "PriceClass_All", Logging: { Enabled: false }, CustomErrorResponses: { Quantity: 0 } },
      [],
    ],
    [
      "a member that is missing",
      { ...sent, ...origins(customConfig()) },
      [["Origins.Items.o1.CustomOriginConfig.OriginMtlsConfig", { ClientCertificateArn: arn(1) }, undefined]],
    ],
    [
      "a member that says something else",
      { ...sent, ...origins(customConfig(mtls(2))) },
      [["Origins.Items.o1.CustomOriginConfig.OriginMtlsConfig.ClientCertificateArn", arn(1), arn(2)]],
    ],
    [
      "an item that is missing, and one that nobody sent",
      { ...sent, Aliases: counted(["c", "b"]) },
      [
        ["Aliases.Items.0", "a", undefined],
        ["Aliases.Items.0", undefined, "c"],
      ],
    ],
    ["nothing where a set comes in another order", { ...sent, Aliases: counted(["b", "a"]) }, []],
    [
      "the order of behaviors",
      { ...sent, CacheBehaviors: counted([{ PathPattern: "/b" }, { PathPattern: "/a" }]) },
      [["CacheBehaviors.Items", ["/a", "/b"], ["/b", "/a"]]],
    ],
    [
      "nothing where an unknown number or flag comes back as a text",
      { ...sent, New: { Level: "3", Deep: "true" } },
      [],
    ],
    ["an unknown member", { ...sent, New: { Level: "3" } }, [["New.Deep", true, undefined]]],
  ];
  for (const [name, read, expected] of cases) {
    test(`is ${name}`, () => {
      assert.deepEqual(told(notKept(sent, read)), expected);
    });
  }

  test("is nothing that was empty anyway", () => {
    assert.deepEqual(
      notKept(
        {
          WebACLId: "",
          Aliases: { Quantity: 0, Items: [] },
          Logging: { Bucket: "", Prefix: "" },
          Other: null,
          S3OriginConfig: {},
        },
        {},
      ),
      [],
    );
    assert.deepEqual(
      told(notKept({ Enabled: false, TTL: 0, Aliases: { Quantity: 0, Items: [""] } }, {})).map(([path]) => path),
      ["Enabled", "TTL", "Aliases"],
    );
  });
});

describe("rebasing", () => {
  const base = distributionConfig([customOrigin("o1"), customOrigin("o2"), s3Origin("s")], {
    Aliases: counted(["a", "b"]),
    CacheBehaviors: counted(["/a", "/b", "/c"].map((PathPattern) => ({ PathPattern, TargetOriginId: "o1" }))),
  });
  const withOrigins = (config: Members, ...origins: readonly Members[]): Members => ({
    ...config,
    Origins: counted(origins),
  });
  const withBehaviors = (config: Members, ...patterns: readonly string[]): Members => ({
    ...config,
    CacheBehaviors: counted(patterns.map((PathPattern) => ({ PathPattern, TargetOriginId: "o1" }))),
  });
  const withAliases = (config: Members, ...aliases: readonly string[]): Members => ({
    ...config,
    Aliases: aliases.length === 0 ? { Quantity: 0 } : counted(aliases),
  });
  const mine = withOrigins(base, customOrigin("o1", customConfig(mtls(1))), customOrigin("o2"), s3Origin("s"));

  const clean: readonly (readonly [name: string, mine: Members, theirs: Members, merged: Members, from?: Members])[] = [
    [
      "keeps what they changed elsewhere",
      mine,
      { ...base, Comment: "theirs", Staging: true },
      { ...mine, Comment: "theirs", Staging: true },
    ],
    [
      "keeps what they changed in the same origin",
      mine,
      withOrigins(base, customOrigin("o1", customConfig({ HTTPPort: 81 })), customOrigin("o2"), s3Origin("s")),
      withOrigins(
        base,
        customOrigin("o1", customConfig({ HTTPPort: 81, ...mtls(1) })),
        customOrigin("o2"),
        s3Origin("s"),
      ),
    ],
    [
      "follows an origin to where they moved it, beside one they added",
      mine,
      withOrigins(base, s3Origin("new"), customOrigin("o2"), s3Origin("s"), customOrigin("o1")),
      withOrigins(base, s3Origin("new"), customOrigin("o2"), s3Origin("s"), customOrigin("o1", customConfig(mtls(1)))),
    ],
    [
      "keeps what they removed removed",
      mine,
      withOrigins(base, customOrigin("o1"), s3Origin("s")),
      withOrigins(base, customOrigin("o1", customConfig(mtls(1))), s3Origin("s")),
    ],
    [
      "has what both added to a list",
      withAliases(base, "a", "mine", "b"),
      withAliases(base, "theirs", "a", "b"),
      withAliases(base, "theirs", "a", "mine", "b"),
    ],
    [
      "has what both added to an empty list",
      withAliases({}, "mine"),
      withAliases({}, "theirs"),
      withAliases({}, "mine", "theirs"),
      withAliases({}),
    ],
    [
      "takes their order of a set where both changed it",
      withAliases({ ...base, Comment: "mine" }, "c", "b", "a"),
      withAliases(base, "b", "c", "a"),
      withAliases({ ...base, Comment: "mine" }, "b", "c", "a"),
      withAliases(base, "a", "b", "c"),
    ],
    [
      "has what is left where both removed",
      withAliases(base, "b"),
      withAliases(base, "a"),
      { ...base, Aliases: { Quantity: 0, Items: [] } },
    ],
    [
      "takes my order of behaviors, with what they added",
      withBehaviors(base, "/c", "/a", "/b"),
      withBehaviors(base, "/a", "/theirs", "/b", "/c"),
      withBehaviors(base, "/c", "/a", "/theirs", "/b"),
    ],
    [
      "takes their order of behaviors, with what I added",
      withBehaviors(base, "/a", "/b", "/mine", "/c"),
      withBehaviors(base, "/c", "/b", "/a"),
      withBehaviors(base, "/c", "/b", "/mine", "/a"),
    ],
    [
      "leaves no empty list where they left none",
      { ...base, Aliases: { ...counted(["a", "b"]), New: 1 } },
      withAliases(base),
      { ...base, Aliases: { Quantity: 0, New: 1 } },
    ],
    [
      "takes their order of a set, which means nothing",
      withAliases(base, "mine", "b", "a"),
      withAliases(base, "b", "theirs", "a"),
      withAliases(base, "mine", "b", "theirs", "a"),
    ],
    ["takes the same change by both once", mine, { ...mine, Comment: "theirs" }, { ...mine, Comment: "theirs" }],
    [
      "takes a member that both added with different parts",
      { ...base, Logging: { Enabled: true } },
      { ...base, Logging: { Bucket: "b" } },
      { ...base, Logging: { Bucket: "b", Enabled: true } },
    ],
  ];
  for (const [name, my, their, merged, from = base] of clean) {
    test(name, () => {
      const found = rebase(from, my, their);
      assert.deepEqual(found.conflicts, []);
      assert.ok(sameJson(found.merged, merged), JSON.stringify(found.merged, undefined, 1));
    });
  }

  const conflicting: readonly (readonly [
    name: string,
    mine: Members,
    theirs: Members,
    conflicts: readonly (readonly [string, Json | undefined, Json | undefined])[],
  ])[] = [
    [
      "a place that both changed differently",
      mine,
      withOrigins(base, customOrigin("o1", customConfig(mtls(2))), customOrigin("o2"), s3Origin("s")),
      [["Origins.Items.o1.CustomOriginConfig.OriginMtlsConfig.ClientCertificateArn", arn(2), arn(1)]],
    ],
    [
      "a deletion of theirs against my change",
      mine,
      withOrigins(base, customOrigin("o2"), s3Origin("s")),
      [["Origins.Items.o1", undefined, customOrigin("o1", customConfig(mtls(1)))]],
    ],
    [
      "my deletion against a change of theirs",
      withOrigins(base, customOrigin("o2"), s3Origin("s")),
      mine,
      [["Origins.Items.o1", customOrigin("o1", customConfig(mtls(1))), undefined]],
    ],
    [
      "two orders of behaviors",
      withBehaviors(base, "/c", "/b", "/a"),
      withBehaviors(base, "/b", "/a", "/c"),
      [["CacheBehaviors.Items", ["/b", "/a", "/c"], ["/c", "/b", "/a"]]],
    ],
    [
      "lists whose items nothing tells apart",
      { ...base, New: [{ x: 1 }] },
      { ...base, New: [{ x: 2 }, { x: 3 }] },
      [["New", [{ x: 2 }, { x: 3 }], [{ x: 1 }]]],
    ],
    [
      "a quantity that is nobody's count",
      { ...base, Aliases: { Quantity: 7, Items: ["a", "b"] } },
      { ...base, Aliases: { Quantity: 8, Items: ["a", "b"] } },
      [["Aliases.Quantity", 8, 7]],
    ],
    [
      "a value and an object in one place",
      { ...base, Comment: { a: 1 } },
      { ...base, Comment: "theirs" },
      [["Comment", "theirs", { a: 1 }]],
    ],
  ];
  for (const [name, my, their, conflicts] of conflicting) {
    test(`says that there is a conflict, and keeps theirs: ${name}`, () => {
      const found = rebase(base, my, their);
      assert.deepEqual(told(found.conflicts), conflicts);
      // All that I changed is in conflict here.
      assert.ok(sameJson(found.merged, their), JSON.stringify(found.merged, undefined, 1));
    });
  }

  test("carries over what is not in conflict beside what is", () => {
    const found = rebase(
      base,
      { ...mine, Comment: "mine", HttpVersion: "http3" },
      { ...base, Comment: "theirs", Staging: true },
    );
    assert.deepEqual(told(found.conflicts), [["Comment", "theirs", "mine"]]);
    assert.ok(sameJson(found.merged, { ...mine, Comment: "theirs", HttpVersion: "http3", Staging: true }));
  });

  test("is what it must be where only one changed something", () => {
    holds(
      fc.property(anyConfig, anyConfig, (one, other) => {
        for (const [mine, theirs, merged] of [
          [other, one, other],
          [one, other, other],
          [one, one, one],
          [other, other, other],
        ] as const) {
          assert.deepEqual(rebase(one, mine, theirs), { merged, conflicts: [] });
        }
      }),
      200,
    );
  });

  test("has the changes of both, where they are in different places", () => {
    const edit = (config: Members, key: string, value: Json): Members => ({ ...config, [key]: value });
    holds(
      fc.property(anyConfig, anyConfig, anyText, anyText, (config, other, one, another) => {
        const [my, their] = [
          edit(edit(config, "WebACLId", one), "Mine", other),
          edit(config, "DefaultRootObject", another),
        ];
        const { merged, conflicts } = rebase(config, my, their);
        assert.deepEqual(conflicts, []);
        assert.ok(sameJson(merged, edit(my, "DefaultRootObject", another)));
      }),
      200,
    );
  });

  test("has no difference to theirs but mine, and the other way round", () => {
    holds(
      fc.property(anyConfig, anyConfig, anyConfig, (one, my, their) => {
        const { merged, conflicts } = rebase(one, my, their);
        const [forward, backward] = [conflicts.length, rebase(one, their, my).conflicts.length];
        assert.equal(forward, backward);
        assert.deepEqual(rebase(one, merged, their).conflicts, []);
        assert.ok(sameJson(rebase(their, merged, their).merged, merged));
      }),
      200,
    );
  });
});

describe("client certificates in several calls", () => {
  const config = (...origins: readonly Members[]): Members => distributionConfig(origins);
  const off = (id: string): Members => customOrigin(id, customConfig({ OriginProtocolPolicy: "match-viewer" }));
  const on = (id: string, certificate: number): Members => customOrigin(id, customConfig(mtls(certificate)));
  const ids = Array.from({ length: 12 }, (_, index) => `o${index}`);
  /** As the sandbox counts: what is new to an origin, be it another one's before or not. */
  const newArns = (before: Json, after: Json): number => newCertificates(before, after).length;

  test("are sent at once where five or fewer are new", () => {
    const after = config(...ids.map((id, index) => on(id, index % mostClientCertificatesPerCall)));
    assert.deepEqual(splitByCertificates(config(...ids.map(off)), after), [after]);
    assert.equal(splitByCertificates(config(...ids.map(off)), after)[0], after);
    assert.deepEqual(splitByCertificates(after, config(...ids.map(off))), [config(...ids.map(off))]);
    assert.deepEqual(splitByCertificates("no", "config"), ["config"]);
  });

  test("that another origin had count as well: whether they do, nobody says", () => {
    const before = config(...ids.map((id, index) => on(id, index)));
    const after = config(...ids.map((id, index) => on(id, (index + 1) % 12)));
    const steps = splitByCertificates(before, after);
    assert.deepEqual(
      steps.map((step, index) => newArns(steps[index - 1] ?? before, step)),
      [5, 5, 2],
    );
    assert.deepEqual(steps[0], config(...ids.map((id, index) => on(id, index < 5 ? index + 1 : index))));
    // Of one that an origin keeps, nothing is put off.
    const six = [1, 2, 3, 4, 5, 6].map((index) => on(`o${index}`, index + 20));
    const kept = (policy: string) => customOrigin("kept", customConfig({ ...mtls(26), OriginProtocolPolicy: policy }));
    const [first] = splitByCertificates(
      config(kept("match-viewer"), ...[1, 2, 3, 4, 5, 6].map((index) => off(`o${index}`))),
      config(kept("https-only"), ...six),
    );
    assert.deepEqual(first, config(kept("https-only"), ...six.slice(0, 5), off("o6")));
  });

  test("come five by five, and until then an origin stays as it was", () => {
    const before = config(...ids.map((id, index) => (index === 11 ? on(id, 100) : off(id))), s3Origin("s"));
    const after = {
      ...config(...ids.map((id, index) => on(id, index)), s3Origin("s", { OriginPath: "/new" })),
      Comment: "new",
    };
    const steps = splitByCertificates(before, after);
    assert.equal(steps.length, 3);
    assert.equal(steps.at(-1), after);
    const expected = [5, 10].map((sent) => ({
      ...config(
        ...ids.map((id, index) => (index < sent ? on(id, index) : index === 11 ? on(id, 100) : off(id))),
        s3Origin("s", { OriginPath: "/new" }),
      ),
      Comment: "new",
    }));
    assert.deepEqual(steps.slice(0, -1), expected);
    assert.deepEqual(
      steps.map((step, index) => newArns(steps[index - 1] ?? before, step)),
      [5, 5, 2],
    );
    assert.deepEqual(splitByCertificates(before, after, 100), [after]);
    assert.equal(splitByCertificates(before, after, 1).length, 12);
  });

  test("begin with new origins, which have no earlier state to keep", () => {
    const before = config(...ids.slice(0, 6).map(off));
    const after = config(...ids.slice(0, 6).map((id, index) => on(id, index)), on("new", 50));
    const [first] = splitByCertificates(before, after);
    assert.deepEqual(
      first,
      config(...ids.slice(0, 4).map((id, index) => on(id, index)), off("o4"), off("o5"), on("new", 50)),
    );
    // More new ones than fit: without a certificate they are whole and valid, too.
    const many = config(...ids.map((id, index) => on(id, index)));
    assert.deepEqual(
      splitByCertificates(config(), many)[0],
      config(...ids.map((id, index) => (index < 5 ? on(id, index) : customOrigin(id)))),
    );
  });

  test("keep nothing of what an origin was before it became a custom one", () => {
    const before = config(...ids.map((id) => s3Origin(id)));
    const after = config(...ids.map((id, index) => on(id, index)));
    assert.deepEqual(
      splitByCertificates(before, after)[0],
      config(...ids.map((id, index) => (index < 5 ? on(id, index) : customOrigin(id)))),
    );
  });

  test("are never more than allowed at a time, and all there in the end", () => {
    const origins = fc
      .array(fc.option(fc.nat({ max: 15 }), { nil: undefined }), { maxLength: 20 })
      .map((arns) =>
        config(
          ...arns.map((certificate, index) =>
            certificate === undefined ? off(`o${index}`) : on(`o${index}`, certificate),
          ),
        ),
      );
    holds(
      fc.property(origins, origins, fc.integer({ min: 1, max: 6 }), (before, after, most) => {
        const steps = splitByCertificates(before, after, most);
        assert.deepEqual(steps.at(-1), after);
        steps.forEach((step, index) => assert.ok(newArns(steps[index - 1] ?? before, step) <= most));
        assert.equal(steps.length, Math.max(1, Math.ceil(newArns(before, after) / most)));
      }),
      200,
    );
  });
});
