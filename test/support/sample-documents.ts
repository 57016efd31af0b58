/**
 * One document of every package kind, written by hand after FORMAT.md: what another program could send. Plain JSON, as it stands in the sections; the
 * manifest fields that its rows demand stand beside it.
 */
import { sha256, text, type Json } from './exchange-packages.ts';
import { testUscc } from './roster-rows.ts';

export type SampleDocument = {
  readonly kind: string;
  readonly period: string | null;
  readonly docId: string;
  readonly rows: Readonly<Record<string, readonly Json[]>>;
  readonly sumColumn: Readonly<Record<string, string>>;
  /** The section that the package's control totals are of. */
  readonly main: string;
  readonly manifest: Json;
  /** Absent = 1. */
  readonly epoch?: number;
};

const [first, second] = [testUscc(1), testUscc(2)];
const micro = { size: 'micro', route: '2022-14/1' } as const;

/** @param packHash the hash of the policy pack in the receiving office */
export function enterpriseList(packHash: string): SampleDocument {
  const row = {
    uscc: first, name: '凌源甲有限公司', filingPeriod: '2022-04', ...micro, pack: 'mof-sta-2022-14', verdict: 'refundable', list: 'small-micro', industryCode: 'C3311', listedIndustry: true,
    endingCreditFen: '500000', existingCreditFen: '300000', incrementalCreditFen: '200000', refundableExistingFen: '300000', refundableIncrementalFen: '200000',
    refundableTotalFen: '500000', existingOpenFrom: '2022-04', incrementalOpenFrom: '2022-04', taxOffice: '城关税务所', accountName: '凌源甲有限公司', bankAccount: '6217000012345678',
  };
  return {
    kind: 'ENTERPRISE_LIST', period: '2022-04', docId: 'ENTERPRISE_LIST/2022-04', main: 'enterprises', sumColumn: { enterprises: 'refundableTotalFen' },
    rows: {
      enterprises: [
        row,
        { ...row, uscc: second, name: '凌源乙有限公司', size: 'medium', list: 'listed-industry', industryCode: null, taxOffice: null, accountName: null, existingOpenFrom: '2022-07', refundableTotalFen: '200000' },
      ],
    },
    manifest: { policy_pack: { id: 'mof-sta-2022-14', version: '2022-04', hash: packHash } },
  };
}

export function survey(): SampleDocument {
  const line = {
    uscc: first, name: '凌源甲有限公司', industry: 'C3311', ...micro, verdict: 'refundable', list: 'small-micro', counted: true, existingWindow: '2022-04', incrementalWindow: 'always',
    existingOpen: true, incrementalOpen: true, existingFen: '300000', incrementalFen: '200000', totalFen: '500000',
  };
  const gone = {
    ...line, uscc: second, name: '凌源乙有限公司', industry: null, verdict: 'absent', list: null, counted: false, route: null, size: 'undetermined', existingWindow: 'undetermined',
    incrementalWindow: 'undetermined', existingOpen: false, incrementalOpen: false, existingFen: '0', incrementalFen: '0', totalFen: '0',
  };
  return {
    kind: 'SURVEY', period: '2022-04', docId: 'SURVEY/DS-2022-0001', main: 'surveyLines',
    sumColumn: { surveyHead: 'totalFen', surveyLines: 'totalFen', surveyCells: 'amountFen' },
    rows: {
      surveyHead: [{
        number: 'DS-2022-0001', filingPeriod: '2022-04', version: 1, reason: '首次摸底', frozenOn: '2022-04-12', frozenBy: '张三', confirmedOn: '2022-04-13', confirmedBy: '李四',
        verdicts: { 'out-of-scope': 3, ineligible: 2, 'needs-evidence': 0, suspended: 0, 'not-open': 0, 'nothing-due': 1, refundable: 1 },
        taxpayers: 1, existingFen: '300000', incrementalFen: '200000', totalFen: '500000', openFen: '500000',
      }],
      surveyLines: [line, gone],
      surveyCells: [
        { size: 'micro', section: 'C', creditKind: 'existing', window: '2022-04', items: 1, amountFen: '300000' },
        { size: 'micro', section: 'C', creditKind: 'incremental', window: 'always', items: 1, amountFen: '200000' },
      ],
    },
    manifest: { reviewed_by: '李四' },
  };
}

const voucher = {
  refundNo: 'SQ-2022-000001', voucherNo: '00000001', batchNo: 'PC-2022-0001', uscc: first, name: '凌源甲有限公司', filingPeriod: '2022-04', ...micro,
  existingFen: '300000', incrementalFen: '200000', amountFen: '500000', subjectCode: '101010136', subjectName: '增值税留抵退税', centralFen: '250000', provinceFen: '125000',
  countyFen: '125000', accountName: '凌源甲有限公司', bank: '凌源农村商业银行', bankAccount: '6217000012345678', bankCode: '313227600018', appliedOn: '2022-04-12', approvedOn: '2022-04-14',
  issuedOn: '2022-04-15', reason: '增值税期末留抵退税', basis: '财政部 税务总局公告2022年第14号', issuedBy: '王五', checkedBy: '赵六', replaces: null, note: null,
} as const;

