/** The handler of 留痕查询: entries of the journal by who, when and about whom, newest first. What the entries decided is not told. */
import type { auditContract, AuditedEntry, AuditStream } from '../../shared/administration/audit-contract.ts';
import { contract, isOperationName } from '../../shared/contract.ts';
import { addDays, shanghaiInstant, type CivilDate, type Instant } from '../../shared/kernel/civil-date.ts';
import { type EntryBody, foldEntryOf, type HandlersOf, parseBody, plain, type TrailSource } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import type { AccessFact } from './access.ts';
import { readOperators } from './administration.sql.ts';
import { accessRecorded, actRefused } from './entries.ts';

/** What the audit needs of all capabilities together. */
export type AuditNeeds = {
  /** The Chinese name of a kind of entry, or null for a kind of a newer program. */
  readonly titleOfEntry: (kind: string) => string | null;
  /** Entries in which something named so took part, though they are not named after it. */
  readonly trail: TrailSource;
};

const accessWords: Readonly<Record<AccessFact, string>> = {
  'signed-in': '登录', 'sign-in-failed': '口令不对', locked: '口令连续错误，账户锁定', unlocked: '解锁账户', 'password-set': '设置口令', 'password-vouched': '当面确认口令',
  'keys-opened': '解锁本单位密钥', 'key-passphrase-wrong': '密钥口令不对', 'key-passphrase-locked': '密钥口令连续错误，暂停再试',
};

export function auditHandlers({ titleOfEntry, trail }: AuditNeeds): HandlersOf<typeof auditContract> {
  return {
    'administration.journal': plain((ctx, asked) => {
      const names = new Map(readOperators(ctx.db).map(({ username, name }) => [username, name]));
      const found = readBodies(ctx.db, { ...asked, among: asked.about === '' ? [] : trail(ctx.db, asked.about) });
      const entries = found.slice(0, asked.limit).map((body): AuditedEntry => ({
        seq: body.seq, at: body.at as Instant, // written from a checked instant
        maker: body.maker, name: names.get(body.maker) ?? (body.maker.startsWith('#') ? '程序' : body.maker),
        stream: body.stream, title: titleOfEntry(body.kind) ?? '较新版本的事项', subject: body.subject, says: saysOf(body),
      }));
      return { entries, more: found.length > asked.limit };
    }),
  };
}

function saysOf(body: EntryBody): string {
  if (isOf(accessRecorded, body)) {
    const { what, username } = foldEntryOf(accessRecorded, body).facts;
    return what === 'password-set' && username !== body.maker ? '为他人设置口令' : accessWords[what];
  }
  if (!isOf(actRefused, body)) return '';
  const { operation } = foldEntryOf(actRefused, body).facts;
  return `“${isOperationName(operation) ? contract[operation].title : '已不用的办理'}”被拒绝`;
}

function isOf(kind: { readonly kind: string; readonly formerly?: readonly string[] }, body: EntryBody): boolean {
  return body.kind === kind.kind || kind.formerly?.includes(body.kind) === true;
}

type Search = {
  readonly maker: string; readonly from: CivilDate | null; readonly to: CivilDate | null; readonly about: string; readonly stream: AuditStream; readonly before: number | null;
  readonly limit: number; readonly among: readonly number[];
};

/** One more than asked, so that it is known whether there are more. */
function readBodies(db: Database, { maker, from, to, about, stream, before, limit, among }: Search): EntryBody[] {
  const rows = db.prepare(
    `SELECT body FROM journal
     WHERE (@before = 0 OR seq < @before) AND (@stream = 'all' OR stream = @stream)
       AND (@maker = '' OR json_extract(body, '$.maker') = @maker)
       AND (@from = '' OR json_extract(body, '$.at') >= @from) AND (@to = '' OR json_extract(body, '$.at') < @to)
       AND (@about = '' OR subject = @about OR seq IN (SELECT value FROM json_each(@among)))
     ORDER BY seq DESC LIMIT @limit`,
  ).all({
    before: BigInt(before ?? 0), stream, maker, about, among: JSON.stringify(among), limit: BigInt(limit + 1),
    from: from === null ? '' : shanghaiInstant(from, '00:00:00'), to: to === null ? '' : shanghaiInstant(addDays(to, 1), '00:00:00'),
  });
  return rows.map((row) => parseBody(String(row['body'])));
}
