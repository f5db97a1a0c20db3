package org.zegel.trust;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.fixtures.TestIdentity;
import org.zegel.model.AddressFields;
import org.zegel.model.MessageFacts;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Headers;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Lock;

/** Facts as reading a message would find them. */
final class Facts {
    private Facts() {}

    static SignerFacts signer(TestIdentity identity) {
        return signer(identity, Integrity.INTACT, true, List.of());
    }

    static SignerFacts signer(TestIdentity identity, Integrity integrity, boolean whole, List<X509CRL> crls) {
        return signer(identity.certificate(), identity.intermediates(), integrity, whole, false, crls);
    }

    static SignerFacts signer(
            X509Certificate certificate,
            List<X509Certificate> along,
            Integrity integrity,
            boolean whole,
            boolean weak,
            List<X509CRL> crls) {
        return new SignerFacts(
                integrity,
                certificate,
                certificate == null ? List.of() : List.of(certificate),
                along,
                crls,
                List.of(),
                weak ? "SHA-1" : "SHA-256",
                weak ? "SHA1withRSA" : "SHA256withRSA",
                weak,
                null,
                List.of(),
                new byte[0],
                whole,
                List.of(),
                null,
                List.of());
    }

    /** An intact signature with this value and these time-stamps, fitting each of the certificates. */
    static SignerFacts stamped(
            List<X509Certificate> fitting, List<X509Certificate> along, byte[] value, byte[]... tokens) {
        return new SignerFacts(
                Integrity.INTACT,
                fitting.getFirst(),
                fitting,
                along,
                List.of(),
                List.of(),
                "SHA-256",
                "SHA256withRSA",
                false,
                null,
                List.of(tokens),
                value,
                true,
                List.of(),
                null,
                List.of());
    }

    static MessageFacts message(List<String> from, SignerFacts... signers) {
        return message(from, null, Lock.NONE, signers);
    }

    static MessageFacts message(List<String> from, List<String> guarded, Lock lock, SignerFacts... signers) {
        return new MessageFacts(
                List.of(signers), lock, List.of(), Headers.NONE, from, guarded, AddressFields.NONE, null, List.of());
    }
}
