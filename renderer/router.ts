/** Addresses of the pages 路由, after the # so that the application's own protocol serves one file. Unknown addresses lead to the desk. */
import { pages as desk } from './desk/capability.ts';
import { createRouter, createWebHashHistory, type Router } from 'vue-router';
import { pages } from './shell/navigation.ts';

export function pageRouter(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      ...pages.flatMap(({ path, title, load, detail }) => [
        { path, component: load, meta: { title } },
        ...(detail === undefined ? [] : [{ path: `${path}/${detail.path}`, component: detail.load, meta: { title: detail.title } }]),
      ]),
      { path: '/:rest(.*)*', redirect: desk.desk.path },
    ],
  });
  router.afterEach((to) => {
    document.title = `${typeof to.meta['title'] === 'string' ? `${to.meta['title']} - ` : ''}留抵直达`;
  });
  return router;
}
