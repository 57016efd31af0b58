/**
 * 岗位分离表: which acts on one case no one person may join, which duties nobody may hold together, and who holds which today. Made from the tables
 * that handlers and the database refuse by.
 * @source shared spec decisions 12; 国家税务总局《关于严格执行税款退库办理制度的通知》(policy-facts 6.4, S79)
 */
import {
  amendmentRoleNames, amendmentRoles, forbiddenAmendmentPairs, forbiddenPaymentPairs, forbiddenRefundPairs, keptApart, paymentRoles, refundRoleNames, refundRoles,
} from '../../../shared/administration/duties.ts';
import { agencyNames, dutyNames } from '../../../shared/kernel/office.ts';
import { html, type Markup } from '../markup.ts';
import { answerOf, type Paper } from '../paper.ts';
import { closing, grid } from '../paper-text.ts';

const roleNames: Readonly<Record<string, string>> = { ...refundRoleNames, ...amendmentRoleNames };
const matrices = [
  { title: '税务局：一笔退税上的手续', roles: refundRoles as readonly string[], pairs: forbiddenRefundPairs },
  { title: '国库：一笔退付上的手续', roles: paymentRoles as readonly string[], pairs: forbiddenPaymentPairs },
  { title: '各单位：一件政策更正上的手续', roles: amendmentRoles as readonly string[], pairs: forbiddenAmendmentPairs },
] as const;

export const separationPaper: Paper = (ctx, _params, sources) => {
  const { operators } = answerOf(sources['administration.operators'], ctx, {});
  const people = operators.filter(({ active }) => active).map(({ name, username, duties }) => [name, username, duties.map((duty) => dutyNames[duty]).join('、') || '未授予']);
  const body = html`<p>标“分离”的两道手续，同一笔业务上不能由同一人办理，程序和账本都会拒绝。系统、安全、审计管理员不兼业务岗位，也不互兼。</p>
${matrices.map(matrix)}
<h2>现有人员的岗位</h2>
${grid([{ title: '姓名', kind: 'text', width: 26 }, { title: '用户名', kind: 'code', width: 26 }, { title: '岗位', kind: 'text', width: 48 }], people)}
${closing(null, ['制表', '审计管理员', '负责人', '日期'], [agencyNames[ctx.office.agency]])}`;
  const table = [['姓名', '用户名', '岗位'], ...people, ['合计', String(people.length), '']];
  return { kind: 'filled', covers: [['行政区划', ctx.office.county], ['打印日期', ctx.today]], inYuan: false, body, data: { matrices, people }, about: ctx.today, table };
};

function matrix({ title, roles, pairs }: (typeof matrices)[number]): Markup {
  const width = Math.floor(100 / (roles.length + 1));
  const columns = [{ title: '', kind: 'text' as const, width }, ...roles.map((role) => ({ title: roleNames[role] ?? '', kind: 'text' as const, width }))];
  const cell = (row: string, column: string): string => (row === column ? '本人' : keptApart(pairs, row, column) ? '✕ 分离' : '可同一人');
  return html`<h2>${title}</h2>
${grid(columns, roles.map((row) => [roleNames[row] ?? '', ...roles.map((column) => cell(row, column))]))}`;
}
