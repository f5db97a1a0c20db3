/**
 * A client of Zegel over native messaging, small enough to read: JSON-RPC 2.0 over one port, pairing, and
 * messages of any size in chunks. See docs/PROTOCOL.md.
 */
const HOST = 'org.zegel';
/** Bytes of one content.append or content.read; both ways well under the browsers' limits. */
export const CHUNK = 512 * 1024;

export class ZegelError extends Error {
  constructor(error) {
    super(error.message);
    this.code = error.data?.code;
    this.data = error.data;
  }
}

export class Zegel {
  #port;
  #next = 1;
  #waiting = new Map();

  constructor(port = chrome.runtime.connectNative(HOST)) {
    this.#port = port;
    port.onMessage.addListener((answer) => this.#receive(answer));
    port.onDisconnect.addListener(() => this.#lost(chrome.runtime.lastError?.message ?? 'Zegel is gone'));
  }

  /** One call; gives its result or throws a ZegelError with the stable code. */
  call(method, params = {}) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#port.postMessage({ jsonrpc: '2.0', id, method, params });
    });
  }

  /** Greets with a token from an earlier pairing; true when Zegel still knows it. */
  async greet(token) {
    return (await this.call('hello', token ? { token } : {})).paired;
  }

  /** Asks the person to pair; `show` is given the code that Zegel's own dialog shows as well. */
  async pair(name, scopes, show) {
    const nonce = crypto.getRandomValues(new Uint8Array(32));
    const commitment = base64url(await sha256(nonce));
    const first = await this.call('client.pair', { name, scopes, commitment });
    show(await pairingCode(nonce, fromBase64url(first.nonce), name, scopes));
    return this.call('client.pair', { pairing: first.pairing, nonce: base64url(nonce) });
  }

  /** Hands over bytes of any size in chunks; gives the reference to use in calls. */
  async upload(bytes) {
    const { content } = await this.call('content.create');
    for (let at = 0; at < bytes.length; at += CHUNK) {
      await this.call('content.append', { content, base64: base64(bytes.subarray(at, at + CHUNK)) });
    }
    return { content };
  }

  /** All bytes of a reference, read in chunks and then closed. */
  async download(reference) {
    if (reference.text !== undefined) return new TextEncoder().encode(reference.text);
    if (reference.base64 !== undefined) return fromBase64(reference.base64);
    const parts = [];
    let offset = 0;
    for (let end = false; !end; ) {
      const chunk = await this.call('content.read', { content: reference.content, offset, length: CHUNK });
      parts.push(fromBase64(chunk.base64));
      offset += parts.at(-1).length;
      end = chunk.end;
    }
    await this.call('content.close', { content: reference.content });
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  disconnect() {
    this.#port.disconnect();
    this.#lost('disconnected');
  }

  #receive(answer) {
    const call = this.#waiting.get(answer.id);
    if (!call) return; // an event
    this.#waiting.delete(answer.id);
    if (answer.error) call.reject(new ZegelError(answer.error));
    else call.resolve(answer.result);
  }

  #lost(why) {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}

/** The six digits that Zegel's dialog shows for this pairing. */
async function pairingCode(clientNonce, daemonNonce, name, scopes) {
  const parts = ['zegel-pairing', clientNonce, daemonNonce, name, [...new Set(scopes)].sort().join(' ')];
  const hash = await sha256(joined([...parts, 'native-messaging', self(), '']));
  return String(new DataView(hash.buffer).getUint32(0) % 1000000).padStart(6, '0');
}

/** What browsers call this extension when they start the host. */
function self() {
  const { id } = chrome.runtime;
  return chrome.runtime.getURL('').startsWith('chrome-extension:') ? `chrome-extension://${id}/` : id;
}

/** Each part after its length in four bytes. */
function joined(parts) {
  const all = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part));
  return Uint8Array.from(all.flatMap((part) => [...new Uint8Array(new Uint32Array([part.length]).buffer).reverse(), ...part]));
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function base64(bytes) {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

function base64url(bytes) {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64url(text) {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}
