/**
 * Where the program's own files are 程序文件: the same places below the program's folder in a checkout after a build and inside the packed archive,
 * because both keep `out/` and `resources/` side by side.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type ProgramFolders = { readonly page: string; readonly preload: string; readonly resources: string; /** The slices of the paper's font with their style sheets. */ readonly paperFonts: string };

/** Built code lies flat in `out/main`. */
export function programFolders(): ProgramFolders {
  const main = dirname(fileURLToPath(import.meta.url));
  return { page: join(main, '../renderer'), preload: join(main, '../preload/preload.cjs'), resources: join(main, '../../resources'), paperFonts: join(main, '../fonts/noto-serif-sc') };
}
