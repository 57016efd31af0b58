/**
 * Secrets at rest 口令与密钥: password hashes by scrypt and private keys sealed under a passphrase by age. It stores nothing itself and
 * never sees a file; the tables belong to administration.
 * @source shared spec ledger.md 3.1 (scrypt N=2^17 r=8 p=1), exchange.md 2.3
 */
import { scryptSync, timingSafeEqual } from 'node:crypto';
import { Decrypter, Encrypter } from 'age-encryption';

const cost = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const form = /^scrypt\$131072\$8\$1\$([0-9a-f]{32})\$([0-9a-f]{64})$/;

/** `scrypt$N$r$p$salt$hash`. @param random of the office: the salt comes from it */
export function hashPassword(password: string, random: (count: number) => Uint8Array): string {
  const salt = Buffer.from(random(16));
  return `scrypt$131072$8$1$${salt.toString('hex')}$${scryptSync(password.normalize('NFC'), salt, 32, cost).toString('hex')}`;
}

/** Constant-time comparison; false for a stored text of any other form. */
export function passwordMatches(password: string, stored: string): boolean {
  const match = form.exec(stored);
  if (match === null) return false;
  const [, salt = '', hash = ''] = match;
  const computed = scryptSync(password.normalize('NFC'), Buffer.from(salt, 'hex'), 32, cost);
  return timingSafeEqual(computed, Buffer.from(hash, 'hex'));
}

/** Seals a private key under the key passphrase 密钥口令 (age, scrypt recipient). */
export async function sealSecret(secret: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase.normalize('NFC'));
  return encrypter.encrypt(secret);
}

/** The secret, or null when the passphrase does not open it. */
export async function openSecret(sealed: Uint8Array, passphrase: string): Promise<Uint8Array | null> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase.normalize('NFC'));
  try {
    return await decrypter.decrypt(sealed);
  } catch {
    // age tells a wrong passphrase and a damaged file apart only by text; for the clerk both mean: not opened.
    return null;
  }
}
