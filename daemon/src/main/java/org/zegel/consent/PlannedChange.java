package org.zegel.consent;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** A change that a client wants; the dialogs have the words for it in each language. Texts in it may be hostile. */
public sealed interface PlannedChange {
    /** A certificate and its private key come into the store of this name. */
    record ImportIdentity(String store) implements PlannedChange {}

    /** The certificate and its private key leave the store of this name for good. @param reads it is one to decrypt with */
    record RemoveIdentity(String store, X509Certificate certificate, boolean reads) implements PlannedChange {}

    /** The store of this name gets another passphrase. */
    record ChangePassphrase(String store) implements PlannedChange {}

    /** A PKCS#11 module is loaded from now on, and gets to see PINs. */
    record AddModule(String path) implements PlannedChange {}

    /** A module that was added is not used any more. */
    record RemoveModule(String path) implements PlannedChange {}

    /** Certificates of correspondents are kept. @param more how many come beside the one that is shown */
    record KeepCertificates(X509Certificate certificate, int more) implements PlannedChange {}

    /** A correspondent's certificate is forgotten. */
    record ForgetCertificate(X509Certificate certificate) implements PlannedChange {}

    /** What the person decided about the certificate no longer counts. */
    record TakeBackTrust(X509Certificate certificate, Question.Reliance decided) implements PlannedChange {}

    /** A client is let do more. @param origin where the door knows one */
    record WidenGrant(String client, @Nullable String origin, Grant grant) implements PlannedChange {}

    /** Callers that were refused for good may ask again. */
    record ForgetRefusals() implements PlannedChange {}
}
