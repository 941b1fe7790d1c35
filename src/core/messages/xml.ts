import * as l10n from "@vscode/l10n";
import type { XmlReason } from "../document/xml-reason.ts";
import type { SaysOf } from "../reason.ts";
import { numberText } from "./format.ts";

/** Why a text is not read as XML. */
export const xmlFaults = {
  "xml:too-long": ({ megabytes }) => l10n.t("The XML is longer than {0} MB.", numberText(megabytes)),
  "xml:unclosed": ({ element }) => l10n.t("The XML ends within <{0}>.", element),
  "xml:no-element": () => l10n.t("There is no XML element."),
  "xml:outside": () => l10n.t("Only an element may stand here, and nothing outside of it."),
  "xml:several-elements": () => l10n.t("There must be one element on the outside, not several."),
  "xml:no-name": () => l10n.t("A < must be followed by a name; as a character it is written &lt;."),
  "xml:too-many-elements": ({ most }) => l10n.t("The XML has more than {0} elements.", most),
  "xml:too-deep": ({ most }) => l10n.t("The XML is nested more than {0} levels deep.", most),
  "xml:unfinished-tag": ({ element }) => l10n.t("The XML ends within the tag <{0}>.", element),
  "xml:tag": ({ element }) => l10n.t("The tag <{0}> must end here, or go on with a blank and an attribute.", element),
  "xml:attribute-twice": ({ attribute, element }) =>
    l10n.t("The attribute {0} stands twice in <{1}>.", attribute, element),
  "xml:attribute-value": ({ attribute }) => l10n.t("The attribute {0} must have a value in quotes.", attribute),
  "xml:unfinished-attribute": ({ attribute }) => l10n.t("The value of the attribute {0} does not end.", attribute),
  "xml:nothing-open": () => l10n.t("Nothing is open that could be closed here."),
  "xml:wrong-end": ({ element }) => l10n.t("</{0}> must stand here: that is what was opened last.", element),
  "xml:unfinished-comment": () => l10n.t("The comment does not end."),
  "xml:dashes-in-comment": () => l10n.t("Two dashes must not stand within a comment."),
  "xml:unfinished-cdata": () => l10n.t("The CDATA section does not end."),
  "xml:doctype": () => l10n.t("A DOCTYPE is not accepted: it could make the text mean anything."),
  "xml:unfinished-instruction": () => l10n.t("The processing instruction does not end."),
  "xml:instruction-name": () => l10n.t("A processing instruction must begin with a name."),
  "xml:declaration": () => l10n.t("The XML declaration is damaged, or not at the beginning."),
  "xml:ampersand": () =>
    l10n.t(
      "An & must begin one of &amp; &lt; &gt; &quot; &apos; or the number of a character; as a character it is written &amp;.",
    ),
  "xml:control": ({ character }) => l10n.t("The control character {0} must not stand in XML.", character),
  "xml:less-than": () => l10n.t("A < must not stand here; it is written &lt;."),
  "xml:cdata-end": () => l10n.t("]]> must not stand in a text; it is written ]]&gt;."),
  "xml:half-character": ({ character }) => l10n.t("Half of a character stands here: {0}.", character),
  "xml:character": ({ character }) => l10n.t("The character {0} must not stand in XML.", character),
  "xml:other-element": ({ expected, found }) => l10n.t("The XML must be a <{0}>, not a <{1}>.", expected, found),
} satisfies SaysOf<XmlReason>;
