/**
 * The shell's own table 程序外壳操作: which office is open, who is signed in, which files a person pointed at. It is served by the same loop as the
 * operations table and is just as closed. Nothing here enters the ledger, and no path ever crosses: files and folders are opaque tokens.
 */
import { z } from 'zod';
import { officeIdentitySchema, passwordStandingSchema, usernameSchema } from '../administration/model.ts';
import { nameText, officeNameMax, personNameMax } from '../administration/name-text.ts';
import { agencySchema, requiredText } from '../kernel/schema.ts';
import { duties } from '../kernel/office.ts';
import { reportParamsSchema } from '../reports/contract.ts';
import { reportFormats, reportIds, type ReportId } from '../reports/table.ts';

/** Who may call a row: anyone, anyone once an office is open, or only the person signed in (also while locked where `locked` says so). */
export type ShellNeed = 'anyone' | 'office' | 'signed-in';

export type ShellOperation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly input: I;
  readonly output: O;
  /** The Chinese name, for logs and refusals. */
  readonly title: string;
  readonly needs: ShellNeed;
  /** Whether it is still served while the session is locked. */
  readonly whileLocked: boolean;
};

function row<I extends z.ZodType, O extends z.ZodType>(input: I, output: O, terms: Omit<ShellOperation, 'input' | 'output'>): ShellOperation<I, O> {
  return { input, output, ...terms };
}

const nothing = z.strictObject({});
const passwordText = z.string().min(1).max(200);

/** What a dialog of the program gave: 32 hex digits of chance behind a word, known only to this window until it closes. */
export const fileTokenSchema = z.string().regex(/^file-[0-9a-f]{32}$/, '不是本窗口选取的文件');
const pickedSchema = z.strictObject({ token: fileTokenSchema, /** Last part of the path, for people only. */ name: z.string() });
export type Picked = z.output<typeof pickedSchema>;

/** Kinds of files a person may be asked for; the dialog shows only these endings. */
export const fileKinds = {
  roster: { name: '名册（CSV、XLSX）', endings: ['csv', 'xlsx'] },
  table: { name: '表格（CSV、XLSX）', endings: ['csv', 'xlsx'] },
  package: { name: '交换包', endings: ['kxp'] },
  keyCard: { name: '密钥卡', endings: ['kxc'] },
  backup: { name: '备份', endings: ['age'] },
  pdf: { name: 'PDF 文件', endings: ['pdf'] },
  xlsx: { name: 'Excel 工作簿', endings: ['xlsx'] },
  csv: { name: 'CSV 文件', endings: ['csv'] },
  docx: { name: 'Word 文档', endings: ['docx'] },
  html: { name: '网页文件', endings: ['html'] },
  json: { name: 'JSON 文件', endings: ['json', 'jsonl'] },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly endings: readonly string[] }>>;
export type FileKind = keyof typeof fileKinds;
const fileKindNames = Object.keys(fileKinds) as [FileKind, ...FileKind[]]; // the keys of the table above
const fileKindSchema = z.enum(fileKindNames);

/** What stands in a folder that may become or is a data directory. */
export const folderStates = ['empty', 'office', 'other'] as const;

const recentOfficeSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** Last part of the folder's path. */
  folderName: z.string(),
  name: z.string(),
  agency: agencySchema,
  practice: z.boolean(),
  /** False when the folder cannot be reached now. */
  present: z.boolean(),
});
export type RecentOffice = z.output<typeof recentOfficeSchema>;

const operatorSummarySchema = z.strictObject({
  username: z.string(),
  name: z.string(),
  duties: z.array(z.enum(duties)).readonly(),
  /** Set by another and not yet settled, or null. */
  password: passwordStandingSchema.nullable(),
});

const chosenFolderSchema = pickedSchema.extend({
  state: z.enum(folderStates),
  /** Why a ledger may not lie there (sync folder, network or removable drive), or null; opening and founding refuse it. */
  warning: z.string().nullable(),
});

const operatorsSchema = z.strictObject({ operators: z.array(operatorSummarySchema).readonly() });

const workSchema = z.strictObject({
  /** Number of the running call, unique in this window. */
  work: z.number().int(),
  operation: z.string(),
  title: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  label: z.string(),
  /** True once a stop was asked for. */
  stopping: z.boolean(),
});
export type RunningWork = z.output<typeof workSchema>;

const countySchema = z.strictObject({ code: z.string(), name: z.string() });

