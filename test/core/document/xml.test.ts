import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  isXmlFault,
  mostXmlCharacters,
  mostXmlDepth,
  mostXmlElements,
  parseXml,
  type XmlElement,
  XmlReader,
} from "../../../src/core/document/xml.ts";
import { isXmlName } from "../../../src/core/document/xml-names.ts";
import { canonicalXml, escapeXml, piecesOf, textOfElement } from "../../../src/core/document/xml-text.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { holds } from "../../randomly.ts";

const read = (text: string): XmlElement => {
  const root = parseXml(text);
  assert.ok(!isXmlFault(root), isXmlFault(root) ? `${root.fault.code} (${root.at})` : "");
  return root;
};
const textOf = (text: string): string => textOfElement(text, read(text));

describe("an XML text", () => {
  test("becomes elements with their places", () => {
    const text =
      '<?xml version="1.0" encoding="UTF-8"?>\n<a x="1" y=\'2\' >\n  <b/>\n  <c z="&lt;"></c><!-- d --><d>text</d>\n</a>\n';
    const root = read(text);
    const slice = ({ start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);
    assert.equal(slice(root), text.slice(text.indexOf("<a"), -1));
    assert.equal(root.attributes, " x=\"1\" y='2' ");
    assert.equal(root.parent, undefined);
    assert.deepEqual(root.children.map(slice), ["<b/>", '<c z="&lt;"></c>', "<d>text</d>"]);
    assert.deepEqual(
      root.children.map(({ name, attributes, selfClosing, contentStart, contentEnd }) => [
        name,
        attributes,
        selfClosing,
        text.slice(contentStart, contentEnd),
      ]),
      [
        ["b", "", true, ""],
        ["c", ' z="&lt;"', false, ""],
        ["d", "", false, "text"],
      ],
    );
    const [b, c] = root.children;
    assert.deepEqual([b?.contentStart, b?.contentEnd], [b?.end, b?.end]);
    assert.equal(c?.parent, root);
    assert.deepEqual(
      [...piecesOf(text, root)].map((piece) => [piece.kind, slice(piece)]),
      [
        ["text", "\n  "],
        ["element", "<b/>"],
        ["text", "\n  "],
        ["element", '<c z="&lt;"></c>'],
        ["comment", "<!-- d -->"],
        ["element", "<d>text</d>"],
        ["text", "\n"],
      ],
    );
  });

  test("may begin with a byte order mark, and have anything that is no element around the one it is", () => {
    assert.equal(read("\ufeff<?xml version='1.0'?><!-- a --><?b c?>\r\n<d/> <!-- e -->\n").name, "d");
  });

  test("says its characters, however they are written", () => {
    assert.equal(textOf("<a>&lt;&gt;&amp;&quot;&apos;</a>"), "<>&\"'");
    assert.equal(textOf("<a>&#65;&#x42;&#x1F600;&#x00000043;</a>"), "AB😀C");
    assert.equal(textOf("<a>&amp;lt;</a>"), "&lt;");
    assert.equal(textOf("<a> 1\r\n2\r3\n4&#13; </a>"), " 1\n2\n3\n4\r ");
    assert.equal(textOf("<a>x<![CDATA[<&amp;>]]>y<!-- no --><?nor this?>&gt;</a>"), "x<&amp;>y>");
    assert.equal(textOf("<a>x<b>not mine</b>y</a>"), "xy");
    assert.equal(textOf("<a/>"), "");
    assert.equal(textOf("<a>日本語のコメント</a>"), "日本語のコメント");
  });

  test("may have names of any language, with prefixes", () => {
    for (const name of ["a", "_a", "a-b.c1", "x:a", "é", "日本", "𐀀", "__proto__", "constructor"]) {
      assert.equal(read(`<${name} ${name}="1"></${name} >`).name, name);
      assert.ok(isXmlName(name), name);
    }
    for (const name of ["", "1", "-a", "a b", "<", "a>", "a/", "×", "\ud800", "a\u0000", "a\ud800"])
      assert.ok(!isXmlName(name), name);
  });
});

describe("a text that is no XML", () => {
  const faults: readonly (readonly [text: string, at: number, fault: RegExp])[] = [
    ["", 0, /no XML element/],
    [" \n", 2, /no XML element/],
    ["<!-- a -->", 10, /no XML element/],
    ["text", 0, /outside/],
    ['{"a": 1}', 0, /outside/],
    ["<a/> text", 5, /outside/],
    ["<a/><b/>", 4, /exactly one root element/],
    ["</a>", 0, /no matching opening tag/],
    ["<a></a></a>", 7, /no matching opening tag/],
    ["<a>", 3, /ends inside <a>/],
    ["<a><b></b>", 10, /ends inside <a>/],
    ["<a", 2, /ends inside the tag <a>/],
    ["<a b='1'", 8, /ends inside the tag <a>/],
    ["<a></b>", 3, /Expected <\/a>/],
    ["<a><b></a></b>", 6, /Expected <\/b>/],
    ["<a></ab>", 3, /Expected <\/a>/],
    ["<ab></a>", 4, /Expected <\/ab>/],
    ["<a></a x='1'>", 3, /Expected <\/a>/],
    ["<a></ a>", 3, /Expected <\/a>/],
    ["< a/>", 0, /followed by a name/],
    ["<1/>", 0, /followed by a name/],
    ["<>", 0, /followed by a name/],
    ["<a>1 < 2</a>", 5, /followed by a name/],
    ["<a><</a>", 3, /followed by a name/],
    ["<a/ >", 2, /must end here/],
    ["<a!>", 2, /must end here/],
    ["<a b='1'c='2'/>", 8, /must end here/],
    ["<a b/>", 4, /attribute b must have a value in quotes/],
    ["<a b=1/>", 4, /attribute b must have a value in quotes/],
    ["<a b='1/>", 5, /value of the attribute b has no closing quote/],
    ["<a b='<'/>", 6, /character < is not allowed here/],
    ["<a b='&'/>", 6, /An & must begin/],
    ["<a b='1' c='2' b='3'/>", 15, /attribute b occurs twice in <a>/],
    ["<a>&</a>", 3, /An & must begin/],
    ["<a>&amp</a>", 3, /An & must begin/],
    ["<a>&nbsp;</a>", 3, /An & must begin/],
    ["<a>&toString;</a>", 3, /An & must begin/],
    ["<a>&#;</a>", 3, /An & must begin/],
    ["<a>&#x;</a>", 3, /An & must begin/],
    ["<a>&#xg;</a>", 3, /An & must begin/],
    ["<a>&#1a;</a>", 3, /An & must begin/],
    ["<a>&#x110000;</a>", 3, /An & must begin/],
    ["<a>&#xD800;</a>", 3, /An & must begin/],
    [`<a>&#${"9".repeat(1000)};</a>`, 3, /An & must begin/],
    ["<a>]]></a>", 3, /^\]\]> is not allowed in text/],
    ["<a>\u0000</a>", 3, /control character U\+0000/],
    ["<a b='\u001b'/>", 6, /control character U\+001B/],
    ["<!-- \u0008 --><a/>", 5, /control character U\+0008/],
    ["<a><![CDATA[\u0008]]></a>", 12, /control character U\+0008/],
    ["<a>\ud800</a>", 3, /half of a surrogate pair: U\+D800/],
    ["<a>\udc00\ud800</a>", 3, /half of a surrogate pair: U\+DC00/],
    ["<a>\uffff</a>", 3, /character U\+FFFF is not allowed/],
    ["<a><!-- b --- --></a>", 10, /two hyphens in a row/],
    ["<a><!-- b</a>", 3, /comment is not closed/],
    ["<a><![CDATA[b</a>", 3, /CDATA section is not closed/],
    ["<![CDATA[b]]><a/>", 0, /followed by a name/],
    ["<a><?b</a>", 3, /processing instruction is not closed/],
    ["<a><??></a>", 3, /must begin with a name/],
    ["<a><?b!?></a>", 3, /must begin with a name/],
    [" <?xml version='1.0'?><a/>", 1, /declaration is damaged or not at the beginning/],
    ["<?xml?><a/>", 0, /declaration is damaged/],
    ["<?xml version='2.0'?><a/>", 0, /declaration is damaged/],
    ["<a><?XML a?></a>", 3, /declaration/],
    ["<?xml version='1.0' encoding='ISO-8859-1'?><a/>", 0, /encoded as ISO-8859-1\. Only UTF-8/],
    ['<?xml version="1.0" encoding="utf-16" standalone="yes"?><a/>', 0, /encoded as utf-16/],
    ["<!DOCTYPE a><a/>", 0, /DOCTYPE is not supported/],
    ["<!doctype html><a/>", 0, /DOCTYPE is not supported/],
    ["<!ENTITY a 'b'><a/>", 0, /followed by a name/],
    ['<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', 0, /DOCTYPE is not supported/],
    ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 0, /DOCTYPE is not supported/],
  ];

  for (const [text, at, fault] of faults) {
    test(`is told from where it ends to be one: ${JSON.stringify(text.slice(0, 60))}`, () => {
      const found = parseXml(text);
      assert.ok(isXmlFault(found), "was read");
      assert.equal(found.at, at);
      assert.match(tell(found.fault), fault);
      assert.ok(tell(found.fault).length < 300);
    });
  }

  test("is not repeated in the fault where it is long", () => {
    const found = parseXml(`<${"a".repeat(100_000)}>`);
    assert.ok(isXmlFault(found) && tell(found.fault).length < 200);
  });

  test("is every sound text that ends too early", () => {
    const text = '<?xml version="1.0"?><a b="1"><!-- c --><![CDATA[d]]>&amp;<e/></a>';
    read(text);
    for (let end = 0; end < text.length; end++) assert.ok(isXmlFault(parseXml(text.slice(0, end))), text.slice(0, end));
  });
});

