package org.zegel.directory;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zegel.database.Database;
import org.zegel.database.SchemaPart;
import org.zegel.database.Sql;
import org.zegel.model.Failure;
import org.zegel.model.Fingerprint;

/** The certificates that the person decided about, for e-mail. Keeps them; judges nothing. */
public final class TrustedAuthorities {
    /** The table of anchors. */
    public static final SchemaPart SCHEMA = new SchemaPart("authority", List.of("""
            CREATE TABLE authority (
              sha256 TEXT PRIMARY KEY,
              certificate BLOB NOT NULL
            ) STRICT;
            """, """
            ALTER TABLE authority ADD COLUMN decision TEXT NOT NULL DEFAULT 'authority';
            """));

    private final Database database;

    public TrustedAuthorities(Database database) {
        this.database = database;
    }

    /** What the person decided. */
    public enum Decision {
        /** A CA whose certificates are trusted. */
        AUTHORITY,
        /** One certificate that is trusted, whoever issued it. */
        PINNED,
        /** A certificate, of a CA or not, that is never relied on. */
        DISTRUSTED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public List<X509Certificate> all(Decision decision) throws Failure {
        List<byte[]> rows = database.read(connection -> Sql.query(
                connection,
                "SELECT certificate FROM authority WHERE decision = ? ORDER BY sha256",
                row -> row.getBytes(1),
                decision.word()));
        List<X509Certificate> authorities = new ArrayList<>();
        for (byte[] encoded : rows) {
            authorities.add(decode(encoded));
        }
        return authorities;
    }

    /** SHA-256 fingerprints of those with this decision. */
    public List<String> fingerprints(Decision decision) throws Failure {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT sha256 FROM authority WHERE decision = ? ORDER BY sha256",
                row -> row.getString(1),
                decision.word()));
    }

    /** Keeps the decision, instead of any other about the same certificate. */
    public void add(X509Certificate authority, Decision decision) throws Failure {
        byte[] encoded = encode(authority);
        String sha256 = Fingerprint.sha256(authority);
        database.change(connection -> Sql.update(
                connection,
                "INSERT OR REPLACE INTO authority (sha256, certificate, decision) VALUES (?, ?, ?)",
                sha256,
                encoded,
                decision.word()));
    }

    /** Removes the certificate with this lower-case hexadecimal SHA-256; false when it was not there. */
    public boolean remove(String sha256) throws Failure {
        return database.write(connection -> Sql.update(connection, "DELETE FROM authority WHERE sha256 = ?", sha256))
                > 0;
    }

    private static byte[] encode(X509Certificate authority) throws Failure {
        try {
            return authority.getEncoded();
        } catch (CertificateEncodingException unreadable) {
            throw new Failure(Failure.Kind.INTERNAL, "The certificate could not be stored.", unreadable);
        }
    }

    private static X509Certificate decode(byte[] encoded) throws Failure {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException unreadable) {
            throw new Failure(Failure.Kind.INTERNAL, "A stored authority could not be read.", unreadable);
        }
    }
}
