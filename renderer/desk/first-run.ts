/** The first days of an office 初次使用清单: what must stand before the daily work, each with whose task it is and where it is done. */
import { careNames } from '../../shared/administration/backup-model.ts';
import { agencies, duties, dutyNames, type Agency, type Duty } from '../../shared/kernel/office.ts';
import type { Reply } from '../../shared/reply.ts';
import { ask } from '../office.ts';

export type FirstStep = { readonly title: string; readonly may: readonly Duty[]; readonly done: boolean; readonly says: string; readonly to: string };

/**
 * The steps of this office in order; empty once all are done. A practice office has its people and needs no backup. Whoever reads no taxpayer is shown
 * the steps of the administrators.
 */
export async function firstSteps(agency: Agency, practice: boolean, reads: boolean): Promise<Reply<readonly FirstStep[]>> {
  const tax = agency === 'tax' && reads;
  const [people, keys, care, snapshots] = await Promise.all([ask('administration.operators', {}), ask('keys.show', {}), ask('administration.care', {}), reads ? ask('survey.snapshots', {}) : null]);
  for (const reply of [people, keys, care, snapshots]) if (reply?.ok === false) return reply;
  if (!people.ok || !keys.ok || !care.ok) return { ok: true, value: [] };
  const frozen = snapshots?.ok === true && snapshots.value.snapshots.length > 0;
  const [imports, assessed] = tax ? await Promise.all([ask('roster.imports', { limit: 1 }), ask('eligibility.periods', {})]) : [null, null];
  const held = people.value.operators.filter(({ active }) => active);
  const missing = duties.filter((duty) => !held.some((operator) => operator.duties.includes(duty)));
  const peers = new Set(keys.value.peers.map((card) => card.agency));
  const others = agencies.filter((other) => other !== agency && !peers.has(other));
  const known = others.length === 0;
  const steps: readonly (FirstStep & { readonly real?: boolean })[] = [
    { title: '建立人员', may: ['system'], done: held.length > 1, says: '每个岗位一人以上', to: '/administration', real: true },
    { title: '授予岗位', may: ['security'], done: missing.length === 0, says: missing.length === 0 ? '' : `还没有：${missing.map((duty) => dutyNames[duty]).join('、')}`, to: '/administration', real: true },
    { title: '打印密钥指纹核对单', may: ['security'], done: known, says: '盖章后当面交给另外两方', to: '/reports?id=key-sheet' },
    { title: '互登密钥', may: ['security'], done: known, says: known ? '' : '照对方盖章的核对单逐字输入', to: '/exchange' },
    { title: `首次${careNames.backup}`, may: ['system'], done: care.value.lastBackup !== null, says: '备份到另一块盘', to: '/administration', real: true },
    ...(tax
      ? [
          { title: '导入名册', may: ['handler'] as const, done: imports?.ok === true && imports.value.imports.length > 0, says: '', to: '/roster/import' },
          { title: '测算资格', may: ['handler'] as const, done: assessed?.ok === true && assessed.value.periods.length > 0, says: '', to: '/assessment' },
          { title: '冻结底数', may: ['handler'] as const, done: frozen, says: '', to: '/roster' },
        ]
      : !reads ? [] : [{ title: '收到税务局的退税底数', may: ['handler'] as const, done: frozen, says: '', to: '/exchange' }]),
  ];
  const own = steps.filter(({ real }) => !(practice && real === true));
  return { ok: true, value: own.every(({ done }) => done) ? [] : own };
}
