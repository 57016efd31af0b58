/** 窗口: no page of its own, only help for the doors before them. */
import { ownRule, type HelpEntry } from '../capability.ts';

export const pages = {};

export const help = {
  'office.folder': {
    title: '数据文件夹', meaning: '保存本单位账本、密钥和收发文件的文件夹。须在本机硬盘上，不能放在U盘、网络盘或同步盘里。', basis: ownRule,
    example: '一个新建的空文件夹，例如“文档”下的“留抵直达”。',
  },
  'office.agency': {
    title: '单位类别', meaning: '税务局认定资格、审核退税、开具收入退还书；财政局筹措和拨付资金；人民银行国库审核并退付。建立后不能更改。', basis: '工作方案，部门分工',
    example: '在县税务局的计算机上选“税务局”。',
  },
  'office.county': {
    title: '行政区划代码', meaning: '六位县级行政区划代码。三方的代码必须一致，否则交换包互不接收。', basis: 'GB/T 2260', example: '凌源市为 211382。',
  },
  'office.name': { title: '单位名称', meaning: '打印在表证和交换包上的全称。', basis: ownRule, example: '国家税务总局凌源市税务局' },
  'office.practice': {
    title: '演练单位', meaning: '每个岗位一名操作员、无口令，每页标注【演练】。演练单位的密钥卡不被正式单位接受，数据不会混到一起。', basis: ownRule,
    example: '新人培训、试用新版本时建立演练单位。',
  },
} as const satisfies Readonly<Record<string, HelpEntry>>;
