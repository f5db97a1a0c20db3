package org.zegel.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zegel.consent.ClientPolicy;
import org.zegel.consent.ScopeNames;
import org.zegel.consent.dialog.PromptMeans;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.smime.SignOptions;
import org.zegel.trust.AlgorithmPolicy;
import org.zegel.trust.CertificatePolicyRules;
import org.zegel.trust.PolicyPresets;
import org.zegel.trust.SignatureFamily;
import org.zegel.trust.TrustPolicy;
import org.zegel.trust.network.NetworkPolicy;
import org.zegel.trust.revocation.RevocationPolicy;

/** Checks what the sources say against the catalogue of settings, and puts it together. */
final class SettingsReader {
    private static final long MEBIBYTE = 1L << 20;
    private static final String POLICY_SECTION = "clients";

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
        Settings settings = reader.settings(policy.values().keySet()).withPolicyDigest(policy.digest());
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
            SettingsCatalogue.Setting setting = SettingsCatalogue.find(name);
            if (setting == null) {
                throw source.refusal(line, SettingsCatalogue.unknown(name));
            }
            Object value = setting.check()
                    .accept(entry.getValue().value())
                    .orElseThrow(() -> source.refusal(line, name + " must be " + setting.expected() + "."));
            values.put(name, value);
        }
    }

    private Settings settings(Set<String> forced) {
        return new Settings(
                new Settings.Daemon(
                        Duration.ofMinutes(number("daemon.idle-minutes")),
                        LogLevel.valueOf(constant("daemon.log-level"))),
                new Settings.Http(
                        flag("http.enabled"), (int) number("http.first-port"), (int) number("http.last-port")),
                new Settings.Questions(
                        Duration.ofMinutes(number("consent.session-minutes")),
                        Duration.ofSeconds(number("consent.timeout-seconds")),
                        new Settings.Dialog(
                                text("dialog.language"),
                                Settings.Theme.valueOf(constant("dialog.theme")),
                                new PromptMeans(
                                        PromptMeans.Kind.valueOf(constant("dialog.prompts")),
                                        Optional.of(text("dialog.pinentry"))
                                                .filter(program -> !program.isEmpty())
                                                .map(Path::of),
                                        Duration.ofSeconds(number("consent.timeout-seconds"))))),
                new Settings.Secrets(
                        Duration.ofMinutes(number("secrets.cache-minutes")), flag("secrets.lock-with-screen")),
                new Settings.Stores(
                        texts("stores.modules").stream().map(Path::of).toList(),
                        flag("stores.search"),
                        flag("stores.nss"),
                        Set.copyOf(texts("stores.allowed-modules")),
                        Set.copyOf(texts("stores.forbidden-modules"))),
                audit(),
                new Settings.Limits(
                        number("limits.max-message-mib") * MEBIBYTE, number("limits.client-quota-mib") * MEBIBYTE),
                trust(),
                new Settings.Sign(
                        Digest.valueOf(constant("sign.digest")), SignOptions.Mode.valueOf(constant("sign.mode"))),
                new Settings.Encrypt(
                        // "auto" is none of them.
                        Stream.of(ContentCipher.values())
                                .filter(cipher -> cipher.word().equals(text("encrypt.cipher")))
                                .findFirst(),
                        text("encrypt.key-transport").equals("oaep"),
                        HeaderPolicy.valueOf(constant("encrypt.headers")),
                        flag("encrypt.legacy-display")),
                clients(),
                forced,
                null);
    }

    private Settings.Audit audit() {
        return new Settings.Audit(
                Settings.Mirror.valueOf(constant("audit.mirror")),
                flag("audit.subjects"),
                Duration.ofDays(number("audit.keep-days")),
                number("audit.max-entries"),
                flag("audit.archive"));
    }

    private ClientPolicy clients() {
        long minutes = number("clients.max-yes-minutes");
        long days = number("clients.max-days");
        return new ClientPolicy(
                Set.copyOf(texts("clients.allowed")),
                Set.copyOf(texts("clients.forbidden")),
                texts("clients.approved").stream()
                        .flatMap(text -> ApprovedClient.parse(text).stream())
                        .collect(
                                Collectors.toMap(ApprovedClient::origin, ApprovedClient::scopes, ApprovedClient::both)),
                texts("clients.max-scopes").stream()
                        .flatMap(name -> ScopeNames.parse(name).stream())
                        .collect(Collectors.toSet()),
                minutes < 0 ? null : Duration.ofMinutes(minutes),
                days == 0 ? null : Duration.ofDays(days));
    }

    private Settings.Trust trust() {
        return new Settings.Trust(
                texts("trust.anchors").stream().map(Path::of).toList(),
                flag("trust.system-anchors"),
                texts("trust.distrusted").stream()
                        .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                new TrustPolicy(algorithms(), revocation(), policies(), network()));
    }

    private AlgorithmPolicy algorithms() {
        List<String> accepted = texts("trust.algorithms.signatures");
        return new AlgorithmPolicy(
                (int) number("trust.algorithms.min-rsa-bits"),
                (int) number("trust.algorithms.min-dsa-bits"),
                (int) number("trust.algorithms.min-ec-bits"),
                Stream.of(SignatureFamily.values())
                        .filter(family -> accepted.contains(family.word()))
                        .collect(Collectors.toSet()),
                Set.copyOf(texts("trust.algorithms.digests")),
                Set.copyOf(texts("trust.algorithms.ciphers")));
    }

    private RevocationPolicy revocation() {
        return RevocationPolicy.HARD
                .with(RevocationPolicy.Failure.valueOf(constant("trust.revocation")))
                .withSources(flag("trust.network.ocsp"), flag("trust.network.crls"))
                .withRequiredNonce(flag("trust.network.ocsp-nonce-required"));
    }

    private CertificatePolicyRules policies() {
        return new CertificatePolicyRules(PolicyPresets.identifiers(texts("trust.required-policies")));
    }

    private NetworkPolicy network() {
        return NetworkPolicy.DEFAULT
                .withOffline(flag("trust.offline"))
                .withIssuers(flag("trust.network.issuers"))
                .withPrivateAddresses(flag("trust.network.private-addresses"))
                .withTimeouts(
                        Duration.ofSeconds(number("trust.network.connect-seconds")),
                        Duration.ofSeconds(number("trust.network.request-seconds")),
                        Duration.ofSeconds(number("trust.network.message-seconds")));
    }

    private Object value(String name) {
        SettingsCatalogue.Setting setting = SettingsCatalogue.find(name);
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
}
