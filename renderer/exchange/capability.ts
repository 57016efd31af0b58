/** 交换 in the window: its pages and its F1 说明. */
import { Connection } from '@element-plus/icons-vue';
import { everywhere, ownRule, type HelpEntry, type Page } from '../capability.ts';

export const pages = {
  exchange: { path: '/exchange', title: '交换', sign: Connection, place: everywhere(70), load: () => import('./ExchangePage.vue') },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'keys.passphrase': {
    title: '密钥口令', meaning: '解开本单位签名和解密密钥的口令，与登录口令不同，至少 12 个字符。遗失后不能解开旧的交换包，须重新核对密钥。', basis: ownRule,
    example: '写在纸上，封存于保险柜。',
  },
  'keys.fingerprint': {
    title: '密钥指纹', meaning: '对方密钥卡的 32 位核对码，印在对方盖章的《密钥指纹核对单》上，当面交接。须由安全管理员照纸逐字输入，不能粘贴。', basis: ownRule,
    example: '8 组，每组 4 位，只含数字和大写字母，不含 I、L、O、U。',
  },
} as const satisfies Readonly<Record<string, HelpEntry>>;
