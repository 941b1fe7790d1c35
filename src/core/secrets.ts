import { secretsOf as privateKeysIn } from "./apigateway/secrets.ts";
import { secretsOf as headerValuesIn } from "./cloudfront/secrets.ts";
import { type Masked, maskEditsFor, maskedWith } from "./document/masking.ts";
import type { Node, Tree } from "./document/tree.ts";
import { secretsOf as clientSecretsIn } from "./elb/secrets.ts";

/** What no view of ours shows, of whichever service: a document may hold subjects of several. */
export function secretsIn(tree: Tree): ReadonlySet<Node> {
  return new Set([...headerValuesIn(tree), ...clientSecretsIn(tree), ...privateKeysIn(tree)]);
}

/** The text with those values masked. */
export function masked(tree: Tree): Masked {
  return maskedWith(tree.text, maskEditsFor(secretsIn(tree)));
}
