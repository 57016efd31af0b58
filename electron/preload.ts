/**
 * The bridge 桥: puts `liudi.invoke` and `liudi.subscribe` on the page's window and nothing else. Names and topics are the closed tables, written in by
 * the build; inputs go over as JSON text, so what is not plain data fails here as an answer. Never changes when an operation is added.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

/** Every name of shared/contract.ts and shared/shell/contract.ts, and every topic; set by electron.vite.config.ts. */
declare const bridgeNames: readonly string[];
declare const bridgeTopics: readonly string[];

const names = new Set(bridgeNames);
const topics = new Set(bridgeTopics);

contextBridge.exposeInMainWorld('liudi', {
  async invoke(name: unknown, input: unknown): Promise<unknown> {
    if (typeof name !== 'string' || !names.has(name)) return refusal('UNKNOWN_OPERATION', '没有这项操作，未受理，账本未变。请刷新页面后重试。');
    let text: string;
    try {
      text = JSON.stringify(input ?? {});
    } catch {
      // cyclic values and big integers: the page learns it the same way as any other refusal
      return refusal('REQUEST_MALFORMED', '提交的内容不是可以传递的数据，未受理，账本未变。请刷新页面后重试。');
    }
    return ipcRenderer.invoke('invoke', name, text);
  },
  subscribe(topic: unknown, listener: unknown): () => void {
    if (typeof topic !== 'string' || !topics.has(topic) || typeof listener !== 'function') throw new Error('unknown topic');
    const hear = (_event: IpcRendererEvent, told: unknown, notice: unknown): void => {
      if (told === topic) (listener as (notice: unknown) => void)(notice); // checked to be a function above
    };
    ipcRenderer.on('notice', hear);
    return () => {
      ipcRenderer.removeListener('notice', hear);
    };
  },
});

function refusal(code: string, message: string): unknown {
  return { ok: false, error: { code, message, details: null } };
}
