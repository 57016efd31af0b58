/** The behaviours of the package kinds that this version exchanges, joined; a test names a kind that has sections and no behaviour. */
import type { PackageKind } from '../../../shared/exchange/kinds.ts';
import { present } from '../../../shared/kernel/assert.ts';
import type { KindBehaviour } from '../kind.ts';
import { enterpriseListKind } from './enterprise-list.ts';
import { epochOpenKind } from './epoch-open.ts';
import { keyCardKind } from './key-card.ts';
import { monthlyReportKind } from './monthly-report.ts';
import { periodLockKind } from './period-lock.ts';
import { policyAmendmentKind } from './policy-amendment.ts';
import { receiptKind } from './receipt.ts';
import { reconStatementKind } from './recon-statement.ts';
import { refundBatchKind } from './refund-batch.ts';
import { refundReceiptKind } from './refund-receipt.ts';
import { surveyKind } from './survey.ts';
import { suspensionNoticeKind } from './suspension-notice.ts';

const rows: Readonly<Partial<Record<PackageKind, KindBehaviour>>> = {
  ENTERPRISE_LIST: enterpriseListKind,
  SURVEY: surveyKind,
  REFUND_BATCH: refundBatchKind,
  REFUND_RECEIPT: refundReceiptKind,
  SUSPENSION_NOTICE: suspensionNoticeKind,
  MONTHLY_REPORT: monthlyReportKind,
  POLICY_AMENDMENT: policyAmendmentKind,
  RECON_STATEMENT: reconStatementKind,
  PERIOD_LOCK: periodLockKind,
  RECEIPT: receiptKind,
  KEYCARD: keyCardKind,
  EPOCH_OPEN: epochOpenKind,
};

/** The behaviour of an exchangeable kind. @throws AssertionFault for a kind of a later version */
export function behaviourOf(kind: PackageKind): KindBehaviour {
  return present(rows[kind], `behaviour of ${kind}`);
}
