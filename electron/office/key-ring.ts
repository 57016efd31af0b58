/**
 * The key ring 密钥环 of an open office: private keys from their table, opened only by the key passphrase in a real office. Secrets stay in
 * memory while the office is open and are never written anywhere else.
 */
import type { OfficeIdentity } from '../../shared/administration/model.ts';
import { refuse } from '../../shared/errors.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { readPrivateKeys } from '../administration/index.ts';
import type { KeyAccess, SealedKey } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { openSecret, sealSecret } from '../platform/keystore.ts';

export type KeyRing = KeyAccess & {
  /** Opens every sealed key. @returns false when the passphrase does not open them */
  unlock(passphrase: string): Promise<boolean>;
  /** Forgets every opened key and the passphrase; nothing can be signed or opened until it is given again. */
  lock(): void;
  /** Takes the passphrase under which the first keys will be sealed; only while there are none. */
  adopt(passphrase: string): void;
  /** Seals a new key for storage: not at all in a practice office, under the passphrase in a real one. */
  readonly seal: (purpose: SealedKey['purpose'], keyId: string, secret: Uint8Array) => Promise<SealedKey>;
};

/** @param db asked anew each time: a failed COMMIT reopens the file */
export function keyRing(db: () => Database, { practice }: Pick<OfficeIdentity, 'practice'>): KeyRing {
  const opened = new Map<string, Uint8Array>();
  let passphrase: string | null = null;
  return {
    has: (keyId) => readPrivateKeys(db()).some((key) => key.keyId === keyId),
    idsOf: (purpose) => readPrivateKeys(db()).filter((key) => key.purpose === purpose).map((key) => key.keyId),
    secret(keyId) {
      const known = opened.get(keyId);
      if (known !== undefined) return known;
      const stored = readPrivateKeys(db()).find((key) => key.keyId === keyId);
      return stored?.sealing === 'none' ? stored.sealed : refuse('KEY_LOCKED');
    },
    async unlock(given) {
      for (const key of readPrivateKeys(db())) {
        if (key.sealing === 'none') continue;
        const secret = await openSecret(key.sealed, given);
        if (secret === null) return false;
        opened.set(key.keyId, secret);
      }
      passphrase = given;
      return true;
    },
    lock() {
      for (const secret of opened.values()) secret.fill(0);
      opened.clear();
      passphrase = null;
    },
    adopt(given) {
      assert(readPrivateKeys(db()).length === 0, 'a passphrase is adopted only before the first key');
      passphrase = given;
    },
    async seal(purpose, keyId, secret) {
      if (practice) return { keyId, purpose, sealing: 'none', sealed: secret };
      if (passphrase === null) return refuse('KEY_LOCKED');
      opened.set(keyId, secret);
      return { keyId, purpose, sealing: 'age-scrypt', sealed: await sealSecret(secret, passphrase) };
    },
  };
}
