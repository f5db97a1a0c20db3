package org.zegel.trust.path;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Verdict.ChainStatus;

/**
 * Names stay within what the CAs above, the anchor included, allow (RFC 5280 section 4.2.1.10). Constraints on
 * rfc822Name hold for every address that the certificate is used for, also SmtpUTF8Mailbox (RFC 9598 section 6) and
 * the emailAddress of a subject. What cannot be compared is refused.
 */
public final class NameConstraintsCheck implements PathCheck {
    /** Most comparisons of a name with a constraint in one path. */
    static final int MAX_COMPARISONS = 250_000;
    /** Most constraints in one path. */
    static final int MAX_CONSTRAINTS = 4_096;

    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    @Override
    public Optional<Shortfall> check(CandidatePath path, PathQuestion question) {
        for (X509Certificate certificate : path.belowAnchor()) {
            if (certificate.getExtensionValue(NAME_CONSTRAINTS) != null && certificate.getBasicConstraints() < 0) {
                return notAllowed(Finding.NAME_CONSTRAINTS_MISPLACED);
            }
        }
        try {
            return new Walk(path.certificates()).allWithin() ? Optional.empty() : notAllowed(Finding.NAME_CONSTRAINTS);
        } catch (Subtree.UncheckableName | RuntimeException uncheckable) {
            return notAllowed(Finding.NAME_CONSTRAINTS_UNREADABLE);
        }
    }

    private static Optional<Shortfall> notAllowed(Finding reason) {
        return Optional.of(new Shortfall(ChainStatus.NOT_ALLOWED, reason));
    }

    /** From the anchor down: each CA's list must be met on its own, which is what intersecting them comes to. */
    private static final class Walk {
        private final List<X509Certificate> certificates;
        private final List<List<Subtree>> permitted = new ArrayList<>();
        private final List<Subtree> excluded = new ArrayList<>();
        private int comparisons;
        private int constraints;

        Walk(List<X509Certificate> certificates) {
            this.certificates = certificates;
        }

        boolean allWithin() throws Subtree.UncheckableName {
            int top = certificates.size() - 1;
            for (int i = top; i >= 0; i--) {
                X509Certificate certificate = certificates.get(i);
                boolean exempt = i == top || (i > 0 && CertificateSignatures.selfIssued(certificate));
                if (!exempt && !(permitted.isEmpty() && excluded.isEmpty()) && !within(certificate)) {
                    return false;
                }
                add(certificate);
            }
            return true;
        }

        private boolean within(X509Certificate certificate) throws Subtree.UncheckableName {
            for (SubjectName name : SubjectNames.of(certificate)) {
                if (covered(name, excluded, true)) {
                    return false;
                }
                for (List<Subtree> list : permitted) {
                    boolean concerned =
                            list.stream().anyMatch(subtree -> subtree.form().equals(name.form()));
                    if (concerned && !covered(name, list, false)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private boolean covered(SubjectName name, List<Subtree> subtrees, boolean excluding)
                throws Subtree.UncheckableName {
            comparisons += subtrees.size();
            if (comparisons > MAX_COMPARISONS) {
                throw new Subtree.UncheckableName();
            }
            boolean uncheckable = false;
            for (Subtree subtree : subtrees) {
                try {
                    if (subtree.form().equals(name.form()) && subtree.covers(name, excluding)) {
                        return true;
                    }
                } catch (Subtree.UncheckableName unknown) {
                    uncheckable = true;
                }
            }
            if (uncheckable) {
                throw new Subtree.UncheckableName();
            }
            return false;
        }

        private void add(X509Certificate certificate) throws Subtree.UncheckableName {
            byte @Nullable [] value = certificate.getExtensionValue(NAME_CONSTRAINTS);
            if (value == null) {
                return;
            }
            NameConstraints lists = NameConstraints.getInstance(
                    ASN1OctetString.getInstance(value).getOctets());
            GeneralSubtree @Nullable [] allow = lists.getPermittedSubtrees();
            GeneralSubtree @Nullable [] deny = lists.getExcludedSubtrees();
            constraints += (allow == null ? 0 : allow.length) + (deny == null ? 0 : deny.length);
            if (constraints > MAX_CONSTRAINTS) {
                throw new Subtree.UncheckableName();
            }
            boolean neither = allow == null && deny == null;
            if (neither || (allow != null && allow.length == 0) || (deny != null && deny.length == 0)) {
                throw new IllegalArgumentException("an empty list says nothing that could be relied on");
            }
            boolean critical = certificate.getCriticalExtensionOIDs().contains(NAME_CONSTRAINTS);
            if (allow != null) {
                permitted.add(read(allow, critical));
            }
            if (deny != null) {
                excluded.addAll(read(deny, critical));
            }
        }

        /** Forms that nobody here processes bind only where the extension is critical. */
        private static List<Subtree> read(GeneralSubtree[] subtrees, boolean critical) {
            return Arrays.stream(subtrees)
                    .map(Subtree::of)
                    .filter(subtree -> critical
                            || !(subtree instanceof Subtree.Unprocessed)
                            || subtree.form().isProcessed())
                    .toList();
        }
    }
}
