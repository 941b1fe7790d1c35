// Live changes in each of their states, as the model makes them: what the page is shown in tests.

import { LiveReview, type Proposal } from "../../src/account/live/review/live-review.ts";
import type { PagePlan, ReviewPage } from "../../src/account/live/review/page.ts";
import { reviewOfEntry } from "../../src/account/live/review-of-entry.ts";
import { isUnderWay, type ShownChange } from "../../src/account/shown-change.ts";
import { shownChange } from "../account/changes.ts";

const plan: PagePlan = {
  sentence:
    "CloudFront will present the client certificate spare.clients.example.com (cf2d9706-7369-42fb-a616-56d2e712344c) to the origin catalog.",
  version: { name: "Planned on version", value: "ES8H2VRUJ5OWB6" },
  meanwhile: undefined,
  changes: {
    members: [
      {
        path: "Origins › catalog › CustomOriginConfig › OriginProtocolPolicy",
        before: '"match-viewer"',
        after: '"https-only"',
        note: undefined,
      },
      {
        path: "Origins › catalog › CustomOriginConfig › OriginMtlsConfig",
        before: undefined,
        after: '{"ClientCertificateArn":"arn:aws:acm:us-east-1:111122223333:certificate/cf2d9706"}',
        note: undefined,
      },
    ],
    left: 0,
  },
  clients: [
    { tone: "info", text: "Presenting a client certificate cuts off no client", detail: undefined },
    {
      tone: "warning",
      text: "Afterwards, every client that can reach catalog gets in",
      detail: "Only other controls, if any, protect the origin.",
    },
  ],
  required: [
    { tone: "info", step: "1", text: "Update the distribution and wait until it is deployed", detail: undefined },
    {
      tone: "info",
      step: "2",
      text: "Then configure the origin to require the certificate",
      detail: "In the reverse order, CloudFront drops the requests in the meantime.",
    },
  ],
  notes: [],
  introduced: { problems: [], left: 0 },
  standing: { problems: [], left: 0 },
  plans: ["Origin mTLS is available with pay-as-you-go pricing and with the Business and Premium plans."],
  owner: undefined,
};

export const proposal: Proposal = {
  plan,
  comparison: { title: "E1EXAMPLE00001", path: "/E1EXAMPLE00001.json", before: "{}", after: "{}", problems: [] },
  consequences: [],
  blocked: undefined,
  applyLabel: "Apply to E1EXAMPLE00001",
  shell: "bash",
  canChange: true,
  hasTemplate: false,
  steps: ["UpdateDistribution: catalog"],
};

const warned: Proposal = {
  ...proposal,
  plan: {
    ...plan,
    notes: [
      {
        tone: "warning",
        text: "E1EXAMPLE00001 has changed since the file was made",
        detail:
          "The file was made from the version E2AAAA. Where it differs, the file replaces what has changed since.",
      },
    ],
    introduced: {
      problems: [
        {
          severity: "warning",
          rule: "origin/client-certificate-expiry",
          message: "The client certificate expires in 12 days, on 2026-12-12.",
          url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-mtls.html",
        },
      ],
      left: 0,
    },
    standing: {
      problems: [
        {
          severity: "info",
          rule: "origin/https-only",
          message: "The origin legacy is called over HTTP.",
          url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-mtls.html",
        },
      ],
      left: 0,
    },
    owner: {
      text: "CloudFormation manages E1EXAMPLE00001 (tag aws:cloudformation:stack-name=shop, stack shop). A change made here causes drift; the next stack update reverts it.",
      template: {
        format: "CloudFormation",
        text: "Resources:\n  Distribution:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n        Origins:\n          - Id: catalog\n            CustomOriginConfig:\n              OriginMtlsConfig:\n                ClientCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/cf2d9706\n",
      },
    },
  },
  consequences: [
    "If catalog still requests a client certificate, CloudFront drops its requests.",
    "CloudFormation manages E1EXAMPLE00001 (tag aws:cloudformation:stack-name=shop, stack shop). A change made here causes drift; the next stack update reverts it.",
    "The change causes these warnings: origin/client-certificate-expiry.",
  ],
  hasTemplate: true,
};

export function newReview(title = "Enable Origin mTLS: shop.example.com (E1EXAMPLE00001)"): LiveReview {
  return new LiveReview("1", {
    account: "111122223333",
    kind: "distribution",
    id: "E1EXAMPLE00001",
    name: "shop.example.com",
    title,
    facts: [
      { name: "Distribution", value: "shop.example.com (E1EXAMPLE00001)" },
      { name: "Profile", value: "production" },
      { name: "Account", value: "111122223333" },
      { name: "Signed in as", value: "arn:aws:sts::111122223333:assumed-role/platform/someone" },
      { name: "Region", value: "global (CloudFront)" },
    ],
  });
}

/** A change that was proposed, and what came of it then. */
function after(proposed: Proposal, then: (review: LiveReview) => void = () => {}, title?: string): ReviewPage {
  const review = newReview(title);
  review.propose(proposed, 0);
  then(review);
  return review.page;
}

function kept(status: string): ReviewPage {
  const review = newReview();
  review.hold(status);
  return review.page;
}

const nobody = () => {};

/** A change of the history. */
function remembered(more: Partial<ShownChange>): ReviewPage {
  const at = Date.UTC(2026, 10, 30, 9, 12);
  const change = shownChange({ at, ended: at + 190_000, ...more });
  const page = { undo: nobody, resume: nobody, show: nobody, readOnly: () => undefined };
  return reviewOfEntry(isUnderWay(change) ? { ...change, ended: undefined, noUndo: "under-way" } : change, page).page;
}

