/* Electron's node:crypto stands on BoringSSL, plain Node's on OpenSSL. What Electron lacks must fail here too, also in worker threads, which
   inherit --require. Lacking: SM2/SM3/SM4, SHA-3, the chacha20 ciphers, CCM and OCB modes, Ed448 and X448. */
'use strict';
const crypto = require('node:crypto');

const lacks = /^(sm[234]|rsa-sm3|sha3-|chacha20|aria|camellia|ed448|x448)|-(ccm|ocb)$/i;

function guard(name, algorithmOf = (first) => first) {
  const real = crypto[name];
  crypto[name] = (...args) => {
    const algorithm = algorithmOf(...args);
    if (typeof algorithm === 'string' && lacks.test(algorithm)) throw new Error(`electron stand-in: Electron's crypto has no '${algorithm}' (${name})`);
    return real(...args);
  };
}

for (const name of ['createHash', 'createHmac', 'createCipheriv', 'createDecipheriv', 'hash', 'createSign', 'createVerify', 'sign', 'verify']) guard(name);
for (const name of ['generateKeyPair', 'generateKeyPairSync']) guard(name, (type, options) => options?.namedCurve ?? type);
for (const name of ['getHashes', 'getCiphers', 'getCurves']) {
  const real = crypto[name];
  crypto[name] = () => real().filter((algorithm) => !lacks.test(algorithm));
}
require('node:module').syncBuiltinESMExports();
