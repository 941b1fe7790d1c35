import { isTemplated } from "../arn.ts";
import { type Setting, type Slip, seekMember, settingOf } from "../dialect/payload.ts";
import type { Member, Node, ObjectNode } from "../document/tree.ts";
import { filterNames, filterWords, names } from "./vocabulary.ts";

/** One item of ClientCertificateIdentityFilters, as rules ask about it. */
export interface FilterItem {
  readonly node: Node;
  /** `undefined`: it is no object. */
  readonly object: ObjectNode | undefined;
  readonly action: Setting | undefined;
  readonly field: Setting | undefined;
  readonly matchType: Setting | undefined;
  readonly value: Setting | undefined;
}

export type FilterField = (typeof filterWords.field)[number];

/** What a filter says, where all of it is right and known. */
export interface IdentityFilter {
  readonly field: FilterField;
  readonly matchType: (typeof filterWords.matchType)[number];
  readonly value: string;
}

/** The filters of a listener, and how many of them are not known: damaged, or filled in later. */
export interface IdentityFilters {
  readonly known: readonly IdentityFilter[];
  readonly unknown: number;
}

const meant: Readonly<Record<keyof typeof filterNames, RegExp>> = {
  action: /^actions?$/i,
  field: /^fields?$/i,
  matchType: /^match([-_ ]?(type|kind|mode))?$/i,
  value: /^(values?|match[-_ ]?value)$/i,
};

const keys = ["action", "field", "matchType", "value"] as const;

/** @param slips where names that mean a member without being it are added */
export function filterItems(list: Node | undefined, slips: Slip[]): readonly FilterItem[] {
  // One in place of the list is judged too.
  const items = list?.kind === "list" ? list.items : list?.kind === "object" ? [list] : [];
  return items.map((node): FilterItem => {
    const object = node.kind === "object" ? node : undefined;
    const setting = (name: keyof typeof filterNames) =>
      settingOf(seekMember(object, filterNames[name], meant[name], slips, ({ kind }) => kind === "scalar"));
    return {
      node,
      object,
      action: setting("action"),
      field: setting("field"),
      matchType: setting("matchType"),
      value: setting("value"),
    };
  });
}

/** Whether it is a member of an item of a list of filters, by the names of the API. */
export function isInFilter({ parent }: Member): boolean {
  const holder = parent.parent;
  const outer = holder?.kind === "list" ? holder.parent : undefined;
  return outer?.kind === "object" && outer.members.some(({ key, value }) => key === names.filters && value === holder);
}

/** What filters say. Those in another place or under another name are not valid: the API does not see them. */
export function identityFiltersOf({ filters, filterItems: items, block }: FiltersGiven): IdentityFilters {
  if (filters === undefined) return { known: [], unknown: 0 };
  const { node, member } = filters;
  if (node.kind !== "list" || member?.key !== names.filters || member.parent !== block)
    return { known: [], unknown: Math.max(1, items.length) };
  const known = items.flatMap((item) => filterOf(item) ?? []);
  return { known, unknown: items.length - known.length };
}

interface FiltersGiven {
  readonly filters: Setting | undefined;
  readonly filterItems: readonly FilterItem[];
  readonly block: ObjectNode | undefined;
}

function filterOf(item: FilterItem): IdentityFilter | undefined {
  const { action, field, matchType, value } = item;
  if (keys.some((key) => item[key]?.member?.key !== filterNames[key])) return undefined;
  if (action?.text !== "accept" || value?.text === undefined || filterValueFault(value.text) !== undefined)
    return undefined;
  if (isTemplated(value.text) || /<[^<>]+>/.test(value.text)) return undefined;
  if (field?.text === "san-uri" && !beginsUri(value.text)) return undefined;
  const [knownField, knownType] = [
    filterWords.field.find((word) => word === field?.text),
    filterWords.matchType.find((word) => word === matchType?.text),
  ];
  return knownField === undefined || knownType === undefined
    ? undefined
    : { field: knownField, matchType: knownType, value: value.text };
}

/** Whether a URI can begin like this. */
export function beginsUri(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*(?::|$)/i.test(value);
}

export const mostFilterCharacters = 256;

/** What the API does not take as a value, whatever the field. */
export function filterValueFault(value: string): "empty" | "long" | "characters" | undefined {
  if (value === "") return "empty";
  if (!/^[\x20-\x7e]*$/.test(value)) return "characters";
  return value.length > mostFilterCharacters ? "long" : undefined;
}
