/** 系统管理 in the window: its pages and its F1 说明. */
import { Search, Setting } from '@element-plus/icons-vue';
import { everywhere, ownRule, type HelpEntry, type Page } from '../capability.ts';

export const pages = {
  administration: { path: '/administration', title: '系统管理', sign: Setting, place: everywhere(90), load: () => import('./AdministrationPage.vue') },
  audit: { path: '/audit', title: '留痕查询', sign: Search, place: everywhere(5), may: ['audit'], load: () => import('./AuditPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'operator.username': { title: '用户名', meaning: '登录用，2–32 位小写字母、数字、下划线或短横，字母开头。建立后不能更改。', basis: ownRule, example: 'wangxm' },
  'operator.name': { title: '姓名', meaning: '办理过程和表证上显示的姓名。', basis: ownRule, example: '王小明' },
  'operator.duties': {
    title: '岗位', meaning: '经办、复核、审批、开具为业务岗位，一人可兼，但同一笔退税上不能一人办两道。系统、安全、审计管理员不兼业务岗位，也不互兼。',
    basis: '《关于严格执行税款退库办理制度的通知》，电子退库开具岗与复核岗分开', example: '三名业务人员可以办理：甲经办并开具，乙复核，丙审批。',
  },
  'operator.password': { title: '登录口令', meaning: '至少 12 个字符。连续 5 次错误锁定账户，由安全管理员解锁。口令不能找回，只能重设。', basis: ownRule, example: '一句自己记得住的话，含空格也可以。' },
  'backup.phrase': {
    title: '恢复口令', meaning: '打开备份文件的 40 个字符，制作时只显示一次，程序不保存。每组最后一个字符是校验位。遗失后，只有原计算机上的密钥还在时才能打开备份。', basis: ownRule,
    example: '8 组，每组 5 个字符，抄在纸上封存于保险柜；字符中没有 I、L、O、U。',
  },
  'profile.shares': {
    title: '分担比例', meaning: '退税在中央、省级、县级之间的分担，三项之和须为 1。省以下比例以本省文件为准。', basis: '国发〔2019〕21号（中央与地方五五分担）；省以下待取得文件', example: '0.5、0.35、0.15',
  },
  'profile.remainder': { title: '尾差计入', meaning: '按比例分到分时余下的一两分计入哪一级。没有查到统一规定。', basis: ownRule, example: '计入县级' },
  'profile.day': { title: '月报截止日', meaning: '上月退税情况应在次月这一天以前报送。', basis: '工作方案二（五）', example: '10' },
} as const satisfies Readonly<Record<string, HelpEntry>>;
