/** Dialogs of the system 对话框: a person points at a folder or a file; paths stay on this side. */
import { dialog, shell, type BrowserWindow, type FileFilter } from 'electron';
import { fileKinds, type FileKind } from '../../shared/shell/contract.ts';

export type Dialogs = {
  folder(title: string): Promise<string | null>;
  file(title: string, kind: FileKind): Promise<string | null>;
  /** Asks before an existing file is chosen; Linux does so only when told to. */
  saveTarget(title: string, kind: FileKind, fileName: string): Promise<string | null>;
};

export function dialogsOf(window: BrowserWindow): Dialogs {
  return {
    async folder(title) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: ['openDirectory', 'createDirectory'] });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async file(title, kind) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: ['openFile'], filters: filtersOf(kind) });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async saveTarget(title, kind, fileName) {
      const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath: fileName, filters: filtersOf(kind), properties: ['createDirectory', 'showOverwriteConfirmation'] });
      return canceled || filePath === '' ? null : filePath;
    },
  };
}

function filtersOf(kind: FileKind): FileFilter[] {
  return [{ name: fileKinds[kind].name, extensions: [...fileKinds[kind].endings] }];
}

/** What a person wants done with a window whose work is not finished. */
export type QuitChoice = 'stay' | 'when-done' | 'stop';

export async function askQuit(window: BrowserWindow, title: string): Promise<QuitChoice> {
  const choices: readonly QuitChoice[] = ['stay', 'when-done', 'stop'];
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: '正在办理',
    message: `“${title}”正在进行，窗口未关闭。`,
    detail: '停止时，已做的部分全部撤回，账本保持原样。',
    buttons: ['继续办理', '办完后关闭', '停止并关闭'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return choices[response] ?? 'stay';
}

/** Shows a file in the system's own folder window; nothing is opened. */
export function revealFile(path: string): void {
  shell.showItemInFolder(path);
}
