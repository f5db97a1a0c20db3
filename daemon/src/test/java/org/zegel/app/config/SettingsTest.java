package org.zegel.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zegel.consent.ClientPolicy;
import org.zegel.consent.dialog.PromptMeans;
import org.zegel.model.ContentCipher;
import org.zegel.model.Digest;
import org.zegel.model.Failure;
import org.zegel.model.HeaderPolicy;
import org.zegel.model.Scope;
import org.zegel.smime.SignOptions;
import org.zegel.trust.SignatureFamily;
import org.zegel.trust.TrustPolicy;
import org.zegel.trust.revocation.RevocationPolicy;

class SettingsTest {
    @TempDir
    Path folder;

    private Home home;
    private Path policy;

    @BeforeEach
    void makeHome() {
        home = new Home(folder, true);
        policy = folder.resolve("policy.toml");
    }

    @Test
    void withoutAnyFileTheDefaultsHold() throws Exception {
        Settings settings = load();
        assertThat(settings).isEqualTo(Settings.defaults());
        assertThat(settings.daemon().idle()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.http()).isEqualTo(new Settings.Http(true, 47610, 47619));
        assertThat(settings.consent())
                .isEqualTo(new Settings.Questions(Duration.ofMinutes(10), Duration.ofSeconds(120)));
        assertThat(settings.secrets()).isEqualTo(new Settings.Secrets(Duration.ofMinutes(10), true));
        assertThat(settings.trust().policy().revocation().soft()).isFalse();
        assertThat(settings.trust().systemAnchors()).isTrue();
        assertThat(settings.encrypt().cipher()).isEmpty();
        assertThat(settings.forced()).isEmpty();
    }

    @Test
    void readsEverySetting() throws Exception {
        config("""
                [daemon]
                idle-minutes = 1
                log-level = "trace"
                [http]
                enabled = false
                first-port = 50000
                last-port = 50001
                [consent]
                session-minutes = 0
                timeout-seconds = 30
                [dialog]
                prompts = "pinentry"
                pinentry = "/usr/bin/pinentry-tty"
                [secrets]
                cache-minutes = 0
                lock-with-screen = false
                [limits]
                max-message-mib = 5
                client-quota-mib = 6
                [trust]
                anchors = ["/a.pem", "b.pem"]
                system-anchors = false
                revocation = "soft"
                offline = true
                [sign]
                digest = "sha512"
                mode = "opaque"
                [encrypt]
                cipher = "aes256-gcm"
                key-transport = "oaep"
                headers = "shy"
                legacy-display = false
                """);
        Settings settings = load();
        assertThat(settings.daemon().log()).isEqualTo(LogLevel.TRACE);
        assertThat(settings.daemon().idle()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.http()).isEqualTo(new Settings.Http(false, 50000, 50001));
        assertThat(settings.consent().session()).isZero();
        assertThat(settings.consent().dialog().means())
                .isEqualTo(new PromptMeans(
                        PromptMeans.Kind.PINENTRY,
                        Optional.of(Path.of("/usr/bin/pinentry-tty")),
                        Duration.ofSeconds(30)));
        assertThat(settings.secrets()).isEqualTo(new Settings.Secrets(Duration.ZERO, false));
        assertThat(settings.limits()).isEqualTo(new Settings.Limits(5 << 20, 6 << 20));
        assertThat(settings.trust().anchors()).containsExactly(Path.of("/a.pem"), Path.of("b.pem"));
        assertThat(settings.trust().policy().revocation().soft()).isTrue();
        assertThat(settings.trust().policy().network().offline()).isTrue();
        assertThat(settings.sign()).isEqualTo(new Settings.Sign(Digest.SHA512, SignOptions.Mode.OPAQUE));
        assertThat(settings.encrypt().cipher()).contains(ContentCipher.AES_256_GCM);
        assertThat(settings.encrypt().oaep()).isTrue();
        assertThat(settings.encrypt().headers()).isEqualTo(HeaderPolicy.SHY);
        assertThat(settings.encrypt().legacyDisplay()).isFalse();
    }

    @Test
    void thePolicyWinsAndSaysWhatItForces() throws Exception {
        config("[trust]\noffline = true\nrevocation = \"soft\"\n");
        policy("[trust]\nrevocation = \"hard\"\n[clients]\nforbidden = [\"https://evil.example\"]\n");
        Settings settings = load();
        assertThat(settings.trust().policy().revocation().soft()).isFalse();
        assertThat(settings.trust().policy().network().offline()).isTrue();
        assertThat(settings.clients().forbidden()).containsExactly("https://evil.example");
        assertThat(settings.forced()).containsExactlyInAnyOrder("trust.revocation", "clients.forbidden");
    }