const inSteps: Proposal = {
  ...proposal,
  steps: ["UpdateDistribution: a, b, c, d, e", "UpdateDistribution: f, g, h, i, j", "UpdateDistribution: k"],
};
const hostile = `${"x".repeat(300)} \u202Egnp.exe ${"<b>not bold</b> ".repeat(40)}`;

export const reviews: Readonly<Record<string, ReviewPage>> = {
  review: after(proposal),
  warned: after(warned),
  confirmed: after(warned, (review) => review.act({ kind: "confirm", isConfirmed: true, round: review.page.round })),
  blocked: after({
    ...proposal,
    blocked:
      "CloudFront would reject the change, or the change cannot work. Correct the errors that are listed under “Problems that the change causes”.",
    shell: undefined,
    plan: {
      ...plan,
      introduced: {
        problems: [
          {
            severity: "error",
            rule: "origin/client-certificate-key-usage",
            message: "The client certificate lacks the extended key usage clientAuth. CloudFront rejects it.",
            url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-mtls.html",
          },
        ],
        left: 0,
      },
    },
  }),
  meanwhile: after({
    ...proposal,
    plan: {
      ...plan,
      meanwhile: {
        text: "Another update changed E1EXAMPLE00001 after your change was planned. Your change was not applied. Your change is planned again on the new version. The changes of the other update are kept.",
        changes: {
          members: [{ path: "HttpVersion", before: '"http2"', after: '"http2and3"', note: undefined }],
          left: 0,
        },
      },
    },
  }),
  many: after({
    ...proposal,
    plan: {
      ...plan,
      changes: {
        members: Array.from({ length: 50 }, (_, index) => ({
          path: `CacheBehaviors › /path-${index}/* › TargetOriginId`,
          before: `"old-${index}"`,
          after: `"new-${index}"`,
          note: undefined,
        })),
        left: 25,
      },
    },
  }),
  "no selection": after({ ...proposal, canChange: false, plan: { ...plan, required: [], plans: [] } }),
  sending: after(proposal, (review) => review.step(0, "sending")),
  refused: after(proposal, (review) => {
    review.step(0, "sending");
    review.step(0, "refused");
    review.tell(
      {
        text: "AWS did not accept the change.",
        said: { code: "InvalidOriginMtlsConfig, 400", message: "The client certificate is not valid for origin mTLS." },
        diagnosis: "Diagnosis by mTLS Workbench: Certificate cf2d9706: It lacks the extended key usage clientAuth.",
        standing: "Nothing was changed.",
      },
      "error",
      ["Try Again", "Copy IAM Policy"],
      nobody,
    );
  }),
  deploying: after(inSteps, (review) => {
    review.step(0, "done");
    review.step(1, "deploying");
    review.waiting();
    review.report("Deploying for 1 min 20 s. This usually takes a few minutes; the AWS CLI waits for up to 35.");
  }),
  reading: after(proposal, (review) => review.step(0, "reading")),
  done: after(proposal, (review) => {
    review.step(0, "done");
    review.end("done");
    review.tell(
      "E1EXAMPLE00001 is deployed, and CloudFront now has a client certificate for catalog. Next: configure the origin to require it. Until then, nothing is protected.",
      "info",
      ["Undo"],
      nobody,
      true,
    );
  }),
  failed: after(proposal, (review) => {
    review.step(0, "failed");
    review.end("failed", "AWS accepted the change, but could not apply it.");
    review.tell(
      "CloudFront accepted the change of E1EXAMPLE00001, but failed to apply it: “internal failure”.",
      "error",
      ["Show Differences"],
      nobody,
    );
  }),
  unknown: after(proposal, (review) => {
    review.step(0, "sending");
    review.step(0, "unknown");
    review.tell(
      "It is unknown whether E1EXAMPLE00001 was changed: CloudFront did not respond to the change, and the configuration cannot be read now.",
      "error",
      ["Check Again"],
      nobody,
    );
  }),
  left: after(proposal, (review) => {
    review.step(0, "deploying");
    review.end("left", "This window no longer waits for the change. AWS continues with it.");
  }),
  "entry done": remembered({}),
  "entry that cannot be undone": remembered({ noUndo: "not-last" }),
  "entry undone": remembered({ undone: Date.UTC(2026, 10, 30, 10), noUndo: "undone" }),
  "entry failed": remembered({ state: "failed", taken: 0, noUndo: "failed" }),
  "entry partly": remembered({
    state: "partly",
    calls: 3,
    parts: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
  }),
  "entry partly kept": remembered({ state: "partly", noUndo: "changed" }),
  "entry overtaken": remembered({ state: "overtaken", noUndo: "changed" }),
  "entry deleted": remembered({ state: "deleted", noUndo: "deleted" }),
  "entry unknown": remembered({ state: "unknown", taken: 0, noUndo: "forgotten" }),
  "entry here": remembered({ state: "here" }),
  "entry elsewhere": remembered({ state: "elsewhere" }),
  "entry left": remembered({ state: "left", calls: 3 }),
  kept: kept(
    "mTLS Workbench does not connect to AWS in an untrusted workspace. This page shows only what was saved about the change. When you trust the workspace, it is planned again.",
  ),
  hostile: after(
    {
      ...warned,
      plan: {
        ...warned.plan,
        sentence: hostile,
        version: { name: "Planned on version", value: hostile },
        changes: { members: [{ path: hostile, before: hostile, after: hostile, note: undefined }], left: 0 },
      },
      consequences: [hostile],
      applyLabel: `Apply to ${"E".repeat(120)}`,
    },
    undefined,
    hostile,
  ),
};
