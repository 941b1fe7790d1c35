// Answers that somebody made to keep the editor busy, or that a broken service sends: the work on them grows as they
// do, and nothing falls over.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { differences, notKept, rebase } from "../../../src/core/cloudfront/compare.ts";
import { readWireConfig, unknownMembers, type WireConfig, writeWireConfig } from "../../../src/core/cloudfront/wire.ts";
import { readDistributionList } from "../../../src/core/cloudfront/wire-list.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { isXmlFault } from "../../../src/core/document/xml.ts";
import { canonicalXml } from "../../../src/core/document/xml-text.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { countWork, workOf } from "../work.ts";
import type { Members } from "./wire-configs.ts";

const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join("");
const config = (inner: string): string => `<DistributionConfig>${inner}</DistributionConfig>`;
const origins = (inner: string): string => config(`<Origins><Quantity>1</Quantity><Items>${inner}</Items></Origins>`);
const listed = (inner: string): string =>
  `<DistributionList><Items><DistributionSummary>${inner}</DistributionSummary></Items></DistributionList>`;

function read(xml: string): WireConfig {
  const found = readWireConfig(xml);
  assert.ok(!isXmlFault(found), isXmlFault(found) ? found.fault.code : "");
  return found;
}

/** By name: an answer for each size. */
const answers: Readonly<Record<string, (count: number) => string>> = {
  "unknown members": (count) => config(many(count, (index) => `<M${index}>${index}</M${index}>`)),
  "the same member again and again": (count) => config(many(count, () => "<Comment>x</Comment>")),
  "an unknown member again and again, with others": (count) =>
    config(many(count, (index) => `<New><A>${index}</A></New><N${index}/>`)),
  origins: (count) => origins(many(count, (index) => `<Origin><Id>o${index}</Id><DomainName>d</DomainName></Origin>`)),
  "origins with the same id": (count) =>
    origins(many(count, (index) => `<Origin><Id>o</Id><DomainName>d${index}</DomainName></Origin>`)),
  "origins without an id": (count) =>
    origins(many(count, (index) => `<Origin><DomainName>d${index}</DomainName></Origin>`)),
  "plain items": (count) =>
    config(
      `<Aliases><Quantity>${count}</Quantity><Items>${many(count, (index) => `<CNAME>a${index}</CNAME>`)}</Items></Aliases>`,
    ),
  "the same plain item again and again": (count) =>
    config(`<Aliases><Items>${many(count, () => "<CNAME>a</CNAME>")}</Items></Aliases>`),
  comments: (count) =>
    config(`<Comment>${many(count, () => "a<!-- b -->")}</Comment>${many(count, () => "<!-- a\n -->")}`),
  "comments behind an element": (count) =>
    `<DistributionConfig>\n  <Enabled>true</Enabled>${many(count, () => " <!-- a -->")}\n</DistributionConfig>`,
  "references and sections": (count) =>
    config(`<Comment>${many(count, () => "&lt;&#x41;<![CDATA[<]]>\r\n")}</Comment>`),
  attributes: (count) => `<DistributionConfig ${many(count, (index) => `a${index}="&amp;" `)}/>`,
  "blank lines": (count) => config(many(count, (index) => `\n\n\t  \r\n  <M${index}> \n </M${index}>  \n`)),
  "levels, as many as there may be, again and again": (count) =>
    config(many(count / 10, () => `${"<a><b>1</b>".repeat(40)}${"</a>".repeat(40)}`)),
};

/** The whole of a config in another order, with each part changed, and half of the items gone. */
function shuffled(json: Json): Json {
  if (Array.isArray(json))
    return (json as readonly Json[])
      .filter((_, index) => index % 3 !== 1)
      .map(shuffled)
      .toReversed();
  if (typeof json === "object" && json !== null)
    return Object.fromEntries(
      Object.entries(json)
        .flatMap(([name, value], index) =>
          index % 5 === 4 ? [[`${name}x`, value]] : [[name, shuffled(value as Json)]],
        )
        .toReversed(),
    );
  return typeof json === "string" && !/^o\d*$/.test(json) ? `${json}!` : json;
}

