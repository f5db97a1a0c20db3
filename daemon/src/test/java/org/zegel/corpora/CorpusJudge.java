package org.zegel.corpora;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.zegel.consent.TestConsent;
import org.zegel.content.Content;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.model.Progress;
import org.zegel.model.Secret;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict;
import org.zegel.smime.DecryptionKeys;
import org.zegel.smime.OpenedMessage;
import org.zegel.smime.open.CmsOpener;
import org.zegel.smime.open.MessageOpener;
import org.zegel.store.BoundKey;
import org.zegel.store.pkcs12.ImportedIdentity;
import org.zegel.store.pkcs12.KeyFileReader;
import org.zegel.store.pkcs12.MemoryStore;
import org.zegel.trust.CertificatePurpose;
import org.zegel.trust.Trust;
import org.zegel.trust.TrustOptions;
import org.zegel.trust.TrustPolicy;
import org.zegel.trust.revocation.RevocationPolicy;
import tools.jackson.databind.JsonNode;

/**
 * What Zegel says of one case, in the manifest's own words. {@code valid} here is intact and, unless only the
 * mathematics count, a trusted chain: the manifests do not judge addresses, and old messages use old algorithms.
 */
final class CorpusJudge {
    private final Trust trust = new Trust(List::of, Clock.systemUTC(), TrustPolicy.STRICT.with(RevocationPolicy.SOFT));
    private final Workspace workspace;

    CorpusJudge(Workspace workspace) {
        this.workspace = workspace;
    }

    String judge(CorpusCase given) throws Exception {
        return switch (given.operation()) {
            case "path" -> path(given);
            case "p12" -> keyFile(given);
            case "verify", "decrypt+verify" -> verify(given);
            case "decrypt" -> decrypt(given);
            default -> throw new AssertionError("unknown operation " + given.operation());
        };
    }

    private String path(CorpusCase given) throws Exception {
        X509Certificate leaf;
        List<X509Certificate> untrusted;
        try {
            leaf = certificates(List.of(given.file())).getFirst();
            untrusted = certificates(given.paths("untrusted"));
        } catch (CertificateException unreadable) {
            return "invalid";
        }
        CertificatePurpose purpose = given.text("purpose").orElse("").equals("smimeencrypt")
                ? CertificatePurpose.ENCRYPT_MAIL
                : CertificatePurpose.SIGN_MAIL;
        var assessed = trust.assess(leaf, untrusted, crls(given.paths("crl")), options(given), purpose);
        Verdict.Chain chain = assessed.chain();
        boolean settled = !given.checksRevocation() || chain.revocation() == Verdict.Revocation.GOOD;
        boolean strong = assessed.strength() == Verdict.Strength.ACCEPTABLE;
        return chain.status() == Verdict.ChainStatus.TRUSTED && settled && strong ? "valid" : "invalid";
    }

    private String keyFile(CorpusCase given) throws IOException {
        char[] password = given.text("password").orElse("").toCharArray();
        try {
            List<ImportedIdentity> found =
                    KeyFileReader.read(Files.readAllBytes(given.file()), () -> Secret.takeOver(password.clone()));
            found.forEach(ImportedIdentity::close);
            return "opens";
        } catch (Failure refused) {
            // A file of certificates alone was read, but there is nothing in it to import.
            return "no-private-key".equals(refused.data().get("reason")) ? "opens" : "fails";
        }
    }

    private String verify(CorpusCase given) throws Exception {
        OpenedMessage opened;
        try {
            opened = open(given);
        } catch (Failure notAMessage) {
            return "invalid";
        }
        if (!plaintextFits(given, opened) || !headerFits(given, opened)) {
            return "invalid";
        }
        if (opened.facts().signers().stream().noneMatch(SignerFacts::coversWhole)) {
            return "invalid";
        }
        List<Verdict.Signer> signers =
                trust.judge(opened.facts(), options(given)).signers();
        boolean good = signers.stream()
                .anyMatch(signer -> signer.integrity() == Verdict.Integrity.INTACT
                        && (given.cryptographyOnly() || signer.chain().status() == Verdict.ChainStatus.TRUSTED));
        return good ? "valid" : "invalid";
    }

    private String decrypt(CorpusCase given) throws Exception {
        try {
            OpenedMessage opened = open(given);
            boolean released = opened.clear() != null && opened.facts().decryptedWith() != null;
            if (opened.facts().findings().contains(Finding.ENCRYPTED_PART_NOT_WHOLE)) {
                return "partial";
            }
            return released && plaintextFits(given, opened) ? "decrypts" : "fails";
        } catch (Failure refused) {
            return "fails";
        }
    }

