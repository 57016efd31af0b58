/** What the shell needs of its surroundings 外壳所需: dialogs, folders, the list of recent offices, threads, time. The window gives Electron's; tests give plain ones. */
import type { OfficeIdentity } from '../../shared/administration/model.ts';
import type { FileKind, folderStates, RecentOffice, ShellNotices, ShellTopic } from '../../shared/shell/contract.ts';
import type { PrintToPdf } from '../platform/print.ts';
import type { OfficeNews, OfficeThread } from './office-thread.ts';

export type FolderState = (typeof folderStates)[number];
export type FolderEntry = { readonly path: string; readonly name: string; readonly bytes: number; /** UTC instant. */ readonly modifiedAt: string };

export type ShellServices = {
  readonly program: { readonly name: string; readonly version: string };
  /** Milliseconds since 1970, for idleness only. */
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
  readonly lockAfterMinutes: number;
  startOffice(progressed: (news: OfficeNews) => void): OfficeThread;
  readonly dialogs: {
    /** Each answers the chosen path, or null when the person cancelled. */
    folder(title: string): Promise<string | null>;
    file(title: string, kind: FileKind): Promise<string | null>;
    saveTarget(title: string, kind: FileKind, fileName: string): Promise<string | null>;
  };
  readonly folders: {
    nameOf(path: string): string;
    stateOf(path: string): FolderState;
    /** Why a ledger may not lie in this folder, as the middle of a Chinese sentence, or null. */
    unsuitable(path: string): string | null;
    bytesOf(path: string): number;
    /** Regular files directly in the folder; null when it cannot be read. */
    list(path: string): FolderEntry[] | null;
    reveal(path: string): void;
    /** @param replace whether a standing file may be replaced @returns why the file was not written, in Chinese, or null */
    write(path: string, bytes: Uint8Array, replace: boolean): string | null;
  };
  readonly recent: {
    list(): RecentOffice[];
    dirOf(id: string): string | null;
    remember(dir: string, identity: OfficeIdentity): void;
  };
  readonly paper: {
    /** Puts the shipped fonts into a page. */
    withFonts(html: string): { readonly html: string; readonly shipped: boolean; readonly without: readonly string[] };
    readonly print: PrintToPdf;
    /** Shows a page in a window that can do nothing else. */
    show(title: string, html: string): Promise<void>;
    csvBytes(text: string): Uint8Array;
  };
  counties(): { readonly code: string; readonly name: string }[];
  newWindow(): void;
  tell<T extends ShellTopic>(topic: T, notice: ShellNotices[T]): void;
};
