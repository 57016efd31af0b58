/** Entry of the worker thread that parses the rows of a package. It is given opened, authenticated bytes and imports neither database nor keys. */
import { serveForeign } from '../platform/worker-line.ts';
import { readContent } from './content.ts';
import { piecesOf } from './content-pieces.ts';
import type { ContentRequest } from './content-away.ts';

serveForeign((request) => {
  const { kind, manifest, parts } = request as ContentRequest; // made by content-away.ts in this program
  return piecesOf(readContent(kind, manifest, parts));
});
