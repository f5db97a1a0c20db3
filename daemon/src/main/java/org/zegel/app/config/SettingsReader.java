package org.zegel.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.smime.SignOptions;

/** Knows every setting: its name, its type, its bounds and its default. */
final class SettingsReader {
    private static final long MEBIBYTE = 1L << 20;
    private static final int DAY = 24 * 60;
    private static final String POLICY_SECTION = "clients";

    /** Turns a raw value into what the setting holds; null when it is of a wrong type or out of bounds. */
    private record Setting(Object fallback, String expected, Check check) {}

    @FunctionalInterface
    private interface Check {
        Optional<Object> accept(Object raw);
    }

    private static final Map<String, Setting> ALL = new LinkedHashMap<>();

    static {
        number("daemon.idle-minutes", 15, 1, DAY);
        flag("http.enabled", true);
        number("http.first-port", 47610, 1024, 65535);
        number("http.last-port", 47619, 1024, 65535);
        number("consent.session-minutes", 10, 0, DAY);
        number("consent.timeout-seconds", 120, 5, 3600);
        number("limits.max-message-mib", 2048, 1, 1 << 20);
        number("limits.client-quota-mib", 4096, 1, 1 << 20);
        list("trust.anchors");
        flag("trust.system-anchors", true);
        choice("trust.revocation", "hard", "soft");
        flag("trust.offline", false);
        choice("sign.digest", "sha256", "sha384", "sha512");
        choice("sign.mode", "detached", "opaque");
        choice("encrypt.cipher", "auto", "aes128-cbc", "aes256-cbc", "aes128-gcm", "aes256-gcm");
        choice("encrypt.key-transport", "pkcs1", "oaep");
        list("clients.allowed");
        list("clients.forbidden");
    }

    private final Map<String, Object> values = new LinkedHashMap<>();

    private SettingsReader() {}

    /** Checks both sources whole; the policy wins. */
    static Settings read(RawSettings policy, RawSettings person) throws Failure {
        SettingsReader reader = new SettingsReader();
        for (Map.Entry<String, RawSettings.Value> entry : person.values().entrySet()) {
            if (entry.getKey().startsWith(POLICY_SECTION + ".")) {
                throw person.refusal(
                        entry.getValue().line(), "[" + POLICY_SECTION + "] may stand in the managed policy alone.");
            }
        }
        reader.take(person);
        reader.take(policy);
        Settings settings = reader.settings(policy.values().keySet());
        if (settings.http().lastPort() < settings.http().firstPort()) {
            throw person.refusal(0, "http.last-port is less than http.first-port.");
        }
        return settings;
    }

    static Settings defaults() {
        return new SettingsReader().settings(Set.of());
    }

    private void take(RawSettings source) throws Failure {
        for (Map.Entry<String, RawSettings.Value> entry : source.values().entrySet()) {
            String name = entry.getKey();
            int line = entry.getValue().line();
            Setting setting = ALL.get(name);
            if (setting == null) {
                throw source.refusal(line, unknown(name));
            }
            Object value = setting.check()
                    .accept(entry.getValue().value())
                    .orElseThrow(() -> source.refusal(line, name + " must be " + setting.expected() + "."));
            values.put(name, value);
        }
    }

    private static String unknown(String name) {
        String section = name.substring(0, name.indexOf('.') + 1);
        String known = ALL.keySet().stream()
                .filter(other -> other.startsWith(section))
                .map(other -> other.substring(section.length()))
                .collect(Collectors.joining(", "));
        String shown = TomlSettings.shown(name);
        return known.isEmpty()
                ? "there is no setting " + shown + "; the sections are "
                        + ALL.keySet().stream()
                                .map(other -> "[" + other.substring(0, other.indexOf('.')) + "]")
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + "."
                : "there is no setting " + shown + "; this section has " + known + ".";
    }

    private Settings settings(Set<String> forced) {
        return new Settings(
                new Settings.Daemon(Duration.ofMinutes(number("daemon.idle-minutes"))),
                new Settings.Http(
                        flag("http.enabled"), (int) number("http.first-port"), (int) number("http.last-port")),
                new Settings.Questions(
                        Duration.ofMinutes(number("consent.session-minutes")),
                        Duration.ofSeconds(number("consent.timeout-seconds"))),
                new Settings.Limits(
                        number("limits.max-message-mib") * MEBIBYTE, number("limits.client-quota-mib") * MEBIBYTE),
                new Settings.Trust(
                        texts("trust.anchors").stream().map(Path::of).toList(),
                        flag("trust.system-anchors"),
                        text("trust.revocation").equals("soft"),
                        flag("trust.offline")),
                new Settings.Sign(
                        Digest.valueOf(constant("sign.digest")), SignOptions.Mode.valueOf(constant("sign.mode"))),
                new Settings.Encrypt(
                        // "auto" is none of them.
                        Stream.of(ContentCipher.values())
                                .filter(cipher -> cipher.word().equals(text("encrypt.cipher")))
                                .findFirst(),
                        text("encrypt.key-transport").equals("oaep")),
                new Settings.Clients(Set.copyOf(texts("clients.allowed")), Set.copyOf(texts("clients.forbidden"))),
                forced);
    }

    private Object value(String name) {
        Setting setting = ALL.get(name);
        if (setting == null) {
            throw new IllegalStateException(name);
        }
        return values.getOrDefault(name, setting.fallback());
    }

    private long number(String name) {
        return (Long) value(name);
    }

    private boolean flag(String name) {
        return (Boolean) value(name);
    }

    private String text(String name) {
        return (String) value(name);
    }

    private String constant(String name) {
        return text(name).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private List<String> texts(String name) {
        return ((List<?>) value(name)).stream().map(String.class::cast).toList();
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

    private static void list(String name) {
        ALL.put(
                name,
                new Setting(
                        List.of(),
                        "a list of texts, such as [\"one\", \"two\"]",
                        raw -> raw instanceof List<?> texts && texts.stream().allMatch(SettingsReader::isUsable)
                                ? Optional.of(raw)
                                : Optional.empty()));
    }

    /** A text that can also be a file's name. */
    private static boolean isUsable(Object text) {
        try {
            return text instanceof String name && !Path.of(name).toString().isEmpty();
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }

    /** Whether the setting is a flag: sources without a boolean type need to know. */
    static boolean isFlag(String name) {
        Setting setting = ALL.get(name);
        return setting != null && setting.fallback() instanceof Boolean;
    }
}
