package org.zegel.store;

import java.security.PublicKey;
import org.zegel.model.Failure;

/** Capability of a key: raw key agreement. */
public interface KeyAgreement {
    /** The shared secret Z (x-coordinate for EC, RFC 7748 output for X25519); the caller wipes it. */
    byte[] agree(PublicKey other) throws Failure;
}