export function refundBatch(): SampleDocument {
  const other = {
    ...voucher, refundNo: 'SQ-2022-000002', voucherNo: '00000002', uscc: second, name: '凌源乙有限公司', accountName: '凌源乙有限公司', bankAccount: '6217000087654321', bankCode: null,
    existingFen: '0', incrementalFen: '70000', amountFen: '70000', centralFen: '35000', provinceFen: '17500', countyFen: '17500', note: '补充资料齐全',
  };
  return {
    kind: 'REFUND_BATCH', period: '2022-04', docId: 'REFUND_BATCH/PC-2022-0001', main: 'vouchers', sumColumn: { batch: 'amountFen', vouchers: 'amountFen' },
    rows: {
      batch: [{
        batchNo: 'PC-2022-0001', period: '2022-04', taxAuthority: '凌源市税务局', preparedOn: '2022-04-16', approvedOn: '2022-04-14', vouchers: 2, taxpayers: 2, existingFen: '300000',
        incrementalFen: '270000', amountFen: '570000', basis: '财政部 税务总局公告2022年第14号', fundSource: null, preparedBy: '王五', reviewedBy: '赵六', approvedBy: '钱七', note: null,
      }],
      vouchers: [voucher, other],
    },
    manifest: { reviewed_by: '赵六', approved_by: '钱七' },
  };
}

export function monthlyReport(): SampleDocument {
  const refund = {
    refundNo: 'SQ-2022-000001', voucherNo: '00000001', batchNo: 'PC-2022-0001', uscc: first, name: '凌源甲有限公司', filingPeriod: '2022-04', ...micro, existingFen: '300000',
    incrementalFen: '200000', amountFen: '500000', paidOn: '2022-04-20', crossedOffOn: '2022-04-21',
  };
  return {
    kind: 'MONTHLY_REPORT', period: '2022-04', docId: 'MONTHLY_REPORT/2022-04', main: 'totals', sumColumn: { totals: 'amountFen', refunds: 'amountFen' },
    rows: {
      totals: [
        { ...micro, creditKind: 'existing', refunds: 1, amountFen: '300000', cumulativeRefunds: 2, cumulativeFen: '400000' },
        { ...micro, creditKind: 'incremental', refunds: 2, amountFen: '270000', cumulativeRefunds: 2, cumulativeFen: '270000' },
      ],
      refunds: [
        refund,
        { ...refund, refundNo: 'SQ-2022-000002', voucherNo: '00000002', uscc: second, name: '凌源乙有限公司', existingFen: '0', incrementalFen: '70000', amountFen: '70000', crossedOffOn: null },
      ],
    },
    manifest: {},
  };
}

export function policyAmendment(): SampleDocument {
  const change = { key: 'window.existing.micro', unit: '申报期', value: '2022-06', cites: ['演练3号/1'], certainty: 'A', note: null };
  return {
    kind: 'POLICY_AMENDMENT', period: null, docId: 'POLICY_AMENDMENT/ZC-2022-0001', main: 'amendments', sumColumn: {},
    rows: {
      amendments: [{ no: 'ZC-2022-0001', place: 1, signedBy: '张三、李四', title: '推迟小微存量', documentNo: '演练〔2022〕3号', pack: 'mof-sta-2022-14', issuedOn: '2022-04-12', changes: [change] }],
    },
    manifest: {},
  };
}

export function refundReceipt(): SampleDocument {
  const line = {
    refundNo: 'SQ-2022-000001', voucherNo: '00000001', batchNo: 'PC-2022-0001', uscc: first, outcome: 'paid', amountFen: '500000', on: '2022-04-20', reasonCode: null, reason: null,
    checkedBy: '孙八', paidBy: '周九',
  };
  return {
    kind: 'REFUND_RECEIPT', period: '2022-04', docId: 'REFUND_RECEIPT/00000001-3/2022-04-21', main: 'outcomes', sumColumn: { outcomes: 'amountFen' },
    rows: {
      outcomes: [
        line,
        { ...line, refundNo: 'SQ-2022-000002', voucherNo: '00000002', uscc: second, outcome: 'returned', amountFen: '70000', reasonCode: 'seal-differs', reason: '印鉴不清', paidBy: null },
        { ...line, outcome: 'bank-returned', on: '2022-04-21', reasonCode: 'account-closed', reason: null },
      ],
    },
    manifest: {},
  };
}