describe("bounds", () => {
  const nested = (levels: number) => `${"<a>".repeat(levels)}${"</a>".repeat(levels)}`;

  test("are told, and not exceeded", () => {
    read(nested(mostXmlDepth));
    for (const text of [nested(mostXmlDepth + 1), nested(100_000), "<a>".repeat(1_000_000)]) {
      const found = parseXml(text);
      assert.ok(
        isXmlFault(found) && tell(found.fault).includes(`${mostXmlDepth} levels`) && found.at === mostXmlDepth * 3,
      );
    }
    assert.equal(read(`<a>${"<b/>".repeat(100_000)}</a>`).children.length, 100_000);
    const many = parseXml(`<a>${"<b/>".repeat(mostXmlElements)}</a>`);
    assert.ok(isXmlFault(many) && tell(many.fault).includes("elements"));
    const long = parseXml(`<a>${" ".repeat(mostXmlCharacters)}</a>`);
    assert.ok(isXmlFault(long) && tell(long.fault).includes("20 MB"));
  });

  test("leave room for what is unusual", () => {
    assert.equal(textOf(`<a>${"&#x41;".repeat(100_000)}</a>`), "A".repeat(100_000));
    assert.equal(
      read(`<a ${Array.from({ length: 50_000 }, (_, index) => `b${index}='${index}'`).join(" ")}/>`).attributes.length,
      727_780,
    );
    assert.equal(textOf(`<a>&#x${"0".repeat(1_000_000)}41;</a>`), "A");
  });
});

