/** Why a text is not read as XML, or not as the XML it should be. Names in it are cut where they are long. */
export type XmlReason =
  | { readonly code: "xml:too-long"; readonly args: { readonly megabytes: number } }
  | { readonly code: "xml:too-many-elements" | "xml:too-deep"; readonly args: { readonly most: number } }
  | { readonly code: `xml:${"no-element" | "outside" | "several-elements" | "nothing-open" | "no-name"}` }
  | { readonly code: `xml:${"less-than" | "ampersand" | "cdata-end" | "dashes-in-comment" | "doctype"}` }
  | { readonly code: `xml:${"declaration" | "instruction-name"}` }
  | { readonly code: `xml:unfinished-${"comment" | "cdata" | "instruction"}` }
  | {
      readonly code: `xml:${"unclosed" | "unfinished-tag" | "tag" | "wrong-end"}`;
      readonly args: { readonly element: string };
    }
  | { readonly code: "xml:attribute-twice"; readonly args: { readonly attribute: string; readonly element: string } }
  | {
      readonly code: "xml:attribute-value" | "xml:unfinished-attribute";
      readonly args: { readonly attribute: string };
    }
  | {
      readonly code: `xml:${"control" | "half-character" | "character"}`;
      readonly args: { readonly character: string };
    }
  | { readonly code: "xml:encoding"; readonly args: { readonly encoding: string } }
  | { readonly code: "xml:other-element"; readonly args: { readonly expected: string; readonly found: string } };
