/** The number of a document in a package 文书编号 as people read it: its kind and offices in Chinese. The package itself keeps `KIND/…`. */
import { agencies, agencyNames } from '../kernel/office.ts';
import { isPackageKind, packageKinds } from './kinds.ts';

/** `REFUND_BATCH/PC-2022-0001` → `退库批次 PC-2022-0001`; what a newer program named otherwise stays as it is. */
export function documentTitle(docId: string): string {
  const [kind = '', ...rest] = docId.split('/');
  if (!isPackageKind(kind)) return docId;
  const words = rest.map((word) => agencies.find((agency) => agency === word)).map((agency, index) => (agency === undefined ? rest[index] : agencyNames[agency]));
  const numbered = kind === 'RECEIPT' || kind === 'EPOCH_OPEN';
  return [packageKinds[kind].title, ...(numbered ? words.map((word, index) => (/^[0-9]+$/.test(word ?? '') ? `第${word ?? ''}${placeOf(words, index)}` : word)) : words)].join(' ');
}

/** The first number after the offices is the epoch, the next the package's. */
function placeOf(words: readonly (string | undefined)[], index: number): string {
  return words.slice(0, index).some((word) => /^[0-9]+$/.test(word ?? '')) ? '号' : '期';
}
