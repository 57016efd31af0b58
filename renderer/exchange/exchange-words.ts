/** Words of the exchange on screen 交换用语: states of packages, verdicts, names of kinds and offices. Labels only. */
import { isPackageKind, packageKinds } from '../../shared/exchange/kinds.ts';
import { agencies, agencyNames } from '../../shared/kernel/office.ts';
import { parseInstant, shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import type { StateWord } from '../components/table/columns.ts';

export const packageStateWords: Readonly<Record<string, StateWord>> = {
  ACCEPTED: { label: '已接收', tone: 'good' },
  REJECTED: { label: '被拒收', tone: 'bad' },
  SIGNED: { label: '已签名，未写盘', tone: 'wait' },
  WRITTEN: { label: '已写盘，待回执', tone: 'active' },
  ACKED: { label: '对方已接收', tone: 'good' },
  VOID: { label: '作废，须重发', tone: 'wait' },
  DISPUTED: { label: '回执有争议', tone: 'bad' },
  HELD: { label: '暂存待前包', tone: 'wait' },
};

export function kindTitle(kind: string | null): string {
  if (kind === null) return '—';
  return isPackageKind(kind) ? packageKinds[kind].title : kind;
}

export function agencyTitle(agency: string): string {
  const known = agencies.find((candidate) => candidate === agency);
  return known === undefined ? agency : agencyNames[known];
}

/** An instant as people read it; what is none is shown as it is. */
export function moment(text: string): string {
  const instant = parseInstant(text);
  return instant === null ? text : shanghaiDateTime(instant);
}