export function suspensionNotice(): SampleDocument {
  const row = {
    refund: `2022-04/${first}`, uscc: first, name: '凌源甲有限公司', applicationNo: 'SQ-2022-000001', voucherNo: '00000001', amountFen: '500000', ground: 'risk-doubt', since: '2022-04-18', releasedOn: null,
  };
  return {
    kind: 'SUSPENSION_NOTICE', period: null, docId: 'SUSPENSION_NOTICE/3', main: 'suspensions', sumColumn: { notice: 'heldFen', suspensions: 'amountFen' },
    rows: {
      notice: [{ number: 3, listed: 2, inForce: 1, heldFen: '500000' }],
      suspensions: [row, { ...row, refund: `2022-04/${second}`, uscc: second, name: '凌源乙有限公司', applicationNo: 'SQ-2022-000002', voucherNo: null, amountFen: '70000', ground: 'other', releasedOn: '2022-04-20' }],
    },
    manifest: {},
  };
}

export function reconStatement(): SampleDocument {
  const line = {
    kind: '开具', no: '00000001', formerNo: '', batchNo: 'PC-2022-0001', payee: first, name: '凌源甲有限公司', account: '6217000012345678', subject: '101010136', amountFen: '500000',
    centralFen: '250000', provincialFen: '125000', countyFen: '125000', day: '2022-04-15', sentOn: '2022-04-16', fundNo: '', note: '',
  };
  return {
    kind: 'RECON_STATEMENT', period: '2022-04', docId: 'RECON_STATEMENT/2022-04', main: 'statementLines', sumColumn: { statementLines: 'amountFen' },
    rows: {
      statement: [{ period: '2022-04', version: 1, through: '2022-05-03', statedOn: '2022-05-04', statedBy: '张三', lines: 3 }],
      statementLines: [
        { row: 1, ...line },
        { row: 2, ...line, kind: '作废', day: '2022-04-20', sentOn: null },
        { row: 3, ...line, no: '00000002', formerNo: '00000001', day: '2022-04-20', centralFen: null, provincialFen: null, countyFen: null, note: '重开' },
      ],
    },
    manifest: {},
  };
}

export function periodLock(): SampleDocument {
  return {
    kind: 'PERIOD_LOCK', period: '2022-04', docId: 'PERIOD_LOCK/2022-04/lock-0', main: 'signature', sumColumn: {},
    rows: { signature: [{ period: '2022-04', round: 0, no: 1, purpose: 'lock', hash: 'ab'.repeat(32), signedOn: '2022-05-04', signedBy: '张三', reason: null }] },
    manifest: {},
  };
}

/** @param of the package that it answers */
export function receipt(to: string, of: { readonly packageId: string; readonly manifestHash: string; readonly rows: number; readonly sumFen: string }): SampleDocument {
  return {
    kind: 'RECEIPT', period: null, docId: `RECEIPT/${to}/1/1`, main: 'receipt', sumColumn: {},
    rows: {
      receipt: [{
        ofPackageId: of.packageId, ofManifestHash: of.manifestHash, ofEpoch: 1, ofSeq: 1, verdict: 'REJECTED', stage: 'S10', code: 'ROW_INVALID', faults: 1, rowsSeen: of.rows,
        sumSeenFen: of.sumFen, ledgerHeadAfter: { seq: 2, hash: 'ab'.repeat(32) },
      }],
      faults: [{ section: 'card', line: 1, field: '名称', code: 'ROW_INVALID', message: '不符合要求', seen: '凌*6*局' }],
    },
    manifest: {},
  };
}

/** @param file the sender's next card */
export function keyCard(file: Json, of: { readonly agency: string; readonly version: number }): SampleDocument {
  return {
    kind: 'KEYCARD', period: null, docId: `KEYCARD/${of.agency}/${String(of.version)}`, main: 'card', sumColumn: {}, rows: { card: [{ file }] }, manifest: {},
  };
}

/** The opening of epoch 2 by an office that got one package. @param sign by the root key, over what 7.4 says */
export function epochOpen(of: Json, ends: { readonly from: string; readonly to: string; readonly practice: boolean }, sign: (body: Json) => string): SampleDocument {
  const row: Json = {
    epoch: 2, reason: 'reinstalled', note: '重装系统', answers: null, sentEpoch: 1, sentSeq: 0, sentHash: '0'.repeat(64), receivedEpoch: 1, receivedSeq: 1,
    receivedHash: of['manifestHash'],
  };
  const record = sha256(`${text(of)}\n`);
  const rootSignature = sign({ ...row, county: '211382', ...ends, record });
  return {
    kind: 'EPOCH_OPEN', period: null, docId: `EPOCH_OPEN/${ends.from}/${ends.to}/2`, main: 'received', sumColumn: { received: 'sumFen' }, epoch: 2,
    rows: { opening: [{ ...row, rootSignature }], received: [of] }, manifest: { approved_by: '李四' },
  };
}
