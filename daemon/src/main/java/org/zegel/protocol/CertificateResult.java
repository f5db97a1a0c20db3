package org.zegel.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Verdict;

/** Answers to {@link CertificateRequest}. */
public sealed interface CertificateResult extends Result {
    record Certificates(List<CertificateSummary> certificates) implements CertificateResult {}

    /** {@code certificates}: CAs; {@code pinned}: single certificates; {@code distrusted}: never relied on. */
    record Trusted(
            List<CertificateSummary> certificates, List<CertificateSummary> pinned, List<CertificateSummary> distrusted)
            implements CertificateResult {}

    record Inspected(CertificateSummary certificate, Verdict.Chain chain) implements CertificateResult {}

    /** {@code reason} is a stable kebab-case code, null when a certificate was found. */
    record RecipientEntry(
            String address,
            @Nullable CertificateSummary certificate,
            @Nullable String source,
            List<String> ciphers,
            @Nullable String reason) {}

    /** {@code sha256}: 64 hexadecimal digits, in lower case, as {@code certificate.list} has them. */
    record ChoiceEntry(String address, String sha256) {}

    record Choices(List<ChoiceEntry> choices) implements CertificateResult {}

    record Recipients(List<RecipientEntry> recipients) implements CertificateResult {}
}
