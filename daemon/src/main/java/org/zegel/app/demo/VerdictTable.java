package org.zegel.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zegel.model.KebabCase;
import org.zegel.model.Verdict;

/** Verdicts side by side, at most 100 columns wide. */
final class VerdictTable {
    private static final String ROW = "%-22s %-8s %-7s %-12s %-10s %-9s %s";
    private static final int SENTENCE_AT = 74;
    private static final int WIDTH = 100;

    private final List<String> lines = new ArrayList<>();

    VerdictTable() {
        add("message", "seal", "lock", "integrity", "chain", "address", "in a sentence");
        lines.add("-".repeat(WIDTH));
    }

    void add(String message, Verdict verdict) {
        Verdict.Signer signer =
                verdict.signers().isEmpty() ? null : verdict.signers().getFirst();
        add(
                message,
                KebabCase.of(verdict.seal()),
                KebabCase.of(verdict.lock()),
                signer == null ? "-" : KebabCase.of(signer.integrity()),
                signer == null ? "-" : KebabCase.of(signer.chain().status()),
                signer == null ? "-" : KebabCase.of(signer.address()),
                verdict.texts().getOrDefault("en", ""));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private void add(
            String message, String seal, String lock, String integrity, String chain, String address, String sentence) {
        List<String> wrapped = wrap(sentence);
        lines.add(String.format(Locale.ROOT, ROW, message, seal, lock, integrity, chain, address, wrapped.getFirst()));
        wrapped.stream().skip(1).forEach(line -> lines.add(" ".repeat(SENTENCE_AT) + line));
    }

    private static List<String> wrap(String sentence) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - SENTENCE_AT) {
                wrapped.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        wrapped.add(line.toString());
        return wrapped;
    }
}
