/**
 * Shows pages of the window in the Chromium of the registry, for looking and for measuring: a vite server on this machine only, one entry
 * module, the bridge functions it is given. Not the application: the specs of the whole window run over the built files.
 */
import sparticuz from '@sparticuz/chromium';
import vue from '@vitejs/plugin-vue';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { root } from './source-tree.ts';

export type PageHost = {
  readonly browser: Browser;
  /** Opens a component of the project as a page. @param component path of a .vue file below the root; @param given size in device pixels, zoom, bridge */
  open(component: string, given?: { readonly width?: number; readonly height?: number; readonly scale?: number; readonly bridge?: Bridge; readonly query?: string }): Promise<Page>;
  close(): Promise<void>;
};

export type Bridge = (name: string, input: unknown) => Promise<unknown>;

/** Starts server and browser. */
export async function pageHost(): Promise<PageHost> {
  const server = await createServer({
    configFile: false, root, logLevel: 'error', appType: 'custom',
    plugins: [vue(), { name: 'entry-page', configureServer: serveEntry }],
    optimizeDeps: { include: ['vue', 'pinia', 'vue-router', 'element-plus', 'element-plus/es/locale/lang/zh-cn', '@element-plus/icons-vue', 'zod', 'decimal.js'] },
    server: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  await server.listen();
  const port = addressOf(server);
  const browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args: flags(), headless: true });
  return {
    browser,
    async open(component, { width = 1366, height = 768, scale = 1, bridge, query = '' } = {}) {
      const page = await browser.newPage({ viewport: { width: Math.round(width / scale), height: Math.round(height / scale) }, deviceScaleFactor: scale, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
      if (bridge !== undefined) {
        await page.exposeFunction('bridgeCall', bridge);
        await page.addInitScript(() => {
          const call = (globalThis as unknown as { bridgeCall: (name: string, input: unknown) => Promise<unknown> }).bridgeCall;
          Object.defineProperty(globalThis, 'liudi', { value: Object.freeze({ invoke: call, subscribe: () => () => undefined }) });
        });
      }
      await page.goto(`http://127.0.0.1:${String(port)}/page?component=/${component}&${query}`);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

function serveEntry(server: ViteDevServer): void {
  server.middlewares.use((request, response, next) => {
    const url = new URL(request.url ?? '/', 'http://local');
    if (url.pathname !== '/page') {
      next();
      return;
    }
    const component = url.searchParams.get('component') ?? '';
    const script = `import { createApp } from 'vue'; import { createPinia } from 'pinia'; import { pageRouter } from '/renderer/router.ts'; import Page from '${component}';
createApp(Page).use(createPinia()).use(pageRouter()).mount('#app');`;
    const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>留抵直达</title></head><body><div id="app"></div><script type="module">${script}</script></body></html>`;
    void server.transformIndexHtml(request.url ?? '/', html).then((text) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(text);
    });
  });
}

function addressOf(server: ViteDevServer): number {
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string') throw new Error('the page server has no port');
  return address.port;
}

/** The package's flags without those that weaken the page or run everything in one process. */
function flags(): string[] {
  return ['--no-sandbox', '--font-render-hinting=none', '--disable-gpu', '--hide-scrollbars=false'];
}
