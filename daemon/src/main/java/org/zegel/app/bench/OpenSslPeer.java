package org.zegel.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zegel.app.throwaway.Pem;
import org.zegel.trust.throwaway.ThrowawayAuthority.Issued;
import org.zegel.trust.throwaway.ThrowawayAuthority.Kind;

/** The command {@code openssl cms}. */
final class OpenSslPeer implements Peer {
    private static final String PROGRAM = "openssl";

    private final Path folder;
    private final BenchKeys keys;

    /** @param folder where throwaway keys may be written to */
    OpenSslPeer(Path folder, BenchKeys keys) {
        this.folder = folder;
        this.keys = keys;
    }

    @Override
    public String name() throws IOException {
        return Commands.run(List.of(PROGRAM, "version")).strip();
    }

    @Override
    public boolean can(Row row) {
        return row.key() != Kind.X25519 && row.key() != Kind.ED25519;
    }

    @Override
    public Run prepare(Row row, Path input, Path output) throws IOException {
        Issued own = keys.of(row.key());
        String certificate = file("certificate", row, Pem.of(own.certificate()));
        String key = file("key", row, Pem.of(own.privateKey()));
        // Revocation is settled by the same list for both.
        String trust = file("trust", row, Pem.of(keys.authority().certificate()) + Pem.of(keys.crl()));
        String address = BenchKeys.address(row.key());
        return switch (row.operation()) {
            case SIGN ->
                cms(
                        input,
                        output,
                        "-sign",
                        "-signer",
                        certificate,
                        "-inkey",
                        key,
                        "-from",
                        address,
                        "-to",
                        address,
                        "-subject",
                        BenchMail.SUBJECT);
            case ENCRYPT -> cms(input, output, "-encrypt", cipher(row), "-stream", certificate);
            case VERIFY -> verify(input, output, trust);
            case DECRYPT -> cms(input, output, "-decrypt", "-recip", certificate, "-inkey", key);
            case OPEN -> {
                Path between = folder.resolve("between");
                Run decrypt = cms(input, between, "-decrypt", "-recip", certificate, "-inkey", key);
                Run verify = verify(between, output, trust);
                yield () -> {
                    decrypt.run();
                    verify.run();
                };
            }
        };
    }

    private static Run verify(Path input, Path output, String trust) {
        return cms(input, output, "-verify", "-CAfile", trust, "-crl_check", "-purpose", "smimesign");
    }

    private static Run cms(Path input, Path output, String... options) {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "cms", "-in", input.toString()));
        command.addAll(List.of("-out", output.toString()));
        command.addAll(List.of(options));
        return () -> Commands.run(command);
    }

    private static String cipher(Row row) {
        String cipher = String.valueOf(row.cipher());
        return "-aes-" + cipher.substring("aes".length());
    }

    private String file(String name, Row row, String text) throws IOException {
        Path file = folder.resolve(name + "-" + row.key() + ".pem");
        Files.writeString(file, text, StandardCharsets.US_ASCII);
        return file.toString();
    }
}