export const shellStatusSchema = z.strictObject({
  program: z.strictObject({ name: z.string(), version: z.string() }),
  /** The open office, or null. `practice` in it decides the colour and the words 演练 on every page. */
  office: z
    .strictObject({
      identity: officeIdentitySchema,
      /** The sentence of the fault that made it read-only, or null. */
      fault: z.string().nullable(),
      /** How a ledger put back from a backup came here, or null; it is read-only too. */
      restored: z.string().nullable(),
      keysUnlocked: z.boolean(),
    })
    .nullable(),
  /** Who is signed in, also while locked. */
  person: operatorSummarySchema.nullable(),
  /** True after idleness or on demand: only 解锁, 退出登录 and this status are served. */
  locked: z.boolean(),
  /** Minutes of idleness after which the session locks. */
  lockAfterMinutes: z.number().int(),
  running: z.array(workSchema).readonly(),
});
export type ShellStatus = z.output<typeof shellStatusSchema>;

const name = nameText(officeNameMax);
const foundingSchema = z.discriminatedUnion('practice', [
  z.strictObject({ practice: z.literal(true), folder: fileTokenSchema, agency: agencySchema, county: z.string().regex(/^[0-9]{6}$/), name }),
  z.strictObject({
    practice: z.literal(false), folder: fileTokenSchema, agency: agencySchema, county: z.string().regex(/^[0-9]{6}$/), name,
    administrator: z.strictObject({ username: usernameSchema, name: nameText(personNameMax), password: passwordText }),
    keyPassphrase: passwordText,
  }),
]);

const pickedFileSchema = pickedSchema.extend({ bytes: z.number().int() });
const listedFileSchema = z.strictObject({
  token: fileTokenSchema,
  name: z.string(),
  kind: fileKindSchema,
  bytes: z.number().int(),
  /** UTC instant of the file's last change as the drive says; a claim, never an order. */
  modifiedAt: z.string(),
});
export type ListedFile = z.output<typeof listedFileSchema>;

const paperSchema = z.strictObject({ id: z.enum(reportIds as readonly [ReportId, ...ReportId[]]), params: reportParamsSchema.default({}) });
const paperFactsSchema = z.strictObject({
  title: z.string(),
  /** As in the foot of every page; null for a table of data. */
  digest: z.string().nullable(),
  /** True when the ledger has nothing for it yet. */
  empty: z.boolean(),
  /** Whole sentences on what to check on the paper. */
  remarks: z.array(z.string()).readonly(),
});
export type PaperFacts = z.output<typeof paperFactsSchema>;

