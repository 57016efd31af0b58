/**
 * The child process as one file, because it is started hundreds of times: it loads in a third of the time. The code is the same; only
 * acts that start a worker thread from a file of their own cannot run in it.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param name its file in test/support. @returns the path of the bundled child, two folders below the root so that the program finds its resources */
export async function bundledChild(name: 'killing-child' | 'killing-rebuild-child' = 'killing-child'): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: fileURLToPath(new URL(`./${name}.ts`, import.meta.url)),
      outDir: 'out/killing',
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  return `${root}out/killing/${name}.mjs`;
}
