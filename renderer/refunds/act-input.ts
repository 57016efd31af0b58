/**
 * What a clerk filled in, as the input of an act's operation 办理输入. Empty optional fields are left out, so that the office's own defaults apply
 * (today, the determined amount, the roster's account).
 */
import type { ActField, ActForm } from './act-forms.ts';

export type ActDraft = {
  on: string;
  channel: string;
  existing: string;
  incremental: string;
  bank: string;
  account: string;
  accountName: string;
  bankCode: string;
  exportPending: boolean;
  approvedOn: string;
  opinion: string;
  reason: string;
  ground: string;
  count: string;
  total: string;
  document: string;
  no: string;
};

export function emptyDraft(): ActDraft {
  return {
    on: '', channel: '', existing: '', incremental: '', bank: '', account: '', accountName: '', bankCode: '', exportPending: false, approvedOn: '', opinion: '', reason: '',
    ground: '', count: '', total: '', document: '', no: '',
  };
}

/** A count of papers as typed: digits, full-width ones and separators accepted; NaN is refused by the schema. */
function typedCount(text: string): number {
  const digits = typedYuan(text);
  return Number(digits);
}

/** Yuan as typed: thousands separators, blanks and full-width digits are taken away; what an amount is the office decides. */
export function typedYuan(text: string): string {
  return text.normalize('NFKC').replace(/[\s,]/g, '');
}

/** The fields that stand in the dialog for so many refunds. */
export function fieldsOf(form: ActForm, count: number): readonly ActField[] {
  return count === 1 ? [...(form.singly ?? []), ...form.fields] : form.fields;
}

/** Whether the fields that must be filled are. */
export function isComplete(fields: readonly ActField[], draft: ActDraft): boolean {
  return fields.every((field) => {
    switch (field) {
      case 'reason': return draft.reason.trim() !== '';
      case 'suspensionGround':
      case 'terminationGround': return draft.ground !== '';
      case 'approvedOn': return draft.approvedOn !== '';
      case 'blindTotals': return draft.count.trim() !== '' && draft.total.trim() !== '';
      case 'clawbackAmounts': return draft.existing.trim() !== '' || draft.incremental.trim() !== '';
      case 'document': return draft.document.trim() !== '';
      case 'clawbackNo': return draft.no.trim() !== '';
      case 'account': return accountText(draft).every((text) => text === '') || accountText(draft).every((text) => text !== '');
      case 'on': case 'channel': case 'askedAmounts': case 'exportPending': case 'opinion': case 'approvedAmounts': case 'optionalReason': return true;
    }
  });
}

/** The input; which refunds it is about is put in by form: one, or a selection. */
export function actInput(form: ActForm, refunds: readonly string[], draft: ActDraft): Readonly<Record<string, unknown>> {
  const about = form.many ? { refunds } : { refund: refunds[0] };
  return Object.assign({}, about, ...fieldsOf(form, refunds.length).map((field) => part(field, draft))) as Readonly<Record<string, unknown>>;
}

function part(field: ActField, draft: ActDraft): Readonly<Record<string, unknown>> {
  switch (field) {
    case 'on': return given('on', draft.on);
    case 'channel': return given('channel', draft.channel.trim());
    case 'askedAmounts':
    case 'approvedAmounts': return { ...given('existing', typedYuan(draft.existing)), ...given('incremental', typedYuan(draft.incremental)) };
    case 'clawbackAmounts': return { existing: typedYuan(draft.existing) || '0.00', incremental: typedYuan(draft.incremental) || '0.00' };
    case 'account': {
      const [bank, account, accountName] = accountText(draft);
      if (bank === '' || account === '' || accountName === '') return {};
      return { account: { bank, account, accountName, bankCode: draft.bankCode.trim() === '' ? null : draft.bankCode.trim() } };
    }
    case 'exportPending': return { exportRefundPending: draft.exportPending };
    case 'approvedOn': return { approvedOn: draft.approvedOn };
    case 'opinion': return given('opinion', draft.opinion.trim());
    case 'reason':
    case 'optionalReason': return given('reason', draft.reason.trim());
    case 'suspensionGround':
    case 'terminationGround': return { ground: draft.ground };
    case 'blindTotals': return { expected: { count: typedCount(draft.count), total: typedYuan(draft.total) } };
    case 'document': return { document: draft.document.trim() };
    case 'clawbackNo': return { no: Number(draft.no) };
  }
}

function accountText(draft: ActDraft): readonly [bank: string, account: string, accountName: string] {
  return [draft.bank.trim(), draft.account.replace(/\s/g, ''), draft.accountName];
}

function given(key: string, text: string): Readonly<Record<string, string>> {
  return text === '' ? {} : { [key]: text };
}
