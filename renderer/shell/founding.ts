/**
 * The form of a new office 建立单位表: what is asked and what is still missing. Checks only completeness and that things typed twice agree;
 * lengths, codes and folders are the office's to refuse.
 */
import { countyCodeFault } from '../../shared/administration/county-code.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { agencyNames } from '../../shared/kernel/office.ts';
import { usernameRule } from '../../shared/administration/model.ts';
import { passwordFault, passwordFaultText } from '../../shared/administration/password.ts';
import type { ShellInput } from '../../shared/shell/contract.ts';

export type FoundingForm = {
  folder: { readonly token: string; readonly name: string } | null;
  practice: boolean;
  agency: Agency | null;
  county: string;
  name: string;
  username: string;
  person: string;
  password: string;
  passwordAgain: string;
  passphrase: string;
  passphraseAgain: string;
};

export type FoundingFaults = Partial<Record<keyof FoundingForm, string>>;

export function emptyFounding(): FoundingForm {
  return { folder: null, practice: false, agency: null, county: '', name: '', username: 'admin', person: '', password: '', passwordAgain: '', passphrase: '', passphraseAgain: '' };
}

/** What still stands in the way, by field; empty when the form can be sent. */
export function foundingFaults(form: FoundingForm): FoundingFaults {
  const faults: FoundingFaults = {};
  if (form.folder === null) faults.folder = '请选择一个空文件夹';
  if (form.agency === null) faults.agency = '请选择单位类别';
  const county = countyCodeFault(form.county);
  if (!/^[0-9]{6}$/.test(form.county)) faults.county = '请填写六位行政区划代码';
  else if (county !== null) faults.county = `不是县级代码：${county}`;
  if (form.name.trim() === '') faults.name = '请填写单位全称';
  if (form.practice) return faults;
  if (!/^[a-z][a-z0-9_-]{1,31}$/.test(form.username)) faults.username = usernameRule;
  if (form.person.trim() === '') faults.person = '请填写姓名';
  const weak = (text: string): string | undefined => {
    const fault = passwordFault(text, [form.username, form.person.trim(), form.name.trim()]);
    return fault === null ? undefined : passwordFaultText(fault);
  };
  const [password, passphrase] = [weak(form.password), weak(form.passphrase)];
  if (password !== undefined) faults.password = password;
  if (form.password !== form.passwordAgain) faults.passwordAgain = '两次输入不一致';
  if (passphrase !== undefined) faults.passphrase = passphrase;
  else if (form.passphrase === form.password) faults.passphrase = '不要与登录口令相同';
  if (form.passphrase !== form.passphraseAgain) faults.passphraseAgain = '两次输入不一致';
  return faults;
}

/** The input of `shell.foundOffice`; null while something is missing. */
export function foundingInput(form: FoundingForm): ShellInput<'shell.foundOffice'> | null {
  if (Object.keys(foundingFaults(form)).length > 0 || form.folder === null || form.agency === null) return null;
  const terms = { folder: form.folder.token, agency: form.agency, county: form.county, name: form.name.trim() };
  if (form.practice) return { practice: true, ...terms };
  return {
    practice: false, ...terms,
    administrator: { username: form.username, name: form.person.trim(), password: form.password },
    keyPassphrase: form.passphrase,
  };
}

/** A name to start from, once county and agency are known. */
export function suggestedName(countyName: string, agency: Agency): string {
  switch (agency) {
    case 'tax': return `国家税务总局${countyName}${agencyNames.tax}`;
    case 'finance': return `${countyName}${agencyNames.finance}`;
    case 'treasury': return `中国人民银行${countyName}支行国库`;
  }
}
