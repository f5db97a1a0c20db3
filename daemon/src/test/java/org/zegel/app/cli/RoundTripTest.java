package org.zegel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zegel.app.cli.Program.Run;
import org.zegel.fixtures.OpenSsl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoundTripTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BODY = "Hello from the command line.";

    @TempDir
    static Path folder;

    private static OpenSsl openssl;
    private Program zegel;

    @BeforeAll
    static void makeKeys() throws IOException {
        openssl = OpenSslKeys.make(folder);
    }

    @BeforeEach
    void start() throws IOException {
        zegel = new Program(folder);
        Files.write(folder.resolve("message.eml"), OpenSslKeys.message(BODY));
    }

    @Test
    void opensslVerifiesWhatIsSignedOnStandardStreams() throws IOException {
        Run signed = zegel.run(OpenSslKeys.message(BODY), "sign", "--identity", "alice-both.pem");

        assertThat(signed.status()).isEqualTo(ExitStatus.DONE);
        assertThat(signed.errors()).isEmpty();
        Files.write(folder.resolve("signed.eml"), signed.output());
        byte[] content = openssl.run("cms", "-verify", "-in", "signed.eml", "-CAfile", "ca.pem");
        assertThat(new String(content, StandardCharsets.US_ASCII)).contains(BODY);
    }

    @Test
    void aPassphraseFileOpensAPkcs12File() {
        Run signed = zegel.run(
                "sign",
                "--identity",
                "alice.p12",
                "--passphrase-file",
                "passphrase",
                "--mode",
                "opaque",
                "--digest",
                "sha384",
                "--pss",
                "--json",
                "--out",
                "opaque.eml",
                "message.eml");

        assertThat(signed.errors()).isEmpty();
        assertThat(signed.text()).isEqualTo("{\"file\":\"opaque.eml\"}\n");
        JsonNode verdict = open("opaque.eml", "--extra", "crl.pem");
        assertThat(verdict.get("seal").asString()).isEqualTo("valid");
    }

    @Test
    void aWrongPassphraseSaysSo() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong"), "not this");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));

        Run run = zegel.run("sign", "--json", "--identity", "alice.p12", "--passphrase-file", "wrong", "message.eml");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run.text())
                .startsWith("{\"error\":{\"code\":\"import-failed\"")
                .doesNotContain("not this");
    }

    @Test
    void whatIsEncryptedComesBackAndOpensslReadsItToo() throws IOException {
        Run encrypted = zegel.run(
                "encrypt",
                "--sign",
                "--identity",
                "alice-both.pem",
                "--recipient",
                "alice.pem",
                "--cipher",
                "aes256-cbc",
                "--out",
                "encrypted.eml",
                "message.eml");

        assertThat(encrypted.errors()).isEmpty();
        Run opened = zegel.run(
                "open",
                "--identity",
                "alice-both.pem",
                "--trust",
                "ca.pem",
                "--extra",
                "crl.pem",
                "--require-seal",
                "encrypted.eml");
        assertThat(opened.status()).isEqualTo(ExitStatus.DONE);
        assertThat(opened.text()).contains("Subject: =?UTF-8?Q?caf=C3=A9?=", BODY);
        assertThat(opened.errors()).startsWith("seal: valid   lock: closed\n");
        byte[] inner =
                openssl.run("cms", "-decrypt", "-in", "encrypted.eml", "-inkey", "alice.key", "-recip", "alice.pem");
        assertThat(new String(inner, StandardCharsets.US_ASCII)).contains("multipart/signed", BODY);
    }

    @Test
    void clearTextIsWrittenForItsOwnerAlone() throws IOException {
        zegel.run("sign", "--identity", "alice-both.pem", "--out", "signed2.eml", "message.eml");

        Run opened = zegel.run("open", "--trust", "ca.pem", "--json", "--out", "clear.eml", "signed2.eml");

        assertThat(opened.status()).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(folder.resolve("clear.eml"))).contains(BODY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("clear.eml"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void everyFileHasItsVerdictOnALineOfItsOwn() throws IOException {
        zegel.run("sign", "--identity", "alice-both.pem", "--out", "good.eml", "message.eml");
        String signed = Files.readString(folder.resolve("good.eml"));
        Files.writeString(folder.resolve("altered.eml"), signed.replace("Hello", "Adieu"));

        Run run = zegel.run(
                "open",
                "--json",
                "--trust",
                "ca.pem",
                "--extra",
                "crl.pem",
                "--require-seal",
                "good.eml",
                "altered.eml",
                "missing.eml",
                "message.eml");

        List<JsonNode> lines = run.text().lines().map(JSON::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.get("file").asString())
                .containsExactly("good.eml", "altered.eml", "missing.eml", "message.eml");
        assertThat(lines.get(0).get("seal").asString()).isEqualTo("valid");
        assertThat(lines.get(1).get("seal").asString()).isEqualTo("broken");
        assertThat(lines.get(2).get("error").get("code").asString()).isEqualTo("file-not-found");
        assertThat(lines.get(3).get("seal").asString()).isEqualTo("none");
        assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void requireSealIsStatusOneWhenTheAnswerIsNo() {
        zegel.run("sign", "--identity", "alice-both.pem", "--out", "unsettled.eml", "message.eml");

        Run run = zegel.run("open", "--trust", "ca.pem", "--offline", "--require-seal", "unsettled.eml");

        assertThat(run.status()).isEqualTo(ExitStatus.ANSWER_IS_NO);
        assertThat(run.text()).contains(BODY);
        assertThat(run.errors()).startsWith("seal: warning   lock: none\n");
    }

    @Test
    void theAuditorAsksWhatWouldHaveBeenSaidThen() {
        zegel.run("sign", "--identity", "alice-both.pem", "--out", "dated.eml", "message.eml");

        JsonNode verdict = open("dated.eml", "--at", "2001-01-01T00:00:00Z");

        JsonNode signer = verdict.get("signers").get(0);
        assertThat(signer.get("chain").get("status").asString()).isEqualTo("not-yet-valid");
        assertThat(signer.get("time").get("basis").asString()).isEqualTo("caller");
        assertThat(signer.get("time").get("evaluatedAt").asString()).isEqualTo("2001-01-01T00:00:00Z");
    }

    @Test
    void nothingIsWrittenWhenNothingMayBeShown() throws IOException {
        zegel.run(
                "encrypt",
                "--identity",
                "alice-both.pem",
                "--recipient",
                "alice.pem",
                "--out",
                "locked.eml",
                "message.eml");

        Run run = zegel.run("open", "--trust", "ca.pem", "--out", "locked-clear.eml", "locked.eml");

        assertThat(run.status()).isEqualTo(ExitStatus.ANSWER_IS_NO);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).startsWith("seal: none   lock: failed\n");
        assertThat(folder.resolve("locked-clear.eml")).doesNotExist();
    }

    @Test
    void inspectShowsTheLayersWithoutAKey() {
        zegel.run("sign", "--identity", "alice-both.pem", "--out", "layers.eml", "message.eml");

        Run words = zegel.run("inspect", "--in-process", "layers.eml");
        Run json = zegel.run("inspect", "--in-process", "--json", "layers.eml");

        assertThat(words.text()).startsWith("multipart-signed multipart/signed");
        assertThat(JSON.readTree(json.text()).get("layers").get(0).get("kind").asString())
                .isEqualTo("multipart-signed");
    }

    @Test
    void bccMakesSeveralMessagesThatNeedAFolder() throws IOException {
        Files.writeString(
                folder.resolve("bcc.eml"),
                Files.readString(folder.resolve("message.eml"))
                        .replace("Subject:", "Bcc: " + OpenSslKeys.ADDRESS + "\r\nSubject:")
                        .replace("To: " + OpenSslKeys.ADDRESS, "To: Alice <" + OpenSslKeys.ADDRESS + ">"));
        String[] call = {"encrypt", "--json", "--identity", "alice-both.pem", "--recipient", "alice.pem"};

        Run run = zegel.run(join(call, "--out-dir", "several", "bcc.eml"));

        JsonNode messages = JSON.readTree(run.text()).get("messages");
        assertThat(messages.size()).isPositive();
        for (JsonNode each : messages) {
            assertThat(Files.readString(folder.resolve(each.get("file").asString())))
                    .doesNotContain("Bcc:");
        }
    }

    @Test
    void theLogOfKeyUsesIsWhole() {
        zegel.run("sign", "--identity", "alice-both.pem", "--out", "logged.eml", "message.eml");

        assertThat(zegel.run("audit", "--in-process").text()).contains("sign", "done");
        assertThat(zegel.run("audit", "--verify", "--in-process").text()).startsWith("The log is whole");
    }

    private JsonNode open(String file, String... options) {
        Run run = zegel.run(join(new String[] {"open", "--json", "--offline", "--trust", "ca.pem", file}, options));
        assertThat(run.status()).as(run.text() + run.errors()).isEqualTo(ExitStatus.DONE);
        return JSON.readTree(run.text());
    }

    private static String[] join(String[] one, String... other) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(one), java.util.Arrays.stream(other))
                .toArray(String[]::new);
    }
}
