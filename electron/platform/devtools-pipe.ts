/**
 * A Chromium started for our own use 借用浏览器, spoken to over its DevTools pipe: no port is opened, nobody else can join. Carries commands and events and
 * knows no page. Used for paper without a window (print-chromium.ts) and by the tests' stand-in for Electron.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Chromium } from './chromium.ts';

/** What a command answers; every caller reads the few fields it asked for. */
export type DevToolsAnswer = Readonly<Record<string, unknown>>;

/** One attached page; its events are emitted under their DevTools names. */
export class DevToolsPage extends EventEmitter {
  readonly #pipe: DevToolsPipe;
  readonly #sessionId: string;
  constructor(pipe: DevToolsPipe, sessionId: string) {
    super();
    this.#pipe = pipe;
    this.#sessionId = sessionId;
  }
  send(method: string, params: object = {}): Promise<DevToolsAnswer> {
    return this.#pipe.send(method, params, this.#sessionId);
  }
}

type Waiting = { readonly method: string; readonly resolve: (answer: DevToolsAnswer) => void; readonly reject: (fault: Error) => void };
type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: DevToolsAnswer;
  readonly error?: { readonly message: string };
};

/** The browser process; its own events are emitted under their DevTools names, `exit` when it is gone. */
export class DevToolsPipe extends EventEmitter {
  readonly process: ChildProcess;
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #pages = new Map<string, DevToolsPage>();
  #chunks: Buffer[] = [];
  #last = 0;
  /** The end of what the browser wrote to standard error, for a fault's text. */
  complaints = '';

  /** @param onListening hears the line with the address of a debugging port, when one was asked for among the flags */
  constructor({ executable, flags, env }: Pick<Chromium, 'executable' | 'flags' | 'env'>, onListening: (line: string) => void = () => undefined) {
    super();
    this.process = spawn(executable, ['--remote-debugging-pipe', ...flags], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const [, , complaints, out, answers] = this.process.stdio as [null, null, Readable, Writable, Readable]; // as asked for above
    this.#out = out;
    complaints.on('data', (chunk: Buffer) => {
      this.complaints = (this.complaints + chunk.toString()).slice(-4_000);
      const line = /^(DevTools listening on ws:.*)$/m.exec(this.complaints)?.[1];
      if (line !== undefined) onListening(line);
    });
    answers.on('data', (chunk: Buffer) => {
      this.#feed(chunk);
    });
    // A browser that is gone closes its end; `exit` tells everyone.
    out.on('error', () => undefined);
    this.process.on('error', (error) => {
      this.#cut(error);
    });
    this.process.on('exit', (code) => {
      this.#cut(new Error(`the browser ended (${String(code)})\n${this.complaints}`));
      this.emit('exit', code);
    });
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<DevToolsAnswer> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  async attach(targetId: string): Promise<DevToolsPage> {
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new DevToolsPage(this, String(sessionId));
    this.#pages.set(String(sessionId), page);
    return page;
  }

  end(): void {
    this.process.kill('SIGKILL');
  }

  /** Messages are JSON texts ended by NUL; a chunk may hold parts of several. */
  #feed(chunk: Buffer): void {
    let rest = chunk;
    for (let at = rest.indexOf(0); at >= 0; at = rest.indexOf(0)) {
      this.#chunks.push(rest.subarray(0, at));
      rest = rest.subarray(at + 1);
      const text = Buffer.concat(this.#chunks).toString();
      this.#chunks = [];
      this.#take(JSON.parse(text) as Message);
    }
    if (rest.length > 0) this.#chunks.push(rest);
  }

  #take(message: Message): void {
    if (message.id === undefined) {
      const hearer: EventEmitter | undefined = message.sessionId === undefined ? this : this.#pages.get(message.sessionId);
      if (message.method !== undefined) hearer?.emit(message.method, message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error !== undefined) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result ?? {});
  }

  #cut(fault: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(fault);
    this.#waiting.clear();
  }
}
