/** How every page runs 页面权限: isolated, sandboxed, without Node. One frozen record, so that a test can compare it word for word. */

export type PagePreferences = ReturnType<typeof pagePreferences>;

/**
 * @param preload absolute path of the preload script, null for the hidden print page, which has none
 * @param packaged whether this is a release: developer tools are off in it
 */
export function pagePreferences(preload: string | null, packaged: boolean) {
  return {
    ...(preload === null ? {} : { preload }),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    spellcheck: false,
    devTools: !packaged,
  } as const;
}

/** Chromium's own switches: no name is ever resolved and nothing runs in the background. */
export const chromiumSwitches: readonly (readonly [name: string, value: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking', ''],
  ['disable-component-update', ''],
  ['disable-domain-reliability', ''],
  ['disable-sync', ''],
  ['no-pings', ''],
  ['lang', 'zh-CN'],
];
