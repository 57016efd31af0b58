/** Reads the regular files of a tar archive held in memory 归档读取: the ustar header and nothing beyond it. Only for archives that npm delivered with a hash. */

export type TarFile = { readonly name: string; readonly bytes: Uint8Array };

const block = 512;

export function tarFiles(archive: Uint8Array): TarFile[] {
  const files: TarFile[] = [];
  for (let at = 0; at + block <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + block);
    const size = Number.parseInt(textOf(header.subarray(124, 136)), 8);
    const kind = textOf(header.subarray(156, 157));
    if (kind === '0' || kind === '') files.push({ name: textOf(header.subarray(0, 100)), bytes: archive.subarray(at + block, at + block + size) });
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

/** Up to the first NUL. */
function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
