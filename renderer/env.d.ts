/** What the page's build knows beyond TypeScript: `.vue` files as components, style sheets as side effects. */
/// <reference types="vite/client" />
