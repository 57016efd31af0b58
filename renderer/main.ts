/** Starts the page 页面入口: pinia, routes, App.vue. Holds nothing. */
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { pageRouter } from './router.ts';

createApp(App).use(createPinia()).use(pageRouter()).mount('#app');
