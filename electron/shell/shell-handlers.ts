/** Handlers of the shell's table 外壳操作: one row each, synchronous where they can be. They change the seat and never the ledger. */
import { refuse } from '../../shared/errors.ts';
import { valueOf } from '../../shared/reply.ts';
import { duties } from '../../shared/kernel/office.ts';
import { fileKinds, type FileKind, type ShellInput, type ShellName, type ShellOutput } from '../../shared/shell/contract.ts';
import type { Founding } from '../office/found-office.ts';
import { harmlessFileName, withEnding } from './file-name.ts';
import type { Opening } from './office-thread.ts';
import { savePaper, showPaper } from './paper.ts';
import { activeOperators, lockKeys, personOf, type OpenedHere, type Seat } from './seat.ts';

export type ShellHandler<I, O> = {
  readonly run: (seat: Seat, input: I) => Promise<O> | O;
  /** Runs in turn with the others that do, and the page is told the new status before the reply, which carries none. */
  readonly changesSession: boolean;
};

type Handlers = { readonly [N in ShellName]: ShellHandler<ShellInput<N>, ShellOutput<N>> };

function asks<I, O>(run: ShellHandler<I, O>['run']): ShellHandler<I, O> {
  return { run, changesSession: false };
}

function changes<I>(run: (seat: Seat, input: I) => Promise<void> | void): ShellHandler<I, ShellOutput<'shell.signOut'>> {
  return {
    run: async (seat, input) => {
      await run(seat, input);
      return {};
    },
    changesSession: true,
  };
}

const folderTitles = { open: '打开单位：选择数据目录', found: '建立单位：选择空目录', restore: '从备份恢复：选择空目录' } as const;

/** Most files a listing answers with. */
const listedMax = 500;

export const shellHandlers: Handlers = {
  'shell.status': asks((seat) => seat.status()),
  'shell.counties': asks((seat) => ({ counties: seat.services.counties() })),
  'shell.recentOffices': asks((seat) => ({ offices: seat.services.recent.list() })),
  'shell.chooseFolder': asks(async (seat, { purpose }) => {
    const { dialogs, folders } = seat.services;
    const path = await dialogs.folder(folderTitles[purpose]);
    if (path === null) return null;
    return { token: seat.tokens.issue(path), name: folders.nameOf(path), state: folders.stateOf(path), warning: folders.unsuitable(path) };
  }),
  'shell.openOffice': changes(async (seat, input) => {
    const dir = 'folder' in input ? pathOf(seat, input.folder) : seat.services.recent.dirOf(input.recent);
    if (dir === null) return refuse('FILE_UNKNOWN');
    requireFolder(seat, dir);
    await openInto(seat, 'sealed', { kind: 'open', dir });
  }),
  'shell.foundOffice': changes(async (seat, input) => {
    const dir = pathOf(seat, input.folder);
    requireFolder(seat, dir);
    const { folders } = seat.services;
    if (folders.stateOf(dir) !== 'empty') refuse('FOLDER_NOT_EMPTY', { name: folders.nameOf(dir) });
    // The founder's passphrase has just sealed the keys, so they are still open in the thread.
    await openInto(seat, 'open', { kind: 'found', dir, founding: foundingOf(input) });
  }),
  'shell.chooseBackup': asks(async (seat) => {
    const { dialogs, folders } = seat.services;
    const path = await dialogs.file('从备份恢复：选择备份文件', 'backup');
    return path === null ? null : { token: seat.tokens.issue(path), name: folders.nameOf(path), bytes: folders.bytesOf(path) };
  }),
  'shell.restoreOffice': changes(async (seat, { file, folder, phrase }) => {
    const [path, dir] = [pathOf(seat, file), pathOf(seat, folder)];
    requireFolder(seat, dir);
    const { folders } = seat.services;
    if (folders.stateOf(dir) !== 'empty') refuse('RESTORE_FOLDER_TAKEN', { dir: folders.nameOf(dir) });
    await openInto(seat, 'sealed', { kind: 'restore', dir, file: path, phrase });
  }),
  'shell.closeOffice': changes(async (seat) => {
    const running = seat.works.changing();
    if (running !== null) refuse('WORK_STILL_RUNNING', { title: running });
    const { office } = seat;
    seat.office = null;
    seat.person = null;
    seat.locked = false;
    seat.tokens.forget();
    await office?.thread.close();
  }),
  'shell.newWindow': asks((seat) => {
    seat.services.newWindow();
    return {};
  }),
  'shell.practiceOperators': asks(async (seat) => {
    if (!theOffice(seat).identity.practice) return { operators: [] };
    // A practice office was founded with one operator a duty, named after it; the first that is still active may ask.
    for (const username of duties) {
      const operators = await activeOperators(seat, username);
      if (operators.length > 0) return { operators };
    }
    return { operators: [] };
  }),
  'shell.signIn': changes(async (seat, { username, password }) => {
    if (seat.person !== null) await leave(seat);
    valueOf(await theOffice(seat).thread.ask({ kind: 'sign-in', username, password }));
    const person = await personOf(seat, username);
    if (person === null) return refuse('UNKNOWN_OPERATOR', { username });
    seat.person = person;
    seat.locked = false;
    seat.confirmedAt = seat.services.clock();
  }),
  'shell.signOut': changes(leave),
  'shell.lock': changes(async (seat) => {
    seat.locked = true;
    await lockKeys(seat);
  }),
  'shell.unlock': changes(async (seat, { password }) => {
    const username = theUsername(seat);
    valueOf(await theOffice(seat).thread.ask({ kind: 'sign-in', username, password }));
    seat.person = await personOf(seat, username);
    seat.locked = false;
    seat.confirmedAt = seat.services.clock();
  }),
  'shell.confirmPerson': changes(async (seat, { password }) => {
    valueOf(await theOffice(seat).thread.ask({ kind: 'sign-in', username: theUsername(seat), password }));
    seat.confirmedAt = seat.services.clock();
  }),
  'shell.unlockKeys': changes(async (seat, { passphrase }) => {
    const office = theOffice(seat);
    valueOf(await office.thread.ask({ kind: 'unlock-keys', username: theUsername(seat), passphrase }));
    seat.office = { ...office, keysUnlocked: true };
  }),
  'shell.pickFile': asks(async (seat, { kind }) => {
    const { dialogs, folders } = seat.services;
    const path = await dialogs.file(`选择${fileKinds[kind].name}`, kind);
    return path === null ? null : { token: seat.tokens.issue(path), name: folders.nameOf(path), bytes: folders.bytesOf(path) };
  }),
  'shell.pickFolder': asks(async (seat, { purpose }) => {
    const path = await seat.services.dialogs.folder(purpose === 'stick' ? '选择 U 盘目录' : '选择保存目录');
    return path === null ? null : { token: seat.tokens.issue(path), name: seat.services.folders.nameOf(path) };
  }),
  'shell.pickSaveTarget': asks(async (seat, { kind, suggestedName }) => {
    const { endings, name } = fileKinds[kind];
    const chosen = await seat.services.dialogs.saveTarget(`保存${name}`, kind, harmlessFileName(suggestedName, endings[0]));
    if (chosen === null) return null;
    const path = withEnding(chosen, endings);
    // The system asked about the path it showed; with an ending added here nobody was asked.
    return { token: seat.tokens.issue(path, path === chosen), name: seat.services.folders.nameOf(path) };
  }),
  'shell.listFolder': asks((seat, { folder }) => {
    const { folders } = seat.services;
    const dir = pathOf(seat, folder);
    const entries = folders.list(dir);
    if (entries === null) return refuse('FOLDER_UNREACHABLE', { name: folders.nameOf(dir) });
    const known = entries.flatMap((entry) => {
      const kind = listedKindOf(entry.name);
      return kind === null ? [] : [{ kind, entry }];
    });
    known.sort((a, b) => (a.entry.modifiedAt < b.entry.modifiedAt ? 1 : a.entry.modifiedAt > b.entry.modifiedAt ? -1 : a.entry.name < b.entry.name ? -1 : 1));
    const files = known.slice(0, listedMax).map(({ kind, entry: { path, name, bytes, modifiedAt } }) => ({ token: seat.tokens.issue(path), name, kind, bytes, modifiedAt }));
    return { files, more: known.length > listedMax };
  }),
  'shell.reveal': asks((seat, { file }) => {
    seat.services.folders.reveal(pathOf(seat, file));
    return {};
  }),
  'shell.showPaper': asks(showPaper),
  'shell.savePaper': asks(savePaper),
  'shell.stopWork': asks((seat, { work }) => ({ stopping: seat.works.stop(work) })),
};

