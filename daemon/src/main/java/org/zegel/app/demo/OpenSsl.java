package org.zegel.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.zegel.app.throwaway.Pem;

/** Another program that makes S/MIME, where it is installed: its messages have to be understood as well as our own. */
final class OpenSsl {
    private static final long PATIENCE_SECONDS = 20;

    private OpenSsl() {}

    /** The message body signed by {@code openssl cms}, under the given header; empty where that does not work here. */
    static Optional<byte[]> sign(Path folder, byte[] body, String from, String to, PrivateKey key, X509Certificate own)
            throws IOException {
        Path in = Files.write(folder.resolve("foreign.txt"), body);
        Path out = folder.resolve("foreign.eml");
        Path pem = folder.resolve("foreign.pem");
        try {
            String keyAndCertificate = Pem.of(key) + Pem.of(own);
            Files.writeString(pem, keyAndCertificate, StandardCharsets.US_ASCII);
            Process process = new ProcessBuilder(
                            "openssl",
                            "cms",
                            "-sign",
                            "-in",
                            in.toString(),
                            "-signer",
                            pem.toString(),
                            "-from",
                            from,
                            "-to",
                            to,
                            "-subject",
                            "Made by OpenSSL",
                            "-out",
                            out.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean done = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return done ? Optional.of(Files.readAllBytes(out)) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
