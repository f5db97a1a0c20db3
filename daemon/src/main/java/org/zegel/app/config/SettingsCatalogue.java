package org.zegel.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.consent.ScopeNames;
import org.zegel.consent.dialog.Languages;
import org.zegel.model.Scope;
import org.zegel.trust.AlgorithmPolicy;
import org.zegel.trust.PolicyPresets;
import org.zegel.trust.SignatureFamily;

/** Every setting: its name, its type, its bounds and its default. */
final class SettingsCatalogue {
    private static final int DAY = 24 * 60;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2}){31}");

    /**
     * One setting.
     *
     * @param expected what it must be, in words
     * @param check turns a raw value into what the setting holds; empty when it is of a wrong type or out of bounds
     */
    record Setting(Object fallback, String expected, Check check) {}

    /** Looks at a raw value. */
    @FunctionalInterface
    interface Check {
        Optional<Object> accept(Object raw);
    }

    private static final Map<String, Setting> ALL = new LinkedHashMap<>();

    static {
        number("daemon.idle-minutes", 15, 1, DAY);
        choice("daemon.log-level", "info", "debug", "trace");
        flag("http.enabled", true);
        number("http.first-port", 47610, 1024, 65535);
        number("http.last-port", 47619, 1024, 65535);
        number("consent.session-minutes", 10, 0, DAY);
        number("consent.timeout-seconds", 120, 5, 3600);
        choice(
                "dialog.language",
                Stream.concat(Stream.of("system"), Languages.ALL.stream()).toArray(String[]::new));
        choice("dialog.theme", "auto", "light", "dark");
        choice("dialog.prompts", "auto", "display", "pinentry", "terminal");
        program("dialog.pinentry");
        number("secrets.cache-minutes", 10, 0, DAY);
        flag("secrets.lock-with-screen", true);
        list(
                "stores.modules",
                "a list of absolute paths of PKCS#11 modules",
                List.of(),
                text -> isUsable(text) && Path.of(text).isAbsolute());
        flag("stores.search", true);
        flag("stores.nss", true);
        list("stores.allowed-modules");
        list("stores.forbidden-modules");
        choice("audit.mirror", "none", "journald", "syslog", "event-log");
        flag("audit.subjects", false);
        number("audit.keep-days", 0, 0, 36_500);
        number("audit.max-entries", 1_000_000, 1_000, 100_000_000);
        flag("audit.archive", true);
        number("limits.max-message-mib", 2048, 1, 1 << 20);
        number("limits.client-quota-mib", 4096, 1, 1 << 20);
        list("trust.anchors");
        flag("trust.system-anchors", true);
        list(
                "trust.distrusted",
                "a list of SHA-256 fingerprints, 64 hexadecimal digits each",
                List.of(),
                text -> FINGERPRINT.matcher(text).matches());
        list(
                "trust.required-policies",
                "a list of object identifiers such as \"2.23.140.1.5.2.2\", or of "
                        + String.join(", ", PolicyPresets.names()),
                List.of(),
                PolicyPresets::isKnown);
        choice("trust.revocation", "hard", "soft", "off");
        flag("trust.offline", false);
        number("trust.algorithms.min-rsa-bits", AlgorithmPolicy.DEFAULT.minRsaBits(), 1024, 16_384);
        number("trust.algorithms.min-dsa-bits", AlgorithmPolicy.DEFAULT.minDsaBits(), 1024, 16_384);
        number("trust.algorithms.min-ec-bits", AlgorithmPolicy.DEFAULT.minEcBits(), 160, 640);
        words(
                "trust.algorithms.signatures",
                Arrays.stream(SignatureFamily.values())
                        .map(SignatureFamily::word)
                        .toList(),
                AlgorithmPolicy.DEFAULT.signatures().stream()
                        .map(SignatureFamily::word)
                        .toList());
        words("trust.algorithms.digests", AlgorithmPolicy.DIGESTS, AlgorithmPolicy.DEFAULT.digests());
        words("trust.algorithms.ciphers", AlgorithmPolicy.CIPHERS, AlgorithmPolicy.DEFAULT.ciphers());
        flag("trust.network.ocsp", true);
        flag("trust.network.ocsp-nonce-required", false);
        flag("trust.network.crls", true);
        flag("trust.network.issuers", true);
        flag("trust.network.private-addresses", false);
        number("trust.network.connect-seconds", 3, 1, 60);
        number("trust.network.request-seconds", 8, 1, 120);
        number("trust.network.message-seconds", 12, 1, 300);
        choice("sign.digest", "sha256", "sha384", "sha512");
        choice("sign.mode", "detached", "opaque");
        choice("encrypt.cipher", "auto", "aes128-cbc", "aes256-cbc", "aes128-gcm", "aes256-gcm");
        choice("encrypt.key-transport", "pkcs1", "oaep");
        choice("encrypt.headers", "baseline", "shy", "none", "off");
        flag("encrypt.legacy-display", true);
        list("clients.allowed");
        list("clients.forbidden");
        list(
                "clients.approved",
                "a list of texts, each an origin or extension id and its scopes, such as \"https://mail.example verify sign\"",
                List.of(),
                text -> ApprovedClient.parse(text).isPresent());
        words("clients.max-scopes", scopes(), scopes());
        number("clients.max-yes-minutes", -1, -1, DAY);
        number("clients.max-days", 0, 0, 3650);
    }

    private SettingsCatalogue() {}

    static @Nullable Setting find(String name) {
        return ALL.get(name);
    }

    static Collection<String> names() {
        return ALL.keySet();
    }

    /** Whether the setting is a flag: sources without a boolean type need to know. */
    static boolean isFlag(String name) {
        Setting setting = ALL.get(name);
        return setting != null && setting.fallback() instanceof Boolean;
    }

    /** What there is instead of a setting of this name. */
    static String unknown(String name) {
        String section = section(name);
        String known = ALL.keySet().stream()
                .filter(other -> section(other).equals(section))
                .map(other -> other.substring(section.length() + 1))
                .collect(Collectors.joining(", "));
        String shown = TomlSettings.shown(name);
        return known.isEmpty()
                ? "there is no setting " + shown + "; the sections are "
                        + ALL.keySet().stream()
                                .map(other -> "[" + section(other) + "]")
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + "."
                : "there is no setting " + shown + "; this section has " + known + ".";
    }

    private static List<String> scopes() {
        return Arrays.stream(Scope.values()).map(ScopeNames::name).toList();
    }

    private static String section(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static void number(String name, long fallback, long least, long most) {
        ALL.put(
                name,
                new Setting(
                        fallback,
                        "a whole number from " + least + " to " + most,
                        raw -> raw instanceof Long number && number >= least && number <= most
                                ? Optional.of(number)
                                : Optional.empty()));
    }

    private static void flag(String name, boolean fallback) {
        ALL.put(
                name,
                new Setting(
                        fallback,
                        "true or false",
                        raw -> raw instanceof Boolean ? Optional.of(raw) : Optional.empty()));
    }

    /** The first of the choices is the default. */
    private static void choice(String name, String... choices) {
        String expected = Arrays.stream(choices).map(one -> "\"" + one + "\"").collect(Collectors.joining(" or "));
        ALL.put(
                name,
                new Setting(
                        choices[0],
                        expected,
                        raw -> raw instanceof String text && List.of(choices).contains(text)
                                ? Optional.of(text)
                                : Optional.empty()));
    }

    /** Empty by default: none is named. */
    private static void program(String name) {
        ALL.put(
                name,
                new Setting(
                        "",
                        "the absolute path of a program, or \"\"",
                        raw -> raw instanceof String text
                                        && (text.isEmpty()
                                                || (isUsable(text)
                                                        && Path.of(text).isAbsolute()))
                                ? Optional.of(text)
                                : Optional.empty()));
    }

    private static void list(String name) {
        list(name, "a list of texts, such as [\"one\", \"two\"]", List.of(), SettingsCatalogue::isUsable);
    }

    /** Some of the words that there are. */
    private static void words(String name, Collection<String> all, Collection<String> fallback) {
        List<String> sorted = all.stream().sorted().toList();
        list(
                name,
                "a list of some of " + String.join(", ", sorted),
                fallback.stream().sorted().toList(),
                all::contains);
    }

    private static void list(String name, String expected, List<String> fallback, Predicate<String> usable) {
        ALL.put(
                name,
                new Setting(
                        fallback,
                        expected,
                        raw -> raw instanceof List<?> texts
                                        && texts.stream()
                                                .allMatch(text -> text instanceof String one && usable.test(one))
                                ? Optional.of(raw)
                                : Optional.empty()));
    }

    /** A text that can also be a file's name. */
    private static boolean isUsable(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }
}
