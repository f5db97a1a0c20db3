import { Zegel } from './zegel.js';

/** Pairs once and keeps the token; afterwards greets with it. */
async function connect(showCode) {
  const zegel = new Zegel();
  const { token } = await chrome.storage.local.get('token');
  if (token && (await zegel.greet(token))) return zegel;
  await zegel.greet();
  const scopes = ['certificates', 'verify', 'encrypt', 'sign', 'decrypt'];
  const pairing = await zegel.pair('Zegel example', scopes, showCode);
  await chrome.storage.local.set({ token: pairing.token });
  await zegel.greet(pairing.token);
  return zegel;
}

/** Signs a message and opens the result; what the browser test calls. */
async function signAndOpen(message) {
  const codes = [];
  const zegel = await connect((code) => codes.push(code));
  try {
    const bytes = new TextEncoder().encode(message);
    const signed = await zegel.call('message.sign', { message: await zegel.upload(bytes) });
    const signedBytes = await zegel.download(signed.message);
    const opened = await zegel.call('message.open', { message: await zegel.upload(signedBytes) });
    const clear = await zegel.download(opened.content);
    return {
      codes,
      signedLength: signedBytes.length,
      signedStart: new TextDecoder().decode(signedBytes.subarray(0, 2000)),
      verdict: opened,
      clearLength: clear.length,
      clear: clear.length < 10_000 ? new TextDecoder().decode(clear) : null,
      clearSha256: [...new Uint8Array(await crypto.subtle.digest('SHA-256', clear))]
        .map((b) => b.toString(16).padStart(2, '0'))
        .join(''),
    };
  } finally {
    zegel.disconnect();
  }
}

/** The same with a message of about this many bytes, made here so that it does not cross the debugger. */
async function signAndOpenLarge(head, size) {
  const line = 'The quick brown fox jumps over the lazy dog, again and again, 0123456789.\r\n';
  return signAndOpen(head + line.repeat(Math.ceil(size / line.length)));
}

globalThis.zegelExample = { connect, signAndOpen, signAndOpenLarge, Zegel };
