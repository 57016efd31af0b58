/** Pages and icons for tests that only look at the tables which name them; the renderer's own project checks both exactly. */
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
declare module '@element-plus/icons-vue';
