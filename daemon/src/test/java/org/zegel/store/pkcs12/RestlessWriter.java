package org.zegel.store.pkcs12;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.zegel.consent.TestConsent;
import org.zegel.model.Identity;
import org.zegel.store.IdentityAdministration;

/** The process that {@link CrashTest} kills: imports and removes one identity for ever. Arguments: store, file to import. */
final class RestlessWriter {
    private RestlessWriter() {}

    public static void main(String[] arguments) throws Exception {
        char[] secret = CrashTest.SECRET.toCharArray();
        byte[] file = Files.readAllBytes(Path.of(arguments[1]));
        Pkcs12Store store = CrashTest.store(Path.of(arguments[0]), Clock.systemUTC(), Duration.ofHours(1));
        IdentityAdministration administration = store.administration().orElseThrow();
        while (true) {
            Identity made = administration
                    .importFile(file, TestConsent.change(secret, secret))
                    .getFirst();
            administration.remove(made.id(), TestConsent.change());
        }
    }
}
