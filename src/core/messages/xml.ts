import * as l10n from "@vscode/l10n";
import type { XmlReason } from "../document/xml-reason.ts";
import type { SaysOf } from "../reason.ts";
import { numberText } from "./format.ts";

/** Why a text is not read as XML. */
export const xmlFaults = {
  "xml:too-long": ({ megabytes }) => l10n.t("The XML is larger than {0} MB.", numberText(megabytes)),
  "xml:unclosed": ({ element }) => l10n.t("The XML ends inside <{0}>.", element),
  "xml:no-element": () => l10n.t("The text contains no XML element."),
  "xml:outside": () => l10n.t("Only one element is allowed here, with nothing outside it."),
  "xml:several-elements": () => l10n.t("XML must have exactly one root element."),
  "xml:no-name": () => l10n.t("A < must be followed by a name. To write the character <, use &lt;."),
  "xml:too-many-elements": ({ most }) => l10n.t("The XML has more than {0} elements.", most),
  "xml:too-deep": ({ most }) => l10n.t("The XML is nested more than {0} levels deep.", most),
  "xml:unfinished-tag": ({ element }) => l10n.t("The XML ends inside the tag <{0}>.", element),
  "xml:tag": ({ element }) => l10n.t("The tag <{0}> must end here or continue with a space and an attribute.", element),
  "xml:attribute-twice": ({ attribute, element }) =>
    l10n.t("The attribute {0} occurs twice in <{1}>.", attribute, element),
  "xml:attribute-value": ({ attribute }) => l10n.t("The attribute {0} must have a value in quotes.", attribute),
  "xml:unfinished-attribute": ({ attribute }) =>
    l10n.t("The value of the attribute {0} has no closing quote.", attribute),
  "xml:nothing-open": () => l10n.t("This closing tag has no matching opening tag."),
  "xml:wrong-end": ({ element }) => l10n.t("Expected </{0}>, the closing tag of the last open element.", element),
  "xml:unfinished-comment": () => l10n.t("The comment is not closed."),
  "xml:dashes-in-comment": () => l10n.t("A comment must not contain two hyphens in a row."),
  "xml:unfinished-cdata": () => l10n.t("The CDATA section is not closed."),
  "xml:doctype": () => l10n.t("DOCTYPE is not supported, because it can change the meaning of the text."),
  "xml:unfinished-instruction": () => l10n.t("The processing instruction is not closed."),
  "xml:instruction-name": () => l10n.t("A processing instruction must begin with a name."),
  "xml:declaration": () => l10n.t("The XML declaration is damaged or not at the beginning."),
  "xml:encoding": ({ encoding }) => l10n.t("The XML is encoded as {0}. Only UTF-8 is read.", encoding),
  "xml:ampersand": () =>
    l10n.t(
      "An & must begin one of &amp; &lt; &gt; &quot; &apos; or a character number. To write the character &, use &amp;.",
    ),
  "xml:control": ({ character }) => l10n.t("The control character {0} is not allowed in XML.", character),
  "xml:less-than": () => l10n.t("The character < is not allowed here. Use &lt;."),
  "xml:cdata-end": () => l10n.t("]]> is not allowed in text. Use ]]&gt;."),
  "xml:half-character": ({ character }) => l10n.t("The text contains half of a surrogate pair: {0}.", character),
  "xml:character": ({ character }) => l10n.t("The character {0} is not allowed in XML.", character),
  "xml:other-element": ({ expected, found }) =>
    l10n.t("The root element of the XML must be <{0}>, not <{1}>.", expected, found),
} satisfies SaysOf<XmlReason>;
