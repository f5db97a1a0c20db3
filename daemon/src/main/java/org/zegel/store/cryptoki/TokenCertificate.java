package org.zegel.store.cryptoki;

/**
 * A certificate on a token.
 *
 * @param encoded DER as the token has it, not parsed
 * @param id CKA_ID, the same as its private key's; may be empty
 */
public record TokenCertificate(byte[] encoded, byte[] id, String label) {}
