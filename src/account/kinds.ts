import { behavior } from "./kinds/behavior.ts";
import { certificate } from "./kinds/certificate.ts";
import { certificates } from "./kinds/certificates.ts";
import { change } from "./kinds/change.ts";
import { changes } from "./kinds/changes.ts";
import { clientCertificate } from "./kinds/client-certificate.ts";
import { connection } from "./kinds/connection.ts";
import { distribution } from "./kinds/distribution.ts";
import { distributions } from "./kinds/distributions.ts";
import { failure } from "./kinds/failure.ts";
import { group } from "./kinds/group.ts";
import { more } from "./kinds/more.ts";
import { origin } from "./kinds/origin.ts";
import { otherUser } from "./kinds/other-user.ts";
import { placeholder } from "./kinds/placeholder.ts";
import { user } from "./kinds/user.ts";
import { viewerCertificate } from "./kinds/viewer-certificate.ts";
import { registryOf } from "./registry.ts";

/** One line a kind. Rows of several kinds below another stand in this order. */
export const kinds = registryOf([
  certificates,
  distributions,
  group,
  certificate,
  distribution,
  origin,
  viewerCertificate,
  clientCertificate,
  behavior,
  user,
  otherUser,
  placeholder,
  connection,
  failure,
  more,
  changes,
  change,
]);
