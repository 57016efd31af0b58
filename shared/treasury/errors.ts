/** Refusals of 退库. Each sentence says what happened and that nothing was changed, then what to do. */
import { defineErrors } from '../kernel/errors.ts';

export const treasuryErrors = defineErrors({
  VOUCHER_UNKNOWN: { says: '国库没有收到号码为“{voucher}”的收入退还书，账本未变', next: '请核对号码，或先导入税务局的退库批次' },
  VOUCHER_ALTERED: {
    number: 'E180', says: '{name}（退还书 {voucher}）的{fields}与收到批次时记入账本的不同，未办理，账本未变', next: '请停止办理，完整校验账本，保留数据目录作为证据，并从备份恢复',
  },
  PAY_UNANSWERED: { says: '{why}；现在退付，回单送不到税务局，未退付，账本未变', next: '请先恢复通道；确需先退付的，注明“通道停用仍要退付”后再办' },
  VOUCHER_STATE_UNFIT: { number: 'E193', says: '{name}（退还书 {voucher}）当前为“{state}”，不能办理“{act}”，账本未变', next: '请刷新后按当前状态办理' },
  SAME_PERSON_TWO_PAYMENT_DUTIES: {
    number: 'E191',
    says: '{person}已是{name}（退还书 {voucher}）的{held}，不能再作{role}，账本未变',
    next: '请由另一名持有该岗位的人员办理',
    audited: true,
  },
  VOUCHER_NOT_IN_ORDER: { says: '{name}（退还书 {voucher}）审核不通过：{findings}；未办理，账本未变', next: '请退回税务机关更正，不得退付' },
  VOUCHER_ALREADY_RECEIVED: { number: 'E207', says: '收入退还书 {voucher} 已随批次 {batch} 收到，整包未入账', next: '请税务局核对是否重复发送；更正后的退还书应使用新号码' },
  BATCH_ALREADY_RECEIVED: { number: 'E207', says: '批次 {batch} 已经收到，整包未入账', next: '请税务局核对是否重复发送' },
  OUTCOME_ALREADY_SENT: { says: '{name}（退还书 {voucher}）的处理结果已随回单发出，不能撤销，账本未变', next: '请按“谁差错，谁更正”在对账中办理更正' },
  PAYMENT_DATE_UNFIT: { says: '{name}（退还书 {voucher}）的日期 {date} 早于{before} {earliest} 或晚于今天，未办理', next: '请核对日期' },
  SUSPENSION_TAXPAYER_UNKNOWN: { says: '本库的批次、企业清单和暂缓名单里都没有代码为 {uscc} 的纳税人，未登记，账本未变', next: '请对照通知逐位核对代码；批次尚未收到的，请先导入' },
  SUSPENSION_NAME_DIFFERS: { says: '代码 {uscc} 是“{found}”，不是所填的“{name}”，未登记，账本未变', next: '请对照通知核对代码和名称' },
  SUSPENSION_STANDS: { says: '{name}（{uscc}）已在暂缓退库名单内，账本未变', next: '不需重复登记' },
  SUSPENSION_BY_NOTICE: { says: '{name}（{uscc}）是依税务局的暂缓退库通知暂缓的，不能在本库解除，账本未变', next: '请税务局解除后送来新的暂缓退库通知' },
  NO_SUCH_SUSPENSION: { says: '{uscc} 不在暂缓退库名单内，账本未变', next: '请核对统一社会信用代码' },
});
