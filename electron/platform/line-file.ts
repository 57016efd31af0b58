/** Writes a file of lines 逐行文件, whole or not at all, as its lines come: memory holds a few of them. What the lines say is not known here. */
import { outputFile } from './output-file.ts';
import { encodeText } from './text-file.ts';

/** In UTF-16 units. */
const writtenAtOnce = 262_144;

/**
 * UTF-8, every line ended. Whatever the source of the lines throws, nothing is left.
 * @param replace a standing file may be replaced
 * @throws OutputFault
 */
export async function writeLineFile(file: string, lines: Iterable<string> | AsyncIterable<string>, replace: boolean): Promise<void> {
  const sink = outputFile(file, replace);
  try {
    let waiting = '';
    for await (const line of lines) {
      waiting += `${line}\n`;
      if (waiting.length < writtenAtOnce) continue;
      await sink.write(encodeText(waiting, 'utf-8'));
      waiting = '';
    }
    await sink.write(encodeText(waiting, 'utf-8'));
    sink.close();
  } finally {
    sink.discard();
  }
}
