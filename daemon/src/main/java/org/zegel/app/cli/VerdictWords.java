package org.zegel.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zegel.model.CertificateSummary;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.Verdict;

/** A verdict in words for a person. */
final class VerdictWords {
    private VerdictWords() {}

    static List<String> of(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add("seal: " + word(verdict.seal()) + "   lock: " + word(verdict.lock()));
        @Nullable String sentence = verdict.texts().get("en");
        if (sentence != null) {
            lines.add(sentence);
        }
        verdict.signers().forEach(signer -> addSigner(lines, signer));
        if (!verdict.findings().isEmpty()) {
            lines.add("notes: " + codes(verdict.findings()));
        }
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

    /** An enum constant as the protocol writes it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void addSigner(List<String> lines, Verdict.Signer signer) {
        CertificateSummary certificate = signer.certificate();
        lines.add("signer: " + (certificate == null ? "unknown" : of(certificate)));
        Finding reason = signer.chain().reason();
        lines.add("  integrity: " + word(signer.integrity())
                + "   chain: " + word(signer.chain().status()) + (reason == null ? "" : " (" + reason.code() + ")")
                + "   revocation: " + word(signer.chain().revocation())
                + "   address: " + word(signer.address())
                + "   algorithms: " + word(signer.algorithms()));
        if (!signer.findings().isEmpty()) {
            lines.add("  notes: " + codes(signer.findings()));
        }
    }

    private static void addLayers(List<String> lines, List<Layer> layers, String indent) {
        for (Layer layer : layers) {
            String algorithm = layer.algorithm() == null ? "" : " " + layer.algorithm();
            String findings = layer.findings().isEmpty() ? "" : " [" + codes(layer.findings()) + "]";
            lines.add(indent + word(layer.kind()) + " " + layer.mediaType() + algorithm + findings);
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
