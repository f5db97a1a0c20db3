package org.zegel.smime.decrypt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.jspecify.annotations.Nullable;
import org.zegel.content.Content;
import org.zegel.content.ContentWriter;
import org.zegel.content.Workspace;
import org.zegel.model.Failure;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.smime.ber.CmsBytes;
import org.zegel.smime.ber.Malformed;
import org.zegel.store.BoundKey;

/** Decrypts one layer: finds the recipients that are ours, tries their keys one after another, gives all or nothing. */
public final class Decryption {
    /** No identity of ours is a recipient. */
    public static final Finding NO_MATCH = Finding.NO_MATCHING_IDENTITY;
    /** The one finding for every way in which decryption can fail. */
    public static final Finding FAILED = Finding.CANNOT_DECRYPT;

    /** Troubles of one store, after which another identity may still do. */
    private static final Set<Failure.Kind> NEXT_IDENTITY = EnumSet.of(
            Failure.Kind.PIN_LOCKED,
            Failure.Kind.TOKEN_REMOVED,
            Failure.Kind.STORE_UNAVAILABLE,
            Failure.Kind.STORE_NOT_FOUND,
            Failure.Kind.IDENTITY_NOT_FOUND,
            Failure.Kind.IDENTITY_UNSUITABLE,
            Failure.Kind.UNSUPPORTED);

    /** What the clear text is known to be, whoever made it. */
    public enum Inside {
        /** A MIME entity, so it begins with text. */
        ENTITY,
        ANYTHING
    }

    private final CmsBytes cms;
    private final boolean authenticated;
    private final Inside inside;
    private final KeyRing keys;
    private final Workspace workspace;

    /** For EnvelopedData, or for AuthEnvelopedData when {@code authenticated}. */
    public Decryption(CmsBytes cms, boolean authenticated, Inside inside, KeyRing keys, Workspace workspace) {
        this.cms = cms;
        this.authenticated = authenticated;
        this.inside = inside;
        this.keys = keys;
        this.workspace = workspace;
    }

    /**
     * What came of it.
     *
     * @param clear null when the layer could not be opened
     * @param identity whose key opened it
     * @param contentType of the clear text
     */
    public record Result(
            @Nullable Content clear,
            @Nullable Identity identity,
            String algorithm,
            Strength strength,
            ASN1ObjectIdentifier contentType,
            List<Finding> findings) {}

    /**
     * Opens the layer. What is wrong with the message for all to see is {@link Malformed} or in the result's findings;
     * what only a key could tell is {@link #FAILED} and nothing more. Failure is for keys that could not be used
     * (consent refused, PIN, token removed).
     */
    public Result open() throws IOException, Failure {
        EncryptedData data = EncryptedData.read(cms, authenticated, new Recipients(keys.identities()));
        ContentAlgorithm algorithm = ContentAlgorithm.of(data.algorithm(), authenticated);
        if (data.contentBytes() < 0) {
            throw new Malformed(Finding.CONTENT_MISSING);
        }
        boolean wholeBlocks = data.contentBytes() % algorithm.cipher().blockBytes() == 0;
        if (!authenticated && (data.contentBytes() == 0 || !wholeBlocks)) {
            throw new Malformed(Finding.TRUNCATED);
        }
        Attempt opened = attempt(data, algorithm);
        return new Result(
                opened == null ? null : opened.clear(),
                opened == null ? null : opened.identity(),
                algorithm.name(),
                algorithm.strength(),
                data.contentType(),
                findings(data, algorithm, opened != null));
    }

    private static List<Finding> findings(EncryptedData data, ContentAlgorithm algorithm, boolean opened) {
        List<Finding> findings = new ArrayList<>();
        if (data.trailing()) {
            findings.add(Finding.TRAILING_DATA);
        }
        if (algorithm.strength() == Strength.WEAK) {
            findings.add(Finding.CIPHER_WEAK);
        }
        findings.addAll(data.recipients().findings());
        if (!opened) {
            findings.add(data.recipients().named() ? FAILED : NO_MATCH);
        }
        return findings;
    }

    private record Attempt(Content clear, Identity identity) {}

    private @Nullable Attempt attempt(EncryptedData data, ContentAlgorithm algorithm) throws IOException, Failure {
        Failure unavailable = null;
        for (Recipient recipient : data.recipients().found()) {
            try {
                byte[] key = contentKey(recipient, algorithm);
                try {
                    return new Attempt(clear(data, algorithm, key), recipient.identity());
                } finally {
                    Arrays.fill(key, (byte) 0);
                }
            } catch (CannotDecrypt next) {
                continue;
            } catch (Failure failure) {
                if (NEXT_IDENTITY.contains(failure.kind())) {
                    unavailable = failure;
                } else if (failure.kind() != Failure.Kind.CANNOT_DECRYPT) {
                    throw failure;
                }
            }
        }
        if (unavailable != null) {
            throw unavailable;
        }
        return null;
    }

    private byte[] contentKey(Recipient recipient, ContentAlgorithm algorithm) throws Failure, CannotDecrypt {
        BoundKey key = keys.bind(recipient.identity());
        try {
            return recipient.contentKey(key, algorithm);
        } catch (RuntimeException odd) {
            // Providers say in many ways that they cannot make anything of the bytes.
            throw new CannotDecrypt();
        }
    }

    private Content clear(EncryptedData data, ContentAlgorithm algorithm, byte[] key)
            throws IOException, CannotDecrypt {
        try (ContentWriter writer = workspace.writer();
                ContentDecryption decryption = ContentDecryption.of(data, algorithm, key, writer)) {
            EncryptedData.content(cms, decryption);
            decryption.finish();
            Content clear = writer.finish();
            if (!authenticated && inside == Inside.ENTITY && !BeginsWithText.test(clear)) {
                // A wrong key whose last byte looks like padding: one in 256.
                throw new CannotDecrypt();
            }
            return clear;
        }
    }
}
