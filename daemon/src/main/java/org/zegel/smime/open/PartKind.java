package org.zegel.smime.open;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.zegel.smime.mime.ContentType;
import org.zegel.smime.mime.MimeEntity;

/** What a MIME entity is to S/MIME, by its declaration (RFC 8551 section 3.9). */
enum PartKind {
    /** multipart/signed with a CMS signature. */
    SIGNED,
    /** A CMS object, of which only its own content type tells what it is. */
    CMS,
    /** OpenPGP (RFC 3156): left alone. */
    OPENPGP,
    MULTIPART,
    MESSAGE,
    PLAIN;

    private static final Set<String> CMS_TYPES = Set.of(
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature");

    private static final Set<String> SIGNATURE_TYPES =
            Set.of("application/pkcs7-signature", "application/x-pkcs7-signature");

    private static final List<String> CMS_FILES = List.of(".p7m", ".p7s", ".p7c", ".p7z");

    static PartKind of(MimeEntity entity) {
        ContentType type = entity.contentType();
        if (type.is("multipart/signed")) {
            return ofSigned(entity);
        }
        if (type.is("multipart/encrypted")) {
            return OPENPGP;
        }
        if (isOpenPgp(type)) {
            return OPENPGP;
        }
        if (type.isMultipart()) {
            return MULTIPART;
        }
        if (type.isMessage()) {
            return MESSAGE;
        }
        return declaredCms(entity) || type.is("application/octet-stream") && hasCmsName(entity) ? CMS : PLAIN;
    }

    private static PartKind ofSigned(MimeEntity entity) {
        boolean two = entity.children().size() >= 2;
        if (two && isSignature(entity.children().get(1))) {
            return SIGNED;
        }
        boolean pgp = two
                ? entity.children().get(1).contentType().is("application/pgp-signature")
                : protocol(entity).contains("pgp-signature");
        return pgp ? OPENPGP : MULTIPART;
    }

    /** Whether the protocol parameter of a multipart/signed says what its second part is. */
    static boolean namesSignature(MimeEntity signed) {
        return SIGNATURE_TYPES.contains(protocol(signed));
    }

    private static String protocol(MimeEntity signed) {
        return signed.contentType().parameter("protocol").orElse("").strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the media type itself says CMS. */
    static boolean declaredCms(MimeEntity entity) {
        return CMS_TYPES.contains(entity.contentType().mediaType());
    }

    private static boolean isSignature(MimeEntity entity) {
        return SIGNATURE_TYPES.contains(entity.contentType().mediaType())
                || entity.contentType().type().equals("application")
                        && !isOpenPgp(entity.contentType())
                        && hasCmsName(entity);
    }

    /** RFC 3156. */
    private static boolean isOpenPgp(ContentType type) {
        return type.type().equals("application") && type.subtype().startsWith("pgp-");
    }

    private static boolean hasCmsName(MimeEntity entity) {
        String name = entity.fileName().orElse("").strip().toLowerCase(Locale.ROOT);
        String other = entity.contentType().parameter("name").orElse("").strip().toLowerCase(Locale.ROOT);
        return CMS_FILES.stream().anyMatch(ending -> name.endsWith(ending) || other.endsWith(ending));
    }
}