describe("a reader", () => {
  test("says the same in slices as at once, and stops when it is told", () => {
    const text = `<a>${"<b c='d'>text &amp; more</b><!-- e -->\n".repeat(500)}</a>`;
    const reader = new XmlReader(text);
    let slices = 0;
    while (!reader.read(reader.at + 100)) slices++;
    assert.ok(slices > 100 && slices <= text.length / 100, `${slices}`);
    const shape = ({ name, start, end, children }: XmlElement): unknown => [name, start, end, children.map(shape)];
    const root = reader.result();
    assert.ok(!isXmlFault(root));
    assert.deepEqual(shape(root), shape(read(text)));
  });

  test("tells of each element when it ends, the innermost first", () => {
    const text = "<a><b><c/></b><d></d></a>";
    const ended: string[] = [];
    new XmlReader(text, ({ start, end }) => ended.push(text.slice(start, end))).read(text.length);
    assert.deepEqual(ended, ["<c/>", "<b><c/></b>", "<d></d>", text]);
  });
});

describe("writing", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.string({
      unit: fc.constantFrom(
        "&",
        "<",
        ">",
        '"',
        "'",
        "\r",
        "\n",
        "\t",
        "]",
        "&amp;",
        "\u0000",
        "\u001f",
        "\u0085",
        "\u2028",
        "\ufffe",
        " ",
        "😀",
        "&#13;",
      ),
    }),
  );

  test("escapes what cannot stand as it is, and nothing else", () => {
    assert.equal(
      escapeXml(`<>&"' \r\n\t\u0000\u001b\u0085\u2028]]> 日本😀`),
      "&lt;&gt;&amp;&quot;&apos; &#13;\n\t&#0;&#27;&#133;&#8232;]]&gt; 日本😀",
    );
    assert.equal(escapeXml("\ud800a\udc00"), "\ufffda\ufffd");
  });

  test("is read back as it was, in an element and in an attribute", () => {
    holds(
      fc.property(anyText, (value) => {
        assert.equal(textOf(`<a>${escapeXml(value)}</a>`), value);
        read(`<a b="${escapeXml(value)}" c='${escapeXml(value)}'/>`);
      }),
      500,
    );
  });

  test("says the same in one canonical way", () => {
    const one =
      '<?xml version="1.0"?>\r\n<a y="1" x=\'&#50;"\'>\r\n  <b/><!-- why -->\r\n  <c>&#x41;<![CDATA[&]]></c>\r\n  <?d e?>\r\n</a>\r\n';
    const other = '<a x="2&quot;" y="1"><b></b><c>A&amp;</c><?d e?></a>';
    assert.equal(canonicalXml(one), other);
    assert.equal(canonicalXml(other), other);
    for (const [different, from] of [
      ["<a><b/><c/></a>", "<a><c/><b/></a>"],
      ["<a> </a>", "<a></a>"],
      ["<a>1</a>", "<a>1 </a>"],
      ["<a x='1'/>", "<a/>"],
      ["<a><b/>text</a>", "<a><b/></a>"],
      ["<a>\r</a>", "<a>&#13;</a>"],
      ["<a x='&#10;'/>", "<a x='\n'/>"],
    ] as const)
      assert.notEqual(canonicalXml(different), canonicalXml(from), different);
    assert.equal(canonicalXml("<a x='\n'/>"), canonicalXml("<a x=' '/>"));
    assert.equal(canonicalXml("no XML"), "no XML");
  });

  test("keeps a canonical text canonical, and its meaning", () => {
    const element: fc.Memo<string> = fc.memo((depth) =>
      fc
        .tuple(
          fc.constantFrom("a", "b", "x:c"),
          fc.constantFrom("", ' z="1"', " y='&lt;' z=''"),
          depth <= 1
            ? fc.array(anyText.map(escapeXml), { maxLength: 1 })
            : fc.array(
                fc.oneof(element(depth - 1), fc.constantFrom("\n  ", "<!-- é -->", "<?p?>", "<![CDATA[<]]>", "text")),
                { maxLength: 4 },
              ),
        )
        .map(([name, attributes, content]) =>
          content.length === 0 ? `<${name}${attributes}/>` : `<${name}${attributes}>${content.join("")}</${name}>`,
        ),
    );
    holds(
      fc.property(element(4), (text) => {
        const once = canonicalXml(text);
        assert.equal(canonicalXml(once), once);
        const said = (written: string) => {
          const texts: unknown[] = [];
          const walk = (at: XmlElement): void => {
            const own = textOfElement(written, at);
            texts.push([at.name, at.children.length === 0 ? own : own.trim() === "" ? "" : own.replaceAll(/\s+/g, "")]);
            at.children.forEach(walk);
          };
          walk(read(written));
          return texts;
        };
        assert.deepEqual(said(once), said(text));
      }),
      500,
    );
  });
});
