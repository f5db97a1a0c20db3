package org.zegel.store.pkcs12;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the JDK keeps of private keys that nobody uses any more. Its RSA code remembers blinding values for each key, the
 * private exponent among them, and gives them up at its next use after the key was collected: in an idle daemon, never.
 */
final class KeyRemains {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRemains.class);
    /** The least that the JDK makes; it signs nothing that counts. */
    private static final int THROWAWAY_BITS = 512;

    private static final long PATIENCE_MILLIS = 2_000;
    private static final int ROUNDS = 2;
    private static final AtomicBoolean SWEEPING = new AtomicBoolean();

    private KeyRemains() {}

    /** Has them collected, on a thread of its own; for when keys were locked, which is seldom. */
    static void sweep() {
        if (!SWEEPING.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("key-remains").start(KeyRemains::sweepNow);
        }
    }

    private static void sweepNow() {
        SWEEPING.set(false);
        try {
            for (int i = 0; i < ROUNDS; i++) {
                collect();
                useRsa();
            }
        } catch (GeneralSecurityException impossible) {
            LOG.warn("What is left of private keys could not be cleared", impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Comes back when the collector has told of what it found unused. */
    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), queue);
        System.gc();
        if (queue.remove(PATIENCE_MILLIS) != sentinel) {
            LOG.debug("the collector took its time");
        }
    }

    private static void useRsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(THROWAWAY_BITS);
        KeyPair pair = generator.generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.sign();
    }
}
