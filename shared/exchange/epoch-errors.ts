/** Refusals around numbers used up, offices installed anew and channels opened anew 开期. Each says what was not changed and who acts next. */
import { defineErrors } from '../kernel/errors.ts';

export const epochErrors = defineErrors({
  NEW_EPOCH: {
    number: 'E205',
    says: '{agency}已开第 {epoch} 期，本单位还没有导入其开期文件，未入账，账本未变动',
    next: '请向{agency}索取开期文件，导入后由两人开期，再导入本包',
  },
  EPOCH_ENDED: {
    number: 'E205',
    says: '该包属于已结束的第 {epoch} 期，未入账，账本未变动',
    next: '请{agency}把其中内容在第 {current} 期重新发送',
  },
  EPOCH_LOWER: {
    number: 'E205',
    says: '{agency}开期文件的期号 {epoch} 不高于本单位的第 {current} 期，未入账，账本未变动',
    next: '请由本单位开期，把开期文件送{agency}，对方导入后再答复',
  },
  EPOCH_DIFFERS: {
    number: 'E205',
    says: '{agency}开期文件的{what}不符，文件已隔离，未入账',
    next: '请与{agency}核对双方末号、密钥卡后，请其重新开期',
  },
  EPOCH_FIRST: {
    number: 'E205',
    says: '本单位账本停办，通道重新开期前只能导入开期文件；未导入，账本未变动',
    next: '请先与各方重新开期（“交换”页“停用与开期”），再导入本包',
  },
  EPOCH_OPENING: {
    number: 'E205',
    says: '与{agency}的通道正在重新开期（{state}），未导出，账本未变动',
    next: '请先完成双方开期：本单位两人确认，并导入{agency}的开期文件',
  },
  EPOCH_WAITS_FOR_PEER: {
    number: 'E205',
    says: '本单位第 {epoch} 期的开期文件已经签发，不需再拟，账本未变动',
    next: '请把开期文件写入U盘送{agency}，并导入{agency}答复的开期文件',
  },
  EPOCH_NOT_PROPOSED: {
    number: 'E205',
    says: '与{agency}的通道还没有人拟开新一期，未确认，账本未变动',
    next: '请先由一名业务人员拟开新一期，写明原因',
  },
  PACKAGE_NOT_VOID: {
    says: '发往{agency}的第 {seq} 号包没有作废，未重发，账本未变动',
    next: '对方没有收到的，请把原包再次写入U盘',
  },
  EPOCH_SAME_PERSON: {
    number: 'E191',
    says: '新一期由{person}拟开，不能由同一人确认，账本未变动',
    next: '请由另一名审批人员确认',
    audited: true,
  },
  NUMBER_SIGNED_BEFORE: {
    number: 'E206',
    says: '本机已用过发往{agency}的第 {seq} 号包（第 {epoch} 期），账本中没有这一份：账本是旧的；未签发，账本未变动',
    next: '请停止办理并找回原账本；找不回的，按“重新开期”办理',
  },
  ROOT_REPLACED: {
    number: 'E215',
    says: '{agency}更换了根密钥，该通道已冻结，未办理，账本未变动',
    next: '请与{agency}重新开期',
  },
  ROOT_NOT_REPLACED: {
    says: '{agency}的密钥卡没有更换根密钥，不按重装登记，账本未变动',
    next: '请按“登记密钥卡”办理',
  },
  ROOT_NOT_PROPOSED: {
    says: '{agency}重装后的密钥卡还没有人核对，未登记，账本未变动',
    next: '请先由安全管理员对照纸质指纹核对密钥卡',
  },
  ROOT_SAME_PERSON: {
    number: 'E191',
    says: '密钥卡由{person}核对，不能由同一人复核，未登记，账本未变动',
    next: '请由另一名审批人员对照纸质指纹复核',
    audited: true,
  },
});
