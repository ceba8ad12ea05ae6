import { safeStorage } from 'electron';

/** Keeps a token from whoever reads the disk but not this user's keyring. */
export interface TokenSeal {
  /** Null where the desktop has no keyring. */
  seal(token: string): string | null;
  /** Throws where it was sealed by another keyring. */
  unseal(sealed: string): string;
}

/** By the desktop's keyring. The app must be ready. */
export const keyringSeal: TokenSeal = {
  seal: (token) =>
    safeStorage.isEncryptionAvailable() ? safeStorage.encryptString(token).toString('base64') : null,
  unseal: (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
};