    private OpenedMessage open(CorpusCase given) throws Exception {
        Content content = Content.of(Files.readAllBytes(given.file()));
        List<X509Certificate> known = new ArrayList<>(certificates(given.paths("untrusted")));
        known.addAll(certificates(given.paths("anchor")));
        DecryptionKeys keys = keys(given);
        return switch (given.form()) {
            case "smime", "mbox" -> MessageOpener.open(content, keys, known, workspace, Progress.NONE);
            default -> CmsOpener.open(content, null, keys, known, workspace, Progress.NONE);
        };
    }

    private boolean plaintextFits(CorpusCase given, OpenedMessage opened) throws IOException {
        if (given.text("plaintext_contains").isPresent()) {
            return opened.clear() != null
                    && text(opened.clear())
                            .contains(given.text("plaintext_contains").get());
        }
        if (given.path("plaintext_file").isPresent()) {
            String expected = body(Files.readString(given.path("plaintext_file").get(), StandardCharsets.ISO_8859_1));
            return opened.clear() != null && lines(text(opened.clear())).contains(lines(expected));
        }
        return true;
    }

    /** Whether the subject is as protected as the case says, and the clear message has the protected one. */
    private static boolean headerFits(CorpusCase given, OpenedMessage opened) throws IOException {
        JsonNode expected = given.row().path("header_protection");
        if (expected.isMissingNode()) {
            return true;
        }
        boolean confidential = expected.path("subject_confidential").asBoolean();
        Verdict.HeaderState state = new Verdict.HeaderState(
                "Subject", confidential ? Verdict.Protection.SIGNED_AND_ENCRYPTED : Verdict.Protection.SIGNED_ONLY);
        Verdict.Headers headers = opened.facts().headers();
        boolean differs =
                headers.differences().stream().anyMatch(each -> each.field().equals("Subject") && each.intended());
        String subject = "Subject: " + expected.path("protected_subject").asString() + "\r\n";
        return headers.scheme() == Verdict.HeaderScheme.RFC9788
                && headers.fields().contains(state)
                && differs == confidential
                && opened.facts().findings().isEmpty()
                && text(Objects.requireNonNull(opened.clear())).contains(subject);
    }

    /** Of a payload with a header of its own, the body: Zegel puts the outer header fields in front of it. */
    private static String body(String payload) {
        String unix = lines(payload);
        return unix.startsWith("MIME-Version") || unix.startsWith("Content-")
                ? unix.substring(unix.indexOf("\n\n"))
                : unix;
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    private static String text(Content content) throws IOException {
        return new String(content.bytes(16 << 20), StandardCharsets.ISO_8859_1);
    }

    private TrustOptions options(CorpusCase given) throws Exception {
        return new TrustOptions(
                certificates(given.paths("anchor")),
                List.of(),
                List.of(),
                given.time().orElse(null),
                true);
    }

    private static DecryptionKeys keys(CorpusCase given) throws Exception {
        MemoryStore store = new MemoryStore("corpus", Clock.systemUTC());
        if (given.path("key").isPresent()) {
            var bytes = new java.io.ByteArrayOutputStream();
            bytes.write(Files.readAllBytes(given.path("key").get()));
            bytes.write('\n');
            if (given.path("cert").isPresent()) {
                bytes.write(Files.readAllBytes(given.path("cert").get()));
            }
            for (ImportedIdentity each : read(bytes.toByteArray())) {
                store.add(each.privateKey(), each.certificate(), each.chain());
                each.close();
            }
        }
        return new DecryptionKeys() {
            @Override
            public List<Identity> identities() {
                return store.identities();
            }

            @Override
            public BoundKey bind(Identity identity) throws Failure {
                return store.bind(identity, TestConsent.granting(identity));
            }
        };
    }

    private static List<ImportedIdentity> read(byte[] pem) {
        try {
            return KeyFileReader.read(pem, () -> Secret.takeOver(new char[0]));
        } catch (Failure unusable) {
            // A key of a kind that Zegel does not use: the case goes on without it.
            return List.of();
        }
    }

    private static List<X509Certificate> certificates(Collection<Path> files)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : files) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            int from = Math.max(0, text.indexOf("-----BEGIN CERTIFICATE"));
            byte[] bytes = text.substring(from).getBytes(StandardCharsets.ISO_8859_1);
            factory.generateCertificates(new ByteArrayInputStream(bytes))
                    .forEach(each -> all.add((X509Certificate) each));
        }
        return all;
    }

    private static List<X509CRL> crls(Collection<Path> files) throws IOException, GeneralSecurityException {
        List<X509CRL> all = new ArrayList<>();
        for (Path file : files) {
            try {
                CertificateFactory.getInstance("X.509")
                        .generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)))
                        .forEach(each -> all.add((X509CRL) each));
            } catch (CRLException unreadable) {
                // A CRL that cannot be read settles nothing.
                continue;
            }
        }
        return all;
    }
}