/** The first kind of the table whose ending a file has; a stick may hold anything else besides. */
function listedKindOf(name: string): FileKind | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const kinds: readonly FileKind[] = ['package', 'keyCard', 'roster', 'backup', 'pdf', 'docx', 'html', 'json'];
  return kinds.find((kind) => (fileKinds[kind].endings as readonly string[]).includes(ending)) ?? null;
}

function foundingOf(input: ShellInput<'shell.foundOffice'>): Founding {
  const { agency, county, name } = input;
  if (input.practice) return { agency, county, name, practice: true };
  return { agency, county, name, practice: false, administrator: input.administrator, keyPassphrase: input.keyPassphrase };
}

async function openInto(seat: Seat, keys: 'sealed' | 'open', opening: Opening): Promise<void> {
  const { services } = seat;
  if (seat.office !== null) refuse('OFFICE_ALREADY_OPEN', { name: seat.office.identity.name });
  const opened = await startAndOpen(seat, opening);
  seat.office = { ...opened, keysUnlocked: keys === 'open' || opened.identity.practice };
  services.recent.remember(opening.dir, opened.identity);
}

async function startAndOpen(seat: Seat, opening: Opening): Promise<Omit<OpenedHere, 'keysUnlocked'>> {
  const thread = seat.services.startOffice((news) => {
    seat.works.progressed(news.work, { done: news.done, total: news.total, label: news.label });
  });
  void thread.ended.then(() => {
    // The thread left unasked: the page goes back to its start and says so on the next call.
    if (seat.office?.thread !== thread) return;
    seat.office = null;
    seat.person = null;
    seat.locked = false;
    seat.services.tell('status', seat.status());
  });
  const reply = await thread.open(opening);
  if (reply.ok) return { thread, ...reply.value };
  await thread.close();
  return valueOf(reply);
}

/** Ends the session of a person; opened private keys leave with the person. */
async function leave(seat: Seat): Promise<void> {
  seat.person = null;
  seat.locked = false;
  seat.confirmedAt = 0;
  seat.tokens.forget();
  await lockKeys(seat);
}

function requireFolder(seat: Seat, dir: string): void {
  const { folders } = seat.services;
  const reason = folders.unsuitable(dir);
  if (reason !== null) refuse('FOLDER_UNSUITABLE', { name: folders.nameOf(dir), reason });
}

function pathOf(seat: Seat, token: string): string {
  return seat.tokens.pathOf(token) ?? refuse('FILE_UNKNOWN');
}

function theOffice(seat: Seat): OpenedHere {
  return seat.office ?? refuse('OFFICE_NOT_OPEN', { title: '本项' });
}

function theUsername(seat: Seat): string {
  return seat.person?.username ?? refuse('NOT_SIGNED_IN', { title: '本项' });
}
