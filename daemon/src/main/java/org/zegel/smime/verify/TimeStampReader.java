package org.zegel.smime.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.model.Finding;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Integrity;
import org.zegel.smime.ber.BerInput;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.ContentInfoReader;
import org.zegel.smime.ber.Malformed;

/** Reads time-stamp tokens (RFC 3161 section 2.4.2) and checks all of them but trust. */
public final class TimeStampReader {
    /** Longest token. */
    public static final int MAX_TOKEN = 512 * 1024;

    private static final int MAX_INFO = 64 * 1024;
    private static final ASN1ObjectIdentifier TST_INFO = PKCSObjectIdentifiers.id_ct_TSTInfo;
    /** Digests for which nobody can find two texts; SHA-1 is for trust to judge, by who signed with it. */
    private static final Set<String> BROKEN = Set.of("MD2", "MD4", "MD5", "RIPEMD128");

    private TimeStampReader() {}

    /**
     * Reads a token that is to stamp these bytes.
     *
     * @param known certificates beside those in the token: authorities may leave theirs out
     */
    public static TimeStampFacts read(byte[] token, byte[] stamped, Collection<X509Certificate> known) {
        if (token.length > MAX_TOKEN) {
            return new TimeStampFacts.Unsound(Finding.TIME_STAMP_MALFORMED);
        }
        try {
            return checked(token, stamped, known);
        } catch (Malformed malformed) {
            boolean invalid = malformed.finding() == Finding.TIME_STAMP_INVALID;
            return new TimeStampFacts.Unsound(invalid ? Finding.TIME_STAMP_INVALID : Finding.TIME_STAMP_MALFORMED);
        } catch (IOException | ParseException | RuntimeException malformed) {
            return new TimeStampFacts.Unsound(Finding.TIME_STAMP_MALFORMED);
        }
    }

    private static TimeStampFacts checked(byte[] token, byte[] stamped, Collection<X509Certificate> known)
            throws IOException, ParseException {
        Bounded content = new Bounded();
        BerInput in = CmsBytes.of(Content.of(token)).reader();
        valid(ContentInfoReader.enter(in).equals(CMSObjectIdentifiers.signedData));
        SignedData data = SignedDataReader.read(in, content);
        ContentInfoReader.leave(in);
        // RFC 3161 section 2.4.2: no other signature than the authority's.
        valid(data.contentType().equals(TST_INFO)
                && data.encapsulated()
                && data.signerInfos().size() == 1);
        byte[] encoded = content.bytes.toByteArray();
        TSTInfo info = ContentInfoReader.parse(encoded, TSTInfo::getInstance);
        valid(info.getVersion().hasValue(1) && noCriticalExtension(info.getExtensions()));
        valid(stamps(info.getMessageImprint(), stamped));
        valid(namesItsCertificate(data.signerInfos().getFirst()));
        SignerFacts authority = new SignerCheck(data, data.digests(), Content.of(encoded), known)
                .all(true, List.of(), List.of())
                .getFirst();
        if (authority.integrity() == Integrity.UNVERIFIABLE) {
            return new TimeStampFacts.Unsound(Finding.TIME_STAMP_UNTRUSTED);
        }
        valid(authority.integrity() == Integrity.INTACT);
        return new TimeStampFacts.Sound(info.getGenTime().getDate().toInstant(), authority);
    }

    private static void valid(boolean condition) throws Malformed {
        if (!condition) {
            throw new Malformed(Finding.TIME_STAMP_INVALID);
        }
    }

    private static boolean noCriticalExtension(@Nullable Extensions extensions) {
        return extensions == null || extensions.getCriticalExtensionOIDs().length == 0;
    }

    private static boolean stamps(MessageImprint imprint, byte[] stamped) {
        Optional<String> digest =
                DigestAlgorithms.name(imprint.getHashAlgorithm().getAlgorithm()).filter(name -> !BROKEN.contains(name));
        return digest.isPresent()
                && MessageDigest.isEqual(
                        imprint.getHashedMessage(),
                        DigestAlgorithms.create(digest.get()).digest(stamped));
    }

    /** RFC 3161 section 2.4.1, RFC 5816: the certificate is named by hash, so that no look-alike can take its place. */
    private static boolean namesItsCertificate(byte[] signerInfo) throws IOException {
        SignerInfo info = ContentInfoReader.parse(signerInfo, SignerInfo::getInstance);
        return SignerAttributes.of(info, TST_INFO).namesCertificate();
    }

    /** What is in a token is small. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] block, int offset, int length) throws IOException {
            if (length > MAX_INFO - bytes.size()) {
                throw new Malformed(Finding.TIME_STAMP_MALFORMED);
            }
            bytes.write(block, offset, length);
        }
    }
}
