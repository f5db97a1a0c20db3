package org.zegel.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.zegel.model.Finding;
import org.zegel.model.Layer;
import org.zegel.model.MessageFacts;
import org.zegel.model.Verdict.AddressMatch;
import org.zegel.model.Verdict.ChainStatus;
import org.zegel.model.Verdict.Integrity;
import org.zegel.model.Verdict.Revocation;
import org.zegel.model.Verdict.Seal;
import org.zegel.model.Verdict.Signer;
import org.zegel.model.Verdict.Strength;

/**
 * From the answers about each signer to the one seal. {@code NONE}: nothing covers what is read. {@code BROKEN}: altered
 * or revoked. {@code VALID}: every answer is good. {@code WARNING}: all else.
 */
final class SealRules {
    private final TrustPolicy policy;

    SealRules(TrustPolicy policy) {
        this.policy = policy;
    }

    /**
     * The seal, and the signer it rests on.
     *
     * @param index of the deciding signer, -1 for none
     * @param reason stable code of what decided; names the text for the layman
     */
    record Decision(Seal seal, int index, String reason) {}

    Decision decide(MessageFacts facts, List<Signer> signers, FromFields from) {
        List<Integer> covering = new ArrayList<>();
        for (int i = 0; i < signers.size(); i++) {
            if (facts.signers().get(i).coversWhole()) {
                covering.add(i);
            }
        }
        if (covering.isEmpty()) {
            return new Decision(Seal.NONE, -1, signers.isEmpty() ? "unsigned" : "part-signed");
        }
        List<Integer> matching = covering.stream()
                .filter(i -> signers.get(i).address() == AddressMatch.MATCH)
                .toList();
        Decision best = (matching.isEmpty() ? covering : matching)
                .stream()
                        .map(i -> ofOne(signers.get(i), i, from))
                        .reduce((one, other) -> rank(other) > rank(one) ? other : one)
                        .orElseThrow();
        return best.seal() == Seal.VALID ? lowered(best, facts, signers) : best;
    }

    private static Decision lowered(Decision valid, MessageFacts facts, List<Signer> signers) {
        Set<Integer> attached = new HashSet<>();
        facts.layers().forEach(layer -> attached(layer, false, attached));
        if (IntStream.range(0, signers.size())
                .anyMatch(i -> signers.get(i).integrity() == Integrity.ALTERED && !attached.contains(i))) {
            return new Decision(Seal.WARNING, valid.index(), "other-signature-altered");
        }
        return lowering(facts.findings())
                .map(finding -> new Decision(Seal.WARNING, valid.index(), finding.code()))
                .orElse(valid);
    }

    /**
     * Signers of attached messages. An attached message is a document that the sender passes on as it came: whether its
     * own signature still fits is its own matter (RFC 9787 calls such layers errant).
     */
    private static void attached(Layer layer, boolean inMessage, Set<Integer> found) {
        if (inMessage) {
            found.addAll(layer.signers());
        }
        boolean message = inMessage || layer.kind() == Layer.Kind.MESSAGE && !layer.whole();
        layer.children().forEach(child -> attached(child, message, found));
    }

    private static Optional<Finding> lowering(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.weight() == Finding.Weight.LOWERS)
                .findFirst();
    }

    private static int rank(Decision decision) {
        return switch (decision.seal()) {
            case VALID -> 3;
            case WARNING -> 2;
            case BROKEN -> 1;
            case NONE -> 0;
        };
    }

    private Decision ofOne(Signer signer, int index, FromFields from) {
        if (signer.integrity() == Integrity.ALTERED) {
            return new Decision(Seal.BROKEN, index, "altered");
        }
        if (signer.chain().status() == ChainStatus.REVOKED) {
            return new Decision(Seal.BROKEN, index, "revoked");
        }
        String shortfall = shortfall(signer, from);
        return new Decision(
                shortfall.isEmpty() ? Seal.VALID : Seal.WARNING, index, shortfall.isEmpty() ? "valid" : shortfall);
    }

    /** The first thing that keeps the seal from being valid, the weightiest for the reader first; empty for none. */
    private String shortfall(Signer signer, FromFields from) {
        if (signer.integrity() == Integrity.UNVERIFIABLE) {
            return "unverifiable";
        }
        if (signer.address() == AddressMatch.MISMATCH) {
            return "address-mismatch";
        }
        if (from.findings().contains(Finding.OUTER_FROM_DIFFERS)) {
            return "outer-from-differs";
        }
        if (signer.chain().status() != ChainStatus.TRUSTED) {
            return switch (signer.chain().status()) {
                case EXPIRED -> "expired";
                case NOT_YET_VALID -> "not-yet-valid";
                case NOT_ALLOWED -> "not-allowed";
                case TRUSTED, UNTRUSTED, REVOKED, NOT_CHECKED -> "untrusted";
            };
        }
        if (from.address() == null) {
            return "from-unclear";
        }
        if (from.trick().isPresent()) {
            return from.trick().get().code();
        }
        if (signer.address() != AddressMatch.MATCH) {
            return "address-absent";
        }
        if (signer.findings().contains(Finding.ENCRYPTED_THEN_SIGNED)) {
            return "encrypted-then-signed";
        }
        if (signer.algorithms() == Strength.WEAK) {
            return "weak";
        }
        if (!revocationSettled(signer)) {
            return "revocation-not-checked";
        }
        return lowering(signer.findings()).map(Finding::code).orElse("");
    }

    private boolean revocationSettled(Signer signer) {
        return signer.chain().revocation() == Revocation.GOOD
                || (policy.revocation().soft()
                        && Set.of(Revocation.UNKNOWN, Revocation.NOT_CHECKED)
                                .contains(signer.chain().revocation()));
    }
}
