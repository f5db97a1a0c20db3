package org.zegel.app.throwaway;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.app.wiring.Setup;
import org.zegel.trust.TrustOptions;

/** A Zegel that knows throwaway keys alone: no configuration of the person's, no store of the person's. */
public final class ThrowawayHouse {
    private ThrowawayHouse() {}

    /** What a Zegel over these keys is built from. */
    public static Setup setup(Path home, ThrowawayKeys keys, TrustOptions trust, Clock clock) {
        return Setup.of(new Home(home, true), Settings.defaults().withoutStoreSearch(), new ThrowawayPrompter(), clock)
                .withNamed(List.of(keys.store()))
                .withTrust(trust);
    }

    /** The throwaway authority as the only anchor, revocation settled by its CRL. */
    public static TrustOptions trusting(ThrowawayKeys keys) {
        return new TrustOptions(List.of(keys.authority().certificate()), List.of(), List.of(keys.crl()), null, true);
    }

    /** The same without the CRL: nothing says whether a certificate was revoked. */
    public static TrustOptions withoutCrl(ThrowawayKeys keys) {
        return new TrustOptions(List.of(keys.authority().certificate()), List.of(), List.of(), null, true);
    }
}
