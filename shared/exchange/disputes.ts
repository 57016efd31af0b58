/** The closed table of what a peer's receipt may say otherwise than this office knows 回执争议. A disputed receipt is shown to people and moves nothing. */
export const receiptDisputes = {
  PACKAGE_ID: '回执所答的包标识与所发不同',
  TOTALS: '回执所见行数或金额与所发不同',
  VERDICT_CHANGED: '与先前回执的结果不同',
} as const;

export type ReceiptDispute = keyof typeof receiptDisputes;

export const receiptDisputeCodes = Object.keys(receiptDisputes) as [ReceiptDispute, ...ReceiptDispute[]]; // the keys of a closed table
