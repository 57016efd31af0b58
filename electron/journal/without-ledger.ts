/** The door of the journal 留痕 for threads that hold no ledger 不用账本的门: lines packed for it and taken apart again. It reaches no database. */
export { linesOfChunk, packedChunk, packLines, type PackedChunk, type PackedLines } from './packed-lines.ts';
