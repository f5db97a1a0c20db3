package org.zegel.app.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.wiring.Setup;
import org.zegel.trust.TrustOptions;

/** A Zegel that knows throwaway keys alone: no configuration of the person's, no store of the person's. */
final class DemoHouse {
    private DemoHouse() {}

    static Setup setup(Path home, DemoKeys keys, TrustOptions trust, Clock clock) {
        return Setup.of(new Home(home, true), Settings.defaults().withoutStoreSearch(), new DemoPrompter(), clock)
                .withNamed(List.of(keys.store()))
                .withTrust(trust);
    }

    /** The demo's CA as the only anchor, revocation settled by its CRL. */
    static TrustOptions trusting(DemoKeys keys) {
        return new TrustOptions(List.of(keys.authority().certificate()), List.of(), List.of(keys.crl()), null, true);
    }

    /** The same without the CRL: nothing says whether a certificate was revoked. */
    static TrustOptions withoutCrl(DemoKeys keys) {
        return new TrustOptions(List.of(keys.authority().certificate()), List.of(), List.of(), null, true);
    }
}
