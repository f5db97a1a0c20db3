package org.zegel.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Finding;
import org.zegel.model.KebabCase;
import org.zegel.model.Layer;
import org.zegel.model.Verdict;

/** A verdict in words for a person. */
final class VerdictWords {
    private VerdictWords() {}

    static List<String> of(Verdict verdict) {
        return of(verdict, Locale.getDefault());
    }

    /** The sentences in the person's language, where there is one; the answers as the protocol has them. */
    static List<String> of(Verdict verdict, Locale person) {
        String language = verdict.texts().containsKey(person.getLanguage()) ? person.getLanguage() : "en";
        List<String> lines = new ArrayList<>();
        lines.add("seal: " + KebabCase.of(verdict.seal()) + "   lock: " + KebabCase.of(verdict.lock()));
        @Nullable String sentence = verdict.texts().get(language);
        if (sentence != null) {
            lines.add(sentence);
        }
        @Nullable String locked = verdict.lockTexts().get(language);
        if (locked != null && verdict.lock() != Verdict.Lock.NONE) {
            lines.add(locked);
        }
        verdict.signers().forEach(signer -> addSigner(lines, signer));
        addExplanations(lines, verdict, language);
        verdict.headers()
                .differences()
                .forEach(difference -> lines.add("header " + difference.field() + ": inside \""
                        + shown(difference.inner()) + "\", outside \"" + shown(difference.outer()) + "\""));
        return lines;
    }

    /** The layers as an indented list, outermost first. */
    static List<String> of(List<Layer> layers) {
        List<String> lines = new ArrayList<>();
        addLayers(lines, layers, "");
        return lines;
    }

    static String of(CertificateSummary certificate) {
        String addresses = String.join(", ", certificate.addresses());
        return (addresses.isEmpty() ? certificate.subject() : addresses) + " (" + certificate.keyAlgorithm() + " "
                + certificate.keyBits() + ", until " + certificate.notAfter() + ", issued by " + certificate.issuer()
                + ")";
    }

    private static void addSigner(List<String> lines, Verdict.Signer signer) {
        CertificateSummary certificate = signer.certificate();
        lines.add("signer: " + (certificate == null ? "unknown" : of(certificate)));
        Finding reason = signer.chain().reason();
        Verdict.@Nullable AnchorSource anchor = signer.chain().anchor();
        lines.add("  integrity: " + KebabCase.of(signer.integrity())
                + "   chain: " + KebabCase.of(signer.chain().status())
                + (reason == null ? "" : " (" + reason.code() + ")")
                + "   revocation: " + KebabCase.of(signer.chain().revocation())
                + "   address: " + KebabCase.of(signer.address())
                + "   algorithms: " + KebabCase.of(signer.algorithms())
                + (anchor == null ? "" : "   trusted by: " + KebabCase.of(anchor)));
    }

    /** Everything met, once, with what it means; codes alone where there is no text. */
    private static void addExplanations(List<String> lines, Verdict verdict, String language) {
        Set<Finding> met = new LinkedHashSet<>(verdict.findings());
        for (Verdict.Signer signer : verdict.signers()) {
            @Nullable Finding reason = signer.chain().reason();
            if (reason != null) {
                met.add(reason);
            }
            met.addAll(signer.findings());
        }
        for (Finding finding : met) {
            @Nullable
            String text = verdict.explanations()
                    .getOrDefault(finding.code(), Map.of())
                    .get(language);
            lines.add("- " + finding.code() + (text == null ? "" : ": " + text));
        }
    }

    private static void addLayers(List<String> lines, List<Layer> layers, String indent) {
        for (Layer layer : layers) {
            String algorithm = layer.algorithm() == null ? "" : " " + layer.algorithm();
            String findings = layer.findings().isEmpty() ? "" : " [" + codes(layer.findings()) + "]";
            lines.add(indent + KebabCase.of(layer.kind()) + " " + layer.mediaType() + algorithm + findings);
            addLayers(lines, layer.children(), indent + "  ");
        }
    }

    private static String codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).collect(Collectors.joining(", "));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "" : value;
    }
}
