package org.zegel.consent;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Identity;
import org.zegel.model.Scope;

/**
 * What a person is asked, answered by yes or no. Every text in it that came from a client, a certificate or a message
 * is hostile data.
 */
public sealed interface Question {
    /** Who makes Zegel ask. */
    Caller caller();

    /** What the client calls itself. */
    String clientName();

    /** A client wants to be paired; {@code code} is the short code that the client shows as well. */
    record Pairing(Caller caller, String clientName, Set<Scope> scopes, String code, Set<PolicyNote> notes)
            implements Question {
        public Pairing {
            scopes = Set.copyOf(scopes);
            notes = Set.copyOf(notes);
        }

        /** Where no policy has a say. */
        public Pairing(Caller caller, String clientName, Set<Scope> scopes, String code) {
            this(caller, clientName, scopes, code, Set.of());
        }
    }

    /** A client wants a key to be used; {@code lasting} is what a yes may be good for beside this use. */
    record KeyUse(
            Caller caller,
            String clientName,
            Purpose purpose,
            Identity identity,
            About about,
            Lasting lasting,
            Set<PolicyNote> notes)
            implements Question {
        public KeyUse {
            notes = Set.copyOf(notes);
        }

        /** Where a yes may last as nobody decided otherwise. */
        public KeyUse(
                Caller caller,
                String clientName,
                Purpose purpose,
                Identity identity,
                About about,
                Set<PolicyNote> notes) {
            this(caller, clientName, purpose, identity, about, Lasting.usual(purpose), notes);
        }

        /** Where no policy has a say. */
        public KeyUse(
                Caller caller,
                String clientName,
                Purpose purpose,
                Identity identity,
                @Nullable String subject,
                List<String> recipients) {
            this(caller, clientName, purpose, identity, new About(null, subject, recipients), Set.of());
        }

        public @Nullable String subject() {
            return about.subject();
        }

        public List<String> recipients() {
            return about.recipients();
        }
    }

    /** A client wants something changed that no key is used for. */
    record Change(Caller caller, String clientName, PlannedChange what) implements Question {}

    /** A client wants Zegel to rely on a certificate, or never to. */
    record TrustCertificate(Caller caller, String clientName, X509Certificate certificate, Reliance reliance)
            implements Question {}

    /**
     * A PIN is typed at the reader's own keys, not here; the person is told when.
     *
     * @param storeName what it opens
     * @param lastTry the next wrong one locks it
     * @param previousWrong the last one was wrong
     */
    record PinAtReader(Caller caller, String clientName, String storeName, boolean lastTry, boolean previousWrong)
            implements Question {}

    /**
     * What is known of the message that a key is wanted for.
     *
     * @param from the address it says that it is from
     * @param subject as its outside has it: inside an encryption there may be another one
     * @param recipients all of them
     */
    record About(@Nullable String from, @Nullable String subject, List<String> recipients) {
        /** Nothing is known, as with bytes that are no message. */
        public static final About NOTHING = new About(null, null, List.of());

        public About {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * How long a yes may count, beyond the use that is asked about. An answer that goes further counts for less: as yes
     * for a while where there is that, else once.
     *
     * @param period of a yes for a while; zero: that is not offered
     * @param everyYes each yes is one for a while
     * @param always whether "do not ask again for this client and this key" is offered
     */
    record Lasting(Duration period, boolean everyYes, boolean always) {
        /** A yes is for this use alone. */
        public static final Lasting ONCE = new Lasting(Duration.ZERO, false, false);

        private static final Duration USUAL = Duration.ofMinutes(10);

        static Lasting usual(Purpose purpose) {
            return ConsentService.mayBeRemembered(purpose) ? new Lasting(USUAL, false, true) : ONCE;
        }
    }

    /** What a yes is good for: one use of a key, handing a key out, or a change in which no key is used. */
    enum Purpose {
        SIGN,
        DECRYPT,
        SIGN_RAW,
        DECRYPT_RAW,
        EXPORT,
        CHANGE
    }

    /** What a certificate would be relied on for. */
    enum Reliance {
        /** Every e-mail certificate that this authority issues. */
        AUTHORITY,
        /** E-mail of the addresses it names, whoever issued it. */
        PERSON,
        /** Encrypting to the addresses it names, whoever issued it. */
        RECIPIENT,
        /** Nothing, nor anything it issued. */
        NEVER
    }
}
