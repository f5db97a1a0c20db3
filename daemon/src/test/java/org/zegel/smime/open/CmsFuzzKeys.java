package org.zegel.smime.open;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import org.zegel.consent.TestConsent;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Secret;
import org.zegel.smime.DecryptionKeys;
import org.zegel.store.BoundKey;
import org.zegel.store.pkcs12.ImportedIdentity;
import org.zegel.store.pkcs12.KeyFileReader;
import org.zegel.store.pkcs12.MemoryStore;

/** The one key that the fuzzer's seeds are encrypted to, so that it gets past the recipients. */
final class CmsFuzzKeys implements DecryptionKeys {
    static final DecryptionKeys KEYS = new CmsFuzzKeys();

    private final MemoryStore store = new MemoryStore("fuzz", Clock.systemUTC());

    private CmsFuzzKeys() {
        try (InputStream pem = CmsFuzzKeys.class.getResourceAsStream("fuzz-key.pem")) {
            for (ImportedIdentity each : KeyFileReader.read(pem.readAllBytes(), () -> Secret.takeOver(new char[0]))) {
                store.add(each.privateKey(), each.certificate(), each.chain());
            }
        } catch (IOException | Failure broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public List<Identity> identities() {
        return store.identities();
    }

    @Override
    public BoundKey bind(Identity identity) throws Failure {
        return store.bind(identity, TestConsent.granting(identity));
    }
}
