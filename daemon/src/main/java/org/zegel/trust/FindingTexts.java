package org.zegel.trust;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.Verdict.Signer;

/** What each finding means and what to do about it, in every language there is. */
public final class FindingTexts {
    private static final Map<Finding, Map<String, String>> ALL = new EnumMap<>(Finding.class);

    static {
        for (Finding finding : Finding.values()) {
            ALL.put(finding, Languages.texts("finding", finding.code()));
        }
    }

    private FindingTexts() {}

    /** By language: {@code en}, {@code nl}. */
    public static Map<String, String> of(Finding finding) {
        return ALL.getOrDefault(finding, Map.of());
    }

    /** The texts of everything that a verdict points out: of the message, its signers and its layers; by code. */
    static Map<String, Map<String, String>> of(
            Collection<Finding> message, Collection<Signer> signers, Collection<Layer> layers) {
        Map<String, Map<String, String>> texts = new TreeMap<>();
        message.forEach(finding -> texts.put(finding.code(), of(finding)));
        for (Signer signer : signers) {
            signer.findings().forEach(finding -> texts.put(finding.code(), of(finding)));
            @Nullable Finding reason = signer.chain().reason();
            if (reason != null) {
                texts.put(reason.code(), of(reason));
            }
        }
        layers.stream().flatMap(FindingTexts::inAll).forEach(finding -> texts.put(finding.code(), of(finding)));
        return Map.copyOf(texts);
    }

    private static Stream<Finding> inAll(Layer layer) {
        return Stream.concat(
                layer.findings().stream(), layer.children().stream().flatMap(FindingTexts::inAll));
    }
}
