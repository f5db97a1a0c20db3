package org.zegel.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.zegel.fixtures.OpenSsl;

/**
 * A CA and Alice's key as the openssl program makes them: {@code ca.pem}, {@code crl.pem}, {@code alice.pem} (certificate),
 * {@code alice.key}, {@code alice-both.pem} and {@code alice.p12} under the passphrase in {@code passphrase}.
 */
final class OpenSslKeys {
    static final String ADDRESS = "alice@example.org";
    static final String PASSPHRASE = "open sesame";

    private OpenSslKeys() {}

    static OpenSsl make(Path folder) throws IOException {
        OpenSsl openssl = new OpenSsl(folder);
        Files.writeString(folder.resolve("leaf.ext"), """
                subjectAltName=email:alice@example.org
                keyUsage=critical,digitalSignature,keyEncipherment
                extendedKeyUsage=emailProtection
                """);
        Files.writeString(folder.resolve("ca.cnf"), """
                [ca]
                default_ca=it
                [it]
                database=index.txt
                default_md=sha256
                default_crl_days=20
                crl_extensions=extensions
                [extensions]
                authorityKeyIdentifier=keyid
                """);
        Files.writeString(folder.resolve("index.txt"), "");
        openssl.run(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem",
                "-days",
                "30",
                "-subj",
                "/CN=Test CA",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign");
        openssl.run("ca", "-config", "ca.cnf", "-gencrl", "-keyfile", "ca.key", "-cert", "ca.pem", "-out", "crl.pem");
        openssl.run(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "alice.key",
                "-out",
                "alice.csr",
                "-subj",
                "/CN=Alice");
        openssl.run(
                "x509",
                "-req",
                "-in",
                "alice.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-extfile",
                "leaf.ext",
                "-days",
                "20",
                "-out",
                "alice.pem");
        openssl.run(
                "pkcs12",
                "-export",
                "-inkey",
                "alice.key",
                "-in",
                "alice.pem",
                "-certfile",
                "ca.pem",
                "-passout",
                "pass:" + PASSPHRASE,
                "-out",
                "alice.p12");
        Files.writeString(
                folder.resolve("alice-both.pem"),
                Files.readString(folder.resolve("alice.key")) + Files.readString(folder.resolve("alice.pem")));
        Path passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        return openssl;
    }

    static byte[] message(String body) {
        String text = "From: Alice <" + ADDRESS + ">\r\nTo: " + ADDRESS + "\r\nSubject: =?UTF-8?Q?caf=C3=A9?=\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + body + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
