/** Addresses of the pages 路由, after the # so that the application's own protocol serves one file. Unknown addresses lead to the desk. */
import { createRouter, createWebHashHistory, type Router } from 'vue-router';
import { pages } from './shell/navigation.ts';

export function pageRouter(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      ...Object.entries(pages).map(([name, page]) => ({ name, path: page.path, component: page.load, meta: { title: page.title } })),
      { path: '/:rest(.*)*', redirect: pages.desk.path },
    ],
  });
  router.afterEach((to) => {
    document.title = `${typeof to.meta['title'] === 'string' ? `${to.meta['title']} - ` : ''}留抵直达`;
  });
  return router;
}