describe("the work on a hostile answer", { concurrency: false }, () => {
  countWork();

  const [small, factor] = [300, 4];
  /**
   * In proportion to the size it is 4 times as much, with sorting a little more; comparing each with each makes it 16
   * times as much.
   */
  const most = 6;
  const runs: Readonly<Record<string, (xml: string) => void>> = {
    reading: (xml) => void unknownMembers(read(xml)),
    "writing what changed": (xml) => void writeWireConfig(read(xml), shuffled(read(xml).json)),
    "writing all anew": (xml) => void writeWireConfig(read(config("")), read(xml).json),
    "removing all": (xml) => void writeWireConfig(read(xml), {}),
    comparing: (xml) => {
      const { json } = read(xml);
      differences(json, shuffled(json));
      notKept(shuffled(json), json);
    },
    rebasing: (xml) => {
      const { json } = read(xml);
      rebase(json, shuffled(json), { ...(json as Members), Comment: "theirs" });
      rebase(json, shuffled(json), shuffled(shuffled(json)));
    },
    canonicalising: (xml) => void canonicalXml(xml),
  };

  for (const [name, make] of Object.entries(answers)) {
    test(`grows as the answer does: ${name}`, () => {
      const [one, another] = [make(small), make(small * factor)];
      assert.ok(another.length < one.length * (factor + 1));
      for (const [what, run] of Object.entries(runs)) {
        const [less, more] = [workOf(() => run(one)), workOf(() => run(another))];
        assert.ok(more < less * most, `${what}: ${less} becomes ${more}, ${(more / less).toFixed(1)} times as much`);
      }
    });
  }

  test("grows as the list of distributions does", () => {
    const lists: readonly ((count: number) => string)[] = [
      (count) => listed(many(count, (index) => `<M${index}/>`)),
      (count) =>
        listed(`<Origins><Items>${many(count, (index) => `<Origin><Id>${index}</Id></Origin>`)}</Items></Origins>`),
      (count) => listed(many(count, () => "<Origins><Items><Origin/></Items></Origins>")),
      (count) =>
        `<DistributionList><Items>${many(count, () => "<DistributionSummary><Id>E1</Id></DistributionSummary>")}</Items></DistributionList>`,
    ];
    for (const make of lists) {
      const run = (xml: string) => workOf(() => void [...readDistributionList(xml)]);
      const [less, more] = [run(make(small)), run(make(small * factor))];
      assert.ok(more < less * most, `${less} becomes ${more}`);
    }
  });
});

describe("a hostile answer", () => {
  test("of thousands of members, or a hundred thousand, is read, changed and compared", () => {
    for (const [name, make] of Object.entries(answers)) {
      const xml = make(name === "unknown members" || name === "attributes" ? 100_000 : 4_000);
      const found = read(xml);
      assert.equal(writeWireConfig(found, found.json), xml);
      const after = shuffled(found.json);
      read(writeWireConfig(found, after));
      assert.deepEqual(rebase(found.json, after, found.json).conflicts, []);
    }
  });

  test("is refused where it is nested deeper than anything is, or would grow when it is read", () => {
    for (const xml of [
      config(`${"<a>".repeat(50_000)}${"</a>".repeat(50_000)}`),
      `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>${config("<Comment>&lol2;</Comment>")}`,
      config("<Comment>&lol;</Comment>"),
      `<?xml version="1.0"?><!DOCTYPE DistributionConfig SYSTEM "http://example.com/evil.dtd">${config("")}`,
      config("<Comment>\u0000</Comment>"),
      config(`<Comment>${"x".repeat(21 * 1024 * 1024)}</Comment>`),
      config("<a/>".repeat(600_000)),
    ]) {
      const found = readWireConfig(xml);
      assert.ok(isXmlFault(found) && tell(found.fault).length < 300);
    }
  });

  test("cannot reach what every object has", () => {
    const inner =
      "<__proto__><polluted>yes</polluted></__proto__><constructor><prototype><polluted>yes</polluted></prototype></constructor>";
    const found = read(config(inner));
    assert.equal(({} as { readonly polluted?: string }).polluted, undefined);
    assert.deepEqual(Object.keys(found.json as Members), ["__proto__", "constructor"]);
    assert.equal(writeWireConfig(found, found.json), config(inner));
    assert.equal(writeWireConfig(found, {}), config(""));
    assert.equal(writeWireConfig(read(config("")), found.json), config(inner));
    const { merged } = rebase({}, found.json, { Comment: "theirs" });
    assert.deepEqual(Object.keys(merged as Members).toSorted(), ["Comment", "__proto__", "constructor"]);
    assert.equal(({} as { readonly polluted?: string }).polluted, undefined);
  });
});
