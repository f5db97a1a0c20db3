package org.zegel.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of opening a message. Intact, trusted, address and time are four answers that are never folded into one
 * another; {@code seal} and {@code lock} are what a client may show as icons.
 *
 * @param decryptedWith the identity whose key opened the outermost encrypted layer
 * @param texts one sentence for a layman, by language ({@code en}, {@code nl})
 * @param lockTexts the same about the padlock alone
 * @param explanations what the findings met in this verdict mean and what to do, by code, then by language
 * @param findings stable codes about the message as a whole, not about one signer
 */
public record Verdict(
        Seal seal,
        Lock lock,
        List<Signer> signers,
        @Nullable Identity decryptedWith,
        Map<String, String> texts,
        Map<String, String> lockTexts,
        Map<String, Map<String, String>> explanations,
        List<Layer> layers,
        Headers headers,
        List<Finding> findings) {

    /** What may be shown as the seal icon. */
    public enum Seal {
        VALID,
        WARNING,
        BROKEN,
        /** No signature covers what is read. */
        NONE
    }

    /** What may be shown as the padlock. */
    public enum Lock {
        CLOSED,
        WEAK,
        FAILED,
        NONE
    }

    /** Does the signature fit the content? */
    public enum Integrity {
        INTACT,
        /** It does not fit, or what was signed, its attributes or the signature can no longer be read. */
        ALTERED,
        /** Cannot be told: no certificate, unknown algorithm, no content. */
        UNVERIFIABLE
    }

    /** May the signer's certificate be believed? */
    public enum ChainStatus {
        TRUSTED,
        UNTRUSTED,
        EXPIRED,
        NOT_YET_VALID,
        REVOKED,
        NOT_ALLOWED,
        NOT_CHECKED
    }

    /** What is known of revocation. */
    public enum Revocation {
        GOOD,
        REVOKED,
        UNKNOWN,
        NOT_CHECKED
    }

    /** Is the signer the one in From? */
    public enum AddressMatch {
        MATCH,
        MISMATCH,
        /** The certificate names no address. */
        ABSENT,
        NOT_APPLICABLE
    }

    /** Where the time came from that the chain was judged at. */
    public enum TimeBasis {
        CLOCK,
        TIME_STAMP,
        CALLER
    }

    /** Strength of the algorithms of signature, digest and chain. */
    public enum Strength {
        ACCEPTABLE,
        WEAK
    }

    /**
     * One signer of the message.
     *
     * @param services what the signer asks for or states by RFC 2634; null for nothing
     */
    public record Signer(
            Integrity integrity,
            Chain chain,
            AddressMatch address,
            Time time,
            Strength algorithms,
            @Nullable CertificateSummary certificate,
            @Nullable SecurityServices services,
            List<Finding> findings) {}

    /** Who says that the CA at the end of the path is to be trusted for e-mail. */
    public enum AnchorSource {
        /** The operating system. */
        SYSTEM,
        /** The managed policy. */
        POLICY,
        /** A file named in the configuration. */
        CONFIGURATION,
        /** The person, asked once. */
        PERSON,
        /** The caller, for this call alone. */
        CALL
    }

    /**
     * The certificate's path to an anchor; {@code path} is leaf first, anchor last.
     *
     * @param anchor where the anchor comes from; null where the path ends in none
     */
    public record Chain(
            ChainStatus status,
            Revocation revocation,
            @Nullable Finding reason,
            List<CertificateSummary> path,
            @Nullable AnchorSource anchor) {
        public Chain(
                ChainStatus status, Revocation revocation, @Nullable Finding reason, List<CertificateSummary> path) {
            this(status, revocation, reason, path, null);
        }
    }

    /** The moment the chain was judged at, and what the message says about time. */
    public record Time(
            Instant evaluatedAt,
            TimeBasis basis,
            @Nullable Instant claimed,
            @Nullable Instant timestamped) {}

    /** How the sender wrote down which header fields are protected. */
    public enum HeaderScheme {
        /** The {@code hp} parameter. */
        RFC9788,
        /** The older {@code protected-headers="v1"}. */
        PROTECTED_HEADERS,
        /** The whole message wrapped as message/rfc822. */
        RFC8551
    }

    /** The states of RFC 9788 section 4.3. Signed is: by an intact signature over the whole, whoever made it. */
    public enum Protection {
        UNPROTECTED,
        SIGNED_ONLY,
        ENCRYPTED_ONLY,
        SIGNED_AND_ENCRYPTED
    }

    /**
     * What is known of protected header fields: at most {@value #MAX} of each.
     *
     * @param protectedFields names of the fields that are signed, encrypted or both
     * @param scheme null where the message has no header protection
     * @param fields all fields that the payload holds, whose values the clear message has, and the state of each
     */
    public record Headers(
            List<String> protectedFields,
            List<HeaderDifference> differences,
            @Nullable HeaderScheme scheme,
            List<HeaderState> fields) {
        public static final int MAX = 100;
        public static final Headers NONE = new Headers(List.of(), List.of(), null, List.of());

        public Headers {
            protectedFields = protectedFields.stream()
                    .limit(MAX)
                    .map(HeaderDifference::cut)
                    .toList();
            differences = differences.stream().limit(MAX).toList();
            fields = fields.stream().limit(MAX).toList();
        }
    }

    /** A header field and how it was protected. */
    public record HeaderState(String field, Protection protection) {
        public HeaderState {
            field = HeaderDifference.cut(field);
        }
    }

    /**
     * A field whose protected value is not the outer one; long values are cut to {@value #MAX_VALUE} characters.
     *
     * @param outer null where the outside has no such field
     * @param inner null where the inside has none: the outer one was added on the way and is not shown
     * @param intended whether the sender made it so, to hide the value
     */
    public record HeaderDifference(
            String field, @Nullable String outer, @Nullable String inner, boolean intended) {
        public static final int MAX_VALUE = 1_000;

        public HeaderDifference {
            field = cut(field);
            outer = outer == null ? null : cut(outer);
            inner = inner == null ? null : cut(inner);
        }

        static String cut(String text) {
            return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
        }
    }
}
