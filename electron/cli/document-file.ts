/** Writes the one document 结果文件 an engine makes: whole or not at all. */
import { refusal } from '../../shared/errors.ts';
import { OutputFault, outputFile, writeFaultNames } from '../platform/output-file.ts';
import { encodeText } from '../platform/text-file.ts';

/**
 * @param replace a standing file may be replaced
 * @param code what the clerk is told when it cannot be written; its sentence names {file} and {reason}
 * @throws Refusal
 */
export async function writeDocument(file: string, document: unknown, replace: boolean, code: `${'RECON' | 'FORECAST' | 'SAMPLE'}_NOT_WRITTEN`): Promise<void> {
  try {
    const sink = outputFile(file, replace);
    try {
      await sink.write(encodeText(`${JSON.stringify(document)}\n`, 'utf-8'));
      sink.close();
    } finally {
      sink.discard();
    }
  } catch (error) {
    if (!(error instanceof OutputFault)) throw error;
    throw refusal(code, { file, reason: error.fault === 'reader-left' ? '读取的一方已经离开' : writeFaultNames[error.fault] });
  }
}
