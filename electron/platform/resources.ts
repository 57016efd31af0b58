/** Reads text resources shipped with the program, by path below `resources/`; nothing outside that folder can be named. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Reads a text resource by its path, e.g. `policy/mof-sta-2022-14/parameters.json`; null when there is none. */
export type ResourceReader = (path: string) => string | null;

const pathForm = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;

/** @param root URL of the resources folder, ending in `/` */
export function resourceReader(root: URL): ResourceReader {
  return (path) => {
    if (!pathForm.test(path) || path.includes('..')) return null;
    const file = fileURLToPath(new URL(path, root));
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
}

/** The resources of a checkout: beside the electron folder. */
export const checkoutResources: ResourceReader = resourceReader(new URL('../../resources/', import.meta.url));
