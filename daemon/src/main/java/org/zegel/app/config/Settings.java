package org.zegel.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ClientPolicy;
import org.zegel.consent.dialog.PromptMeans;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.HeaderPolicy;
import org.zegel.smime.SignOptions;
import org.zegel.trust.TrustPolicy;

/**
 * What is in force: the policy's settings, then the person's, then the defaults.
 *
 * @param clients {@code [clients]}, of the policy alone
 * @param forced names of the settings that the policy decides, such as {@code trust.offline}
 * @param policyDigest SHA-256, in hexadecimal, of what the policy says; null where there is none
 */
public record Settings(
        Daemon daemon,
        Http http,
        Questions consent,
        Secrets secrets,
        Stores stores,
        Audit audit,
        Limits limits,
        Trust trust,
        Sign sign,
        Encrypt encrypt,
        ClientPolicy clients,
        Set<String> forced,
        @Nullable String policyDigest) {

    /**
     * {@code [daemon]}.
     *
     * @param idle the daemon ends after so long without callers
     * @param log how much the daemon logs
     */
    public record Daemon(Duration idle, LogLevel log) {
        /** With the usual log. */
        public Daemon(Duration idle) {
            this(idle, LogLevel.INFO);
        }
    }

    /** {@code [http]}. The door takes the first free port of the range. */
    public record Http(boolean enabled, int firstPort, int lastPort) {}

    /**
     * {@code [consent]} and {@code [dialog]}.
     *
     * @param session how long a yes "for a while" lasts; zero: every use is asked
     * @param timeout how long a question waits for its answer
     * @param dialog {@code [dialog]}
     */
    public record Questions(Duration session, Duration timeout, Dialog dialog) {
        /** With the usual dialogs. */
        public Questions(Duration session, Duration timeout) {
            this(
                    session,
                    timeout,
                    new Dialog(
                            "system", Theme.AUTO, new PromptMeans(PromptMeans.Kind.AUTO, Optional.empty(), timeout)));
        }
    }

    /**
     * {@code [dialog]}.
     *
     * @param language of two letters, or {@code system}
     * @param means how the person is asked
     */
    public record Dialog(String language, Theme theme, PromptMeans means) {}

    /** How dialogs look. */
    public enum Theme {
        /** As the system's own windows. */
        AUTO,
        LIGHT,
        DARK
    }

    /**
     * {@code [secrets]}.
     *
     * @param cache how long keys stay usable after PIN or passphrase was given; zero: it is asked for each use
     * @param lockWithScreen whether locking the screen locks keys too; going to sleep always does
     */
    public record Secrets(Duration cache, boolean lockWithScreen) {}

    /**
     * {@code [stores]}.
     *
     * @param modules absolute paths of PKCS#11 modules
     * @param search whether further modules are looked for on this machine
     * @param nss use the keys in profiles of Mozilla's programs and Chromium
     * @param allowed paths or names of files; no others are loaded; empty: all may be
     * @param forbidden paths or names of files that are never loaded
     */
    public record Stores(List<Path> modules, boolean search, boolean nss, Set<String> allowed, Set<String> forbidden) {
        public Stores {
            allowed = Set.copyOf(allowed);
            forbidden = Set.copyOf(forbidden);
            modules = List.copyOf(modules);
        }
    }

    /** Where a copy of each line of the audit log goes. */
    public enum Mirror {
        NONE,
        JOURNALD,
        SYSLOG,
        EVENT_LOG
    }

    /**
     * {@code [audit]}.
     *
     * @param subjects whether the subjects of messages are kept
     * @param keep lines that are older are taken out; zero: none is
     * @param maxEntries beyond so many the oldest lines are taken out
     * @param archive whether what is taken out is kept in files beside the database
     */
    public record Audit(Mirror mirror, boolean subjects, Duration keep, long maxEntries, boolean archive) {}

    /** {@code [limits]}, in bytes. */
    public record Limits(long maxMessage, long clientQuota) {}

    /**
     * {@code [trust]}, {@code [trust.algorithms]}, {@code [trust.network]}.
     *
     * @param distrusted SHA-256 fingerprints, lower-case hexadecimal, of certificates that are never relied on
     */
    public record Trust(List<Path> anchors, boolean systemAnchors, Set<String> distrusted, TrustPolicy policy) {
        public Trust {
            anchors = List.copyOf(anchors);
            distrusted = Set.copyOf(distrusted);
        }
    }

    /** {@code [sign]}. */
    public record Sign(Digest digest, SignOptions.Mode mode) {}

    /**
     * {@code [encrypt]}.
     *
     * @param cipher empty: chosen by what the recipients can read
     * @param legacyDisplay whether what the header hides is repeated in the text
     */
    public record Encrypt(Optional<ContentCipher> cipher, boolean oaep, HeaderPolicy headers, boolean legacyDisplay) {}

    public Settings {
        forced = Set.copyOf(forced);
    }

    Settings withPolicyDigest(@Nullable String digest) {
        return new Settings(
                daemon, http, consent, secrets, stores, audit, limits, trust, sign, encrypt, clients, forced, digest);
    }

    /** The same with another audit log. */
    public Settings with(Audit other) {
        return new Settings(
                daemon,
                http,
                consent,
                secrets,
                stores,
                other,
                limits,
                trust,
                sign,
                encrypt,
                clients,
                forced,
                policyDigest);
    }

    /** The same, but no store is looked for: neither modules nor the system's own nor profiles. */
    public Settings withoutStoreSearch() {
        return new Settings(
                daemon,
                http,
                consent,
                secrets,
                new Stores(stores.modules(), false, false, stores.allowed(), stores.forbidden()),
                audit,
                limits,
                trust,
                sign,
                encrypt,
                clients,
                forced,
                policyDigest);
    }

    /** When there is no configuration and no policy. */
    public static Settings defaults() {
        return SettingsReader.defaults();
    }
}