/** Rows that change the session answer nothing: the new status is told as a notice, the one way in which a page learns it. */
export const shellContract = {
  'shell.status': row(nothing, shellStatusSchema, { title: '程序状态', needs: 'anyone', whileLocked: true }),
  'shell.counties': row(nothing, z.strictObject({ counties: z.array(countySchema).readonly() }), { title: '县区参数清单', needs: 'anyone', whileLocked: false }),
  'shell.recentOffices': row(nothing, z.strictObject({ offices: z.array(recentOfficeSchema).readonly() }), { title: '最近打开的单位', needs: 'anyone', whileLocked: false }),
  'shell.chooseFolder': row(
    z.strictObject({ purpose: z.enum(['open', 'found', 'restore']) }),
    chosenFolderSchema.nullable(),
    { title: '选择数据目录', needs: 'anyone', whileLocked: false },
  ),
  'shell.openOffice': row(
    z.union([z.strictObject({ folder: fileTokenSchema }), z.strictObject({ recent: z.string().regex(/^[0-9a-f]{16}$/) })]),
    nothing,
    { title: '打开单位', needs: 'anyone', whileLocked: false },
  ),
  'shell.foundOffice': row(foundingSchema, nothing, { title: '建立单位', needs: 'anyone', whileLocked: false }),
  /** The backup to restore from, before anybody is signed in. */
  'shell.chooseBackup': row(nothing, pickedFileSchema.nullable(), { title: '选择备份文件', needs: 'anyone', whileLocked: false }),
  /** Restores into an empty folder and opens what was restored, read-only. A practice backup needs no phrase. */
  'shell.restoreOffice': row(
    z.strictObject({ file: fileTokenSchema, folder: fileTokenSchema, phrase: passwordText.nullable() }),
    nothing,
    { title: '从备份恢复', needs: 'anyone', whileLocked: false },
  ),
  'shell.closeOffice': row(nothing, nothing, { title: '关闭单位', needs: 'office', whileLocked: true }),
  'shell.newWindow': row(nothing, nothing, { title: '另开窗口', needs: 'anyone', whileLocked: true }),
  /** Operators of a practice office, for its sign-in page; a real office answers with none. */
  'shell.practiceOperators': row(nothing, operatorsSchema, { title: '演练操作员', needs: 'office', whileLocked: false }),
  'shell.signIn': row(z.strictObject({ username: usernameSchema, password: passwordText.nullable() }), nothing, { title: '登录', needs: 'office', whileLocked: false }),
  'shell.signOut': row(nothing, nothing, { title: '退出登录', needs: 'signed-in', whileLocked: true }),
  'shell.lock': row(nothing, nothing, { title: '锁定', needs: 'signed-in', whileLocked: true }),
  'shell.unlock': row(z.strictObject({ password: passwordText.nullable() }), nothing, { title: '解锁', needs: 'signed-in', whileLocked: true }),
  /** Asks for the password of the person signed in once more, before an approval. */
  'shell.confirmPerson': row(z.strictObject({ password: passwordText.nullable() }), nothing, { title: '再次核验本人', needs: 'signed-in', whileLocked: false }),
  'shell.unlockKeys': row(z.strictObject({ passphrase: passwordText }), nothing, { title: '解锁密钥', needs: 'signed-in', whileLocked: false }),
  'shell.pickFile': row(z.strictObject({ kind: fileKindSchema }), pickedFileSchema.nullable(), { title: '选取文件', needs: 'signed-in', whileLocked: false }),
  'shell.pickFolder': row(z.strictObject({ purpose: z.enum(['stick', 'export']) }), pickedSchema.nullable(), { title: '选取目录', needs: 'signed-in', whileLocked: false }),
  'shell.pickSaveTarget': row(
    z.strictObject({ kind: fileKindSchema, /** Proposed by the page, made harmless by the program. */ suggestedName: requiredText(200) }),
    pickedSchema.nullable(),
    { title: '选取保存位置', needs: 'signed-in', whileLocked: false },
  ),
  /** Files of known kinds directly in a folder the person picked, newest first, at most 500. */
  'shell.listFolder': row(
    z.strictObject({ folder: fileTokenSchema }),
    z.strictObject({ files: z.array(listedFileSchema).readonly(), more: z.boolean() }),
    { title: '列出目录', needs: 'signed-in', whileLocked: false },
  ),
  'shell.reveal': row(z.strictObject({ file: fileTokenSchema }), nothing, { title: '在文件夹中显示', needs: 'signed-in', whileLocked: false }),
  /** Shows a report as it will be printed, in a window that can do nothing else. */
  'shell.showPaper': row(paperSchema, paperFactsSchema, { title: '预览报表', needs: 'signed-in', whileLocked: false }),
  /** Writes a report into a file that pickSaveTarget gave; an existing file is replaced only where that dialog asked and the person agreed. */
  'shell.savePaper': row(
    paperSchema.extend({ format: z.enum(reportFormats), file: fileTokenSchema }),
    paperFactsSchema.extend({ bytes: z.number().int() }),
    { title: '保存报表', needs: 'signed-in', whileLocked: false },
  ),
  /** Asks a running work to stop at its next step; what it did so far is rolled back and its call answers WORK_STOPPED. */
  'shell.stopWork': row(z.strictObject({ work: z.number().int() }), z.strictObject({ stopping: z.boolean() }), { title: '停止', needs: 'anyone', whileLocked: true }),
} as const satisfies Readonly<Record<`shell.${string}`, ShellOperation>>;

export type ShellName = keyof typeof shellContract;
export type ShellInput<N extends ShellName> = z.input<(typeof shellContract)[N]['input']>;
export type ShellOutput<N extends ShellName> = z.output<(typeof shellContract)[N]['output']>;

export function isShellName(text: string): text is ShellName {
  return Object.hasOwn(shellContract, text);
}

/** What the program tells a page unasked. */
export type ShellNotices = {
  /** How far a long call is; `ended` once, after its reply. */
  readonly progress: RunningWork & { readonly ended: boolean };
  /** The status after any change: opened, signed in, locked by idleness. Told before the reply of the row that made it. */
  readonly status: ShellStatus;
};
export type ShellTopic = keyof ShellNotices;
export const shellTopics = ['progress', 'status'] as const satisfies readonly ShellTopic[];
