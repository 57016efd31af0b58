/** 系统管理: offices, people, keys of the phrase, backups, as every process knows it. */
import { agencyNames, dutyNames } from '../kernel/office.ts';
import { auditContract } from './audit-contract.ts';
import { backupContract } from './backup-contract.ts';
import { backupErrors } from './backup-errors.ts';
import { administrationContract } from './contract.ts';
import { refundRoleNames } from './duties.ts';
import { administrationErrors } from './errors.ts';

export const names = {
  administration: { zh: '系统管理', source: '内部用语' },
  journal: { zh: '留痕', source: '内部用语' },
};
export const contract = { ...administrationContract, ...auditContract, ...backupContract };
export const errors = { ...administrationErrors, ...backupErrors };
export const labels = { agency: agencyNames, duty: dutyNames, role: refundRoleNames };
