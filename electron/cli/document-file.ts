/** Writes the one document 结果文件 an engine makes: whole or not at all. */
import { refusal } from '../../shared/errors.ts';
import { writeLineFile } from '../platform/line-file.ts';
import { OutputFault, writeFaultNames } from '../platform/output-file.ts';

type NotWritten = `${'RECON' | 'FORECAST' | 'SAMPLE' | 'RISK'}_NOT_WRITTEN`;

/**
 * @param replace a standing file may be replaced
 * @param code what the clerk is told when it cannot be written; its sentence names {file} and {reason}
 * @throws Refusal
 */
export async function writeDocument(file: string, document: unknown, replace: boolean, code: NotWritten): Promise<void> {
  await writeLines(file, [JSON.stringify(document)], replace, code);
}

/** Lines as they come; whatever their source throws, nothing is left. */
export async function writeLines(
  file: string, lines: Iterable<string> | AsyncIterable<string>, replace: boolean, code: NotWritten,
): Promise<void> {
  try {
    await writeLineFile(file, lines, replace);
  } catch (error) {
    if (!(error instanceof OutputFault)) throw error;
    throw refusal(code, { file, reason: error.fault === 'reader-left' ? '读取的一方已经离开' : writeFaultNames[error.fault] });
  }
}
