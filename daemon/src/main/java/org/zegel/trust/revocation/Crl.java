package org.zegel.trust.revocation;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;
import org.zegel.model.DerReader;

/**
 * A CRL (RFC 5280 section 5) over its bytes; entries are looked up in these. Nothing of it is authentic until
 * {@link #signedBy}.
 */
final class Crl {
    private static final Set<String> UNDERSTOOD = Set.of(
            Extension.issuingDistributionPoint.getId(),
            Extension.deltaCRLIndicator.getId(),
            Extension.cRLNumber.getId(),
            Extension.authorityKeyIdentifier.getId(),
            Extension.freshestCRL.getId(),
            "2.5.29.60");
    private static final int EXTENSIONS = 0xa0;

    private final byte[] der;
    private final DerReader.Element tbs;
    private final AlgorithmIdentifier algorithm;
    private final byte[] signature;
    private final X500Principal issuer;
    private final Instant thisUpdate;
    private final @Nullable Instant nextUpdate;
    private final DerReader.@Nullable Element entries;
    private final @Nullable Extensions extensions;
    private final @Nullable IssuingDistributionPoint scope;

    private Crl(byte[] der) {
        this.der = der;
        DerReader list = new DerReader(der).next(DerReader.SEQUENCE).contents();
        this.tbs = list.next(DerReader.SEQUENCE);
        this.algorithm =
                AlgorithmIdentifier.getInstance(list.next(DerReader.SEQUENCE).encoded());
        this.signature = ASN1BitString.getInstance(
                        list.next(DerReader.BIT_STRING).encoded())
                .getOctets();
        DerReader fields = tbs.contents();
        if (fields.nextIs(DerReader.INTEGER)) {
            fields.next();
        }
        AlgorithmIdentifier inner =
                AlgorithmIdentifier.getInstance(fields.next(DerReader.SEQUENCE).encoded());
        if (!inner.equals(algorithm)) {
            throw new IllegalArgumentException("two signature algorithms");
        }
        this.issuer = new X500Principal(fields.next(DerReader.SEQUENCE).encoded());
        this.thisUpdate = CrlEntries.time(fields.next());
        this.nextUpdate = fields.nextIs(DerReader.UTC_TIME) || fields.nextIs(DerReader.GENERALIZED_TIME)
                ? CrlEntries.time(fields.next())
                : null;
        this.entries = fields.nextIs(DerReader.SEQUENCE) ? fields.next() : null;
        this.extensions = fields.nextIs(EXTENSIONS)
                ? Extensions.getInstance(
                        fields.next().contents().next(DerReader.SEQUENCE).encoded())
                : null;
        byte @Nullable [] point = value(Extension.issuingDistributionPoint.getId());
        this.scope = point == null ? null : IssuingDistributionPoint.getInstance(point);
    }

    /** Empty when it is not a CRL in DER. */
    static Optional<Crl> read(byte[] der) {
        try {
            return Optional.of(new Crl(der));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    byte[] encoded() {
        return der;
    }

    X500Principal issuer() {
        return issuer;
    }

    Instant thisUpdate() {
        return thisUpdate;
    }

    @Nullable
    Instant nextUpdate() {
        return nextUpdate;
    }

    AlgorithmIdentifier algorithm() {
        return algorithm;
    }

    @Nullable
    IssuingDistributionPoint scope() {
        return scope;
    }

    boolean isIndirect() {
        return scope != null && scope.isIndirectCRL();
    }

    boolean isDelta() {
        return value(Extension.deltaCRLIndicator.getId()) != null;
    }

    Optional<BigInteger> number() {
        return integer(Extension.cRLNumber.getId());
    }

    Optional<BigInteger> baseNumber() {
        return integer(Extension.deltaCRLIndicator.getId());
    }

    /** Since when expired certificates stay on it (expiredCertsOnCRL of X.509); null: it does not say. */
    @Nullable
    Instant keepsExpiredSince() {
        byte @Nullable [] value = value("2.5.29.60");
        try {
            return value == null
                    ? null
                    : ASN1GeneralizedTime.getInstance(value).getDate().toInstant();
        } catch (ParseException | RuntimeException malformed) {
            return null;
        }
    }

    /** URLs of delta CRLs. */
    List<String> freshest() {
        byte @Nullable [] value = value(Extension.freshestCRL.getId());
        return value == null
                ? List.of()
                : Arrays.stream(CRLDistPoint.getInstance(value).getDistributionPoints())
                        .filter(point -> point.getDistributionPoint() != null)
                        .flatMap(point -> Names.urls(point.getDistributionPoint()))
                        .toList();
    }

    /** Of itself: extensions of entries are another question. */
    boolean understood() {
        return extensions == null
                || Arrays.stream(extensions.getCriticalExtensionOIDs())
                        .allMatch(oid -> UNDERSTOOD.contains(oid.getId()));
    }

    /** Whether the other CRL has the same extension, or neither has it. */
    boolean sameExtension(Crl other, String oid) {
        return Arrays.equals(value(oid), other.value(oid));
    }

    boolean signedBy(PublicKey signer) {
        return Signatures.verify(new Signatures.Slice(der, tbs.from(), tbs.to()), algorithm, signature, signer);
    }

    /** @throws IllegalArgumentException when the entries are malformed */
    CrlEntries.Lookup find(X509Certificate certificate) {
        return entries == null
                ? new CrlEntries.Lookup(null, true)
                : CrlEntries.find(
                        entries.contents(),
                        certificate.getSerialNumber(),
                        certificate.getIssuerX500Principal(),
                        issuer,
                        isIndirect());
    }

    private Optional<BigInteger> integer(String oid) {
        byte @Nullable [] value = value(oid);
        return value == null
                ? Optional.empty()
                : Optional.of(ASN1Integer.getInstance(value).getPositiveValue());
    }

    private byte @Nullable [] value(String oid) {
        if (extensions == null) {
            return null;
        }
        @Nullable Extension extension = extensions.getExtension(new ASN1ObjectIdentifier(oid));
        return extension == null ? null : extension.getExtnValue().getOctets();
    }
}
