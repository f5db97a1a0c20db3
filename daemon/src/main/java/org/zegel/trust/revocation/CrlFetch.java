package org.zegel.trust.revocation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.Revocation;
import org.zegel.trust.network.FetchRequest;
import org.zegel.trust.network.FetchResult;

/** Fetches the CRLs that a certificate names, one after the other until its state is settled, and keeps authentic ones. */
final class CrlFetch {
    /** Most URLs of one certificate that are tried. */
    static final int MAX_URLS = 6;
    /** How long a fetched CRL is kept at most: a list for half a year would hide half a year of revocations. */
    static final Duration MAX_KEPT = Duration.ofDays(1);

    private final PathEvaluation evaluation;
    private final X509Certificate certificate;
    private final Function<List<Crl>, CrlCheck> checks;
    private final List<Crl> fetched = new ArrayList<>();
    private final Map<Crl, FetchRequest> fresh = new HashMap<>();
    private final Set<Finding> failures = new LinkedHashSet<>();
    private final Set<String> tried = new LinkedHashSet<>();

    CrlFetch(PathEvaluation evaluation, X509Certificate certificate, Function<List<Crl>, CrlCheck> checks) {
        this.evaluation = evaluation;
        this.certificate = certificate;
        this.checks = checks;
    }

    CertificateStatus check() {
        CertificateStatus status = CertificateStatus.NOT_CHECKED;
        for (DistributionPoints.Point point : DistributionPoints.of(certificate)) {
            if (fetchOne(point.urls())) {
                status = withDeltas();
                if (status.settled()) {
                    return status;
                }
            }
        }
        failures.addAll(status.findings());
        boolean asked = !failures.isEmpty() && evaluation.tools().fetches().online();
        return new CertificateStatus(asked ? Revocation.UNKNOWN : status.revocation(), failures);
    }

    private CertificateStatus withDeltas() {
        List<String> urls = new ArrayList<>(DistributionPoints.freshest(certificate));
        for (Crl crl : fetched) {
            urls.addAll(freshest(crl));
        }
        urls.removeAll(tried);
        if (!urls.isEmpty()) {
            fetchOne(urls);
        }
        List<Crl> all = new ArrayList<>(evaluation.atHand());
        all.addAll(fetched);
        CrlCheck check = checks.apply(all);
        CertificateStatus status = check.check();
        check.authentic().forEach(this::keep);
        return status;
    }

    private static List<String> freshest(Crl crl) {
        try {
            return crl.freshest();
        } catch (RuntimeException malformed) {
            return List.of();
        }
    }

    /** The first of these that can be had; they are alternatives. */
    private boolean fetchOne(List<String> urls) {
        for (String url : urls) {
            Optional<URI> uri = FetchRequest.parse(url);
            if (uri.isEmpty()) {
                failures.add(Finding.REVOCATION_SOURCE_REFUSED);
                continue;
            }
            if (tried.size() >= MAX_URLS) {
                failures.add(Finding.REVOCATION_BUDGET_SPENT);
                return false;
            }
            if (tried.add(url) && fetch(FetchRequest.get(FetchRequest.Kind.CRL, uri.get()))) {
                return true;
            }
        }
        return false;
    }

    private boolean fetch(FetchRequest request) {
        return switch (evaluation.tools().fetches().fetch(request)) {
            case FetchResult.Fetched got -> {
                Optional<Crl> crl = Crl.read(der(got.bytes()));
                crl.ifPresentOrElse(fetched::add, () -> failures.add(Finding.CRL_MALFORMED));
                crl.filter(_ -> !got.cached()).ifPresent(read -> fresh.put(read, request));
                yield crl.isPresent();
            }
            case FetchResult.Failed failed -> {
                FetchFailures.finding(failed.why()).ifPresent(failures::add);
                yield false;
            }
        };
    }

    private void keep(Crl crl) {
        @Nullable FetchRequest request = fresh.remove(crl);
        if (request != null) {
            Instant latest = evaluation.question().now().plus(MAX_KEPT);
            @Nullable Instant next = crl.nextUpdate();
            Instant until = next == null || next.isAfter(latest) ? latest : next;
            evaluation.tools().fetches().keep(request, crl.encoded(), until);
        }
    }

    /** Some sites serve PEM against RFC 5280 section 4.2.1.13. */
    private static byte[] der(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '-') {
            return bytes;
        }
        String text = new String(bytes, StandardCharsets.US_ASCII);
        int begin = text.indexOf("-----BEGIN X509 CRL-----");
        int end = text.indexOf("-----END X509 CRL-----");
        try {
            return begin < 0 || end < begin
                    ? bytes
                    : Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n', begin), end));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return bytes;
        }
    }
}
