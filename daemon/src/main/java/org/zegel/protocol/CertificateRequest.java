package org.zegel.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Scope;

/** Other people's certificates, trust anchors and recipients. */
public sealed interface CertificateRequest extends Request {
    @Method(
            value = "certificate.list",
            scopes = Scope.CERTIFICATES,
            result = CertificateResult.Certificates.class,
            summary = "Certificates of other people")
    record ListCertificates(@Nullable String address) implements CertificateRequest {}

    @Method(
            value = "certificate.inspect",
            scopes = Scope.CERTIFICATES,
            result = CertificateResult.Inspected.class,
            summary = "What a certificate says and whether it is trusted now")
    record Inspect(ContentRef certificate) implements CertificateRequest {}

    @Method(
            value = "certificate.import",
            scopes = Scope.MANAGE,
            result = CertificateResult.Certificates.class,
            summary = "Keeps certificates of other people; pinned ones a person vouches for")
    record Import(ContentRef certificates, @Nullable Boolean pinned) implements CertificateRequest {}

    @Method(
            value = "certificate.remove",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Forgets a certificate by its SHA-256")
    record Remove(String sha256) implements CertificateRequest {}

    @Method(
            value = "trust.list",
            scopes = Scope.CERTIFICATES,
            result = CertificateResult.Trusted.class,
            summary = "What the person decided about trust: CAs, single certificates, and those never to be relied on")
    record ListTrust() implements CertificateRequest {}

    @Method(
            value = "trust.add",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Asks the person to trust a CA, or one certificate, for e-mail; with never, not to rely on it")
    record AddTrust(ContentRef certificate, @Nullable Boolean never) implements CertificateRequest {}

    @Method(
            value = "trust.remove",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Takes back what the person decided about a certificate")
    record RemoveTrust(String sha256) implements CertificateRequest {}

    @Method(
            value = "recipient.resolve",
            scopes = Scope.CERTIFICATES,
            result = CertificateResult.Recipients.class,
            summary = "Which certificate each address would be encrypted to, or why none")
    record Resolve(List<String> addresses) implements CertificateRequest {}

    @Method(
            value = "recipient.choices",
            scopes = Scope.CERTIFICATES,
            result = CertificateResult.Choices.class,
            summary = "Which certificate the person chose to keep for an address that has several")
    record ListChoices() implements CertificateRequest {}

    @Method(
            value = "recipient.forgetChoice",
            scopes = Scope.MANAGE,
            result = SessionResult.Done.class,
            summary = "Forgets such a choice: the person is asked again")
    record ForgetChoice(String address) implements CertificateRequest {}
}