    @Test
    void theSampleForAdministratorsIsAPolicy() throws Exception {
        Path sample = Path.of(System.getProperty("zegel.root", ".."), "installer/policies/policy.toml");
        policy(Files.readString(sample));
        Settings settings = load();
        assertThat(settings.clients().allowed()).contains("https://webmail.example");
        assertThat(settings.forced()).contains("http.enabled", "clients.allowed", "clients.max-scopes");
    }

    @Test
    void readsWhatIsTrusted() throws Exception {
        String fingerprint = "AB".repeat(32);
        config("""
                [trust]
                distrusted = ["%s"]
                required-policies = ["pkioverheid", "1.2.3.4"]
                revocation = "off"
                [trust.algorithms]
                min-rsa-bits = 3072
                digests = ["sha1", "sha256"]
                signatures = ["rsa", "dsa"]
                ciphers = ["aes256-gcm"]
                [trust.network]
                ocsp = false
                issuers = false
                private-addresses = true
                message-seconds = 5
                """.formatted(fingerprint));
        Settings.Trust trust = load().trust();
        assertThat(trust.distrusted()).containsExactly(fingerprint.toLowerCase(java.util.Locale.ROOT));
        TrustPolicy policy = trust.policy();
        assertThat(policy.certificatePolicies().required()).contains("2.16.528.1.1003.1.2.5.1", "1.2.3.4");
        assertThat(policy.revocation().failure()).isEqualTo(RevocationPolicy.Failure.OFF);
        assertThat(policy.revocation().ocsp()).isFalse();
        assertThat(policy.revocation().crls()).isTrue();
        assertThat(policy.algorithms().minRsaBits()).isEqualTo(3072);
        assertThat(policy.algorithms().acceptsDigest("SHA-1")).isTrue();
        assertThat(policy.algorithms().acceptsDigest("SHA-512")).isFalse();
        assertThat(policy.algorithms().signatures())
                .containsExactlyInAnyOrder(SignatureFamily.RSA, SignatureFamily.DSA);
        assertThat(policy.algorithms().acceptsCipher("AES-128-CBC")).isFalse();
        assertThat(policy.network().issuers()).isFalse();
        assertThat(policy.network().privateAddresses()).isTrue();
        assertThat(policy.network().messageTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theExampleInTheDocsHasEverySettingAndItsDefault() throws Exception {
        String page = Files.readString(Path.of("../docs/CONFIGURATION.md"));
        java.util.List<String> examples = java.util.Arrays.stream(page.split("```toml\\n"))
                .skip(1)
                .map(rest -> rest.substring(0, rest.indexOf("```")))
                .toList();
        config(examples.get(0));
        policy(examples.get(1));
        assertThat(load().trust()).isEqualTo(Settings.defaults().trust());
        assertThat(load().encrypt()).isEqualTo(Settings.defaults().encrypt());
        java.util.Set<String> named = new java.util.HashSet<>(
                TomlSettings.read(home.config(), "example").values().keySet());
        named.addAll(TomlSettings.read(policy, "example").values().keySet());
        assertThat(named).isEqualTo(java.util.Set.copyOf(SettingsCatalogue.names()));
        config(examples.get(2));
        policy("");
        assertThat(load().trust().systemAnchors()).isFalse();
    }

    @Test
    void thePolicyApprovesAndLimitsClients() throws Exception {
        policy("""
                [clients]
                approved = ["https://mail.example verify  sign", "https://mail.example decrypt", "abcd sign"]
                max-scopes = ["sign", "verify"]
                max-yes-minutes = 0
                max-days = 7
                """);
        ClientPolicy clients = load().clients();
        assertThat(clients.approved())
                .containsOnly(
                        Map.entry("https://mail.example", Set.of(Scope.VERIFY, Scope.SIGN, Scope.DECRYPT)),
                        Map.entry("abcd", Set.of(Scope.SIGN)));
        assertThat(clients.maxScopes()).containsExactlyInAnyOrder(Scope.SIGN, Scope.VERIFY);
        assertThat(clients.longestYes()).isEqualTo(Duration.ZERO);
        assertThat(clients.longestGrant()).isEqualTo(Duration.ofDays(7));
        assertThat(Settings.defaults().clients()).isEqualTo(ClientPolicy.OPEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approved = [\"https://mail.example\"]",
                "approved = [\"sign verify\"]",
                "approved = [\"https://mail.example signs\"]",
                "approved = [\"\"]",
                "max-scopes = [\"all\"]",
                "max-yes-minutes = -2",
                "max-yes-minutes = 1441",
                "max-days = -1"
            })
    void aPolicyForClientsThatIsNoneIsAnError(String line) throws Exception {
        policy("[clients]\n" + line + "\n");
        assertThatThrownBy(this::load).isInstanceOf(Failure.class);
    }

    @Test
    void clientsAreThePolicysAlone() throws Exception {
        config("\n[clients]\nallowed = [\"me\"]\n");
        refused("config.toml, line 3", "managed policy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[daemon]~idle = 5|line 2|idle-minutes",
                "[demon]~idle-minutes = 5|line 2|[daemon]",
                "[daemon]~idle-minutes = \"5\"|line 2|a whole number from 1",
                "[daemon]~idle-minutes = 0|line 2|a whole number from 1",
                "[daemon]~idle-minutes = 1441|line 2|to 1440",
                "[daemon]~idle-minutes = 1.5|line 2|whole number",
                "# a comment~~[http]~enabled = 1|line 4|true or false",
                "[trust]~revocation = \"none\"|line 2|\"hard\" or \"soft\" or \"off\"",
                "[trust.algorithms]~min-rsa-bits = 1023|line 2|trust.algorithms.min-rsa-bits must be a whole number",
                "[trust]~offline = true~[trust.algorithms]~digests = [\"md5\"]|line 4|some of sha1, sha224",
                "[trust.algorithms]~ciphers = [\"des-cbc\"]|line 2|some of aes128-cbc",
                "[trust.algorithms]~rsa = 1|line 2|min-rsa-bits",
                "[trust.algorithm]~rsa = 1|line 2|[trust.algorithms]",
                "[trust.network]~issuers = 1|line 2|true or false",
                "[trust]~required-policies = [\"pkioverheit\"]|line 2|pkioverheid",
                "[trust]~required-policies = [\"1.02\"]|line 2|object identifiers",
                "[trust]~distrusted = [\"12ab\"]|line 2|64 hexadecimal digits",
                "[trust]~anchors = \"x\"|line 2|a list",
                "[trust]~anchors = [1]|line 2|a list",
                "[trust]~anchors = [\"\"]|line 2|a list",
                "idle-minutes = 5|line 1|outside any [section]",
                "[daemon]~idle-minutes = = 5|line 2|not valid TOML",
                "[daemon]~idle-minutes = 5~idle-minutes = 6|line 4|not valid TOML",
                "[http]~first-port = 50001~last-port = 50000|config.toml|less than"
            })
    void namesTheLineAndTheSettingThatIsWrong(String text, String line, String words) throws Exception {
        config(text.replace('~', '\n') + "\n");
        refused(line, words);
    }

    @Test
    void anUnreadableFileIsAnErrorAndNotTheDefaults() throws Exception {
        Files.write(home.config(), new byte[] {'[', (byte) 0xff, ']'});
        refused("config.toml", "UTF-8");
        Files.write(home.config(), new byte[TomlSettings.MAX_FILE + 1]);
        refused("config.toml", "larger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[trust]\nofline = true\n", "nonsense", "[clients]\nallowed = 1\n"})
    void aPolicyWithAMistakeIsAnError(String text) throws Exception {
        policy(text);
        refused("the managed policy", "");
    }

    @Test
    void aPolicyThatOthersMayWriteIsRefused() throws Exception {
        policy("[trust]\noffline = true\n");
        Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rw-rw-rw-"));
        refused("the managed policy", "others");
    }

    @Test
    void theRegistrysNumbersBecomeFlagsWhereFlagsAreMeant() throws Exception {
        assertThat(WindowsPolicy.plain("trust.offline", 1)).isEqualTo(true);
        assertThat(WindowsPolicy.plain("daemon.idle-minutes", 1)).isEqualTo(1L);
        assertThat(WindowsPolicy.plain("trust.offline", 2)).isEqualTo(2L);
        assertThat(WindowsPolicy.plain("clients.allowed", new String[] {"a"})).isEqualTo(java.util.List.of("a"));
    }

    @Test
    void managedPreferencesAreReadFromTheirJson() throws Exception {
        String json = "{\"trust\":{\"offline\":true,\"anchors\":[\"/a.pem\"],\"algorithms\":{\"min-rsa-bits\":4096}}}";
        RawSettings read =
                MacPolicy.parse(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), RawSettings.none("managed"));
        Settings settings = SettingsReader.read(read, RawSettings.none("config.toml"));
        assertThat(settings.trust().policy().network().offline()).isTrue();
        assertThat(settings.trust().anchors()).containsExactly(Path.of("/a.pem"));
        assertThat(settings.trust().policy().algorithms().minRsaBits()).isEqualTo(4096);
    }

    private Settings load() throws Failure {
        return Configuration.load(home, new PolicyFile(policy));
    }

    private void refused(String where, String words) {
        assertThatThrownBy(this::load)
                .hasMessageContaining(where)
                .hasMessageContaining(words)
                .hasMessageNotContaining(folder.toString())
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID_PARAMETERS));
    }

    private void config(String text) throws IOException {
        Files.writeString(home.config(), text);
    }

    private void policy(String text) throws IOException {
        Files.writeString(policy, text);
        Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
