import type { AddressFacts, ProbeFacts } from "../../probe/facts.ts";
import { hostHeader } from "../../probe/host-header.ts";
import { remarksOf, standpoint, untried } from "../../probe/remarks.ts";
import { judgeProbe } from "../../probe/verdict.ts";
import { isEnforced } from "../../probe/verdicts.ts";
import type { Reason } from "../../reason.ts";
import { readName } from "../../x509/read/names.ts";
import { tell } from "../tell.ts";
import { subjectText } from "../x509/describe.ts";
import { endWords, verdictText } from "./report.ts";
import { ends, remarks } from "./sentences.ts";

/** A probe for programs: codes that stay, and the sentences that people read. Values of headers are not in it. */
export function probeJson(facts: ProbeFacts): object {
  const report = judgeProbe(facts);
  const { plan } = facts;
  return {
    version: 1,
    at: facts.at.toISOString(),
    host: plan.host,
    port: plan.port,
    name: plan.name,
    request: {
      method: plan.request.method,
      path: plan.request.path,
      host: hostHeader(plan),
      headers: plan.request.headers.map(([name]) => name),
    },
    verdict: report.verdict,
    enforced: isEnforced(report.verdict) ?? null,
    reason: { code: report.why.code, message: verdictText(report) },
    addresses: report.addresses.map((judged, index) => ({
      address: judged.address,
      verdict: judged.verdict,
      reason: { code: judged.why.code, message: verdictText(judged) },
      ...addressJson(facts.addresses[index]),
    })),
    addressesLeft: facts.left,
    notes: remarksOf(facts).map(noted),
    notTried: untried(facts).map(noted),
    standpoint: noted(standpoint(facts)),
  };
}

function noted(reason: Reason): object {
  return { code: reason.code, message: tell(reason, { ...remarks, ...ends }) };
}

function addressJson(address: AddressFacts | undefined): object {
  if (address === undefined) return {};
  const { server, authorities, rounds } = address;
  return {
    rounds: rounds.map(({ versions, tries }) => ({
      versions,
      tries: tries.map((one) => ({
        certificate: one.credential,
        asked: one.asked,
        protocol: one.protocol ?? null,
        cipher: one.cipher ?? null,
        end: one.end,
        message: endWords(one),
      })),
    })),
    certificateAuthorities: authorities?.map(nameOf) ?? null,
    server:
      server === undefined
        ? null
        : {
            publicKeySha256: server.key,
            trust: server.trust,
            trustError: server.trustError ?? null,
            isForName: server.isForName,
          },
  };
}

function nameOf(der: Uint8Array): string | null {
  const name = readName(der);
  return name === undefined ? null : subjectText(name, der);
}
