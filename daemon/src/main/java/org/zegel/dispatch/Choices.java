package org.zegel.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.EmailAddress;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.IdentityId;
import org.zegel.operation.SignatureForm;

/** Turns the protocol's words into typed values, or says which words there are. */
final class Choices {
    /** Most addresses in one call. */
    static final int MAX_ADDRESSES = 1000;

    private static final Map<String, Boolean> MODES = Map.of("detached", false, "opaque", true);
    private static final Map<String, Boolean> SCHEMES = Map.of("pkcs1", false, "pss", true);
    private static final Map<String, Boolean> TRANSPORTS = Map.of("pkcs1", false, "oaep", true);
    private static final Map<String, Digest> DIGESTS =
            Map.of("sha256", Digest.SHA256, "sha384", Digest.SHA384, "sha512", Digest.SHA512);
    private static final Map<String, ContentCipher> CIPHERS = Stream.of(ContentCipher.values())
            .collect(Collectors.toUnmodifiableMap(ContentCipher::word, Function.identity()));

    private static final Map<String, HeaderPolicy> HEADERS = Stream.of(HeaderPolicy.values())
            .collect(Collectors.toUnmodifiableMap(HeaderPolicy::word, Function.identity()));

    private Choices() {}

    static SignatureForm form(@Nullable String mode, @Nullable String digest, @Nullable String scheme) throws Failure {
        return new SignatureForm(
                mode == null ? false : pick("mode", mode, MODES),
                digest == null ? Digest.SHA256 : pick("digest", digest, DIGESTS),
                scheme == null ? false : pick("scheme", scheme, SCHEMES));
    }

    static @Nullable ContentCipher cipher(@Nullable String cipher) throws Failure {
        return cipher == null ? null : pick("cipher", cipher, CIPHERS);
    }

    /** Whether RSA keys are wrapped with OAEP. */
    static boolean oaep(@Nullable String keyTransport) throws Failure {
        return keyTransport != null && pick("keyTransport", keyTransport, TRANSPORTS);
    }

    /** What the outside of a message hides of its header. */
    static HeaderPolicy headers(@Nullable String headers) throws Failure {
        return headers == null ? HeaderPolicy.BASELINE : pick("headers", headers, HEADERS);
    }

    static @Nullable IdentityId identity(@Nullable String identity) {
        return identity == null ? null : new IdentityId(identity);
    }

    static EmailAddress address(String name, String text) throws Failure {
        return EmailAddress.parse(text)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.INVALID_PARAMETERS, name + " holds something that is not one e-mail address."));
    }

    static List<EmailAddress> addresses(String name, List<String> texts) throws Failure {
        if (texts.size() > MAX_ADDRESSES) {
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS, name + " holds more than " + MAX_ADDRESSES + " addresses.");
        }
        List<EmailAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(address(name, text));
        }
        return addresses;
    }

    static boolean flag(@Nullable Boolean value) {
        return value != null && value;
    }

    private static <T> T pick(String name, String word, Map<String, T> choices) throws Failure {
        T choice = choices.get(word);
        if (choice == null) {
            List<String> words = choices.keySet().stream().sorted().toList();
            throw new Failure(
                    Failure.Kind.INVALID_PARAMETERS,
                    name + " must be one of " + String.join(", ", words) + ".",
                    Map.of("parameter", name, "allowed", words));
        }
        return choice;
    }
}
