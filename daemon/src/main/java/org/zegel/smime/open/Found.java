package org.zegel.smime.open;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Finding;
import org.zegel.model.Identity;
import org.zegel.model.SignerFacts;
import org.zegel.model.Verdict.Lock;

/** What has been found so far while one message is read. */
final class Found {
    private final List<SignerFacts> signers = new ArrayList<>();
    private final Set<Finding> findings = new LinkedHashSet<>();
    private Lock lock = Lock.NONE;
    private @Nullable Identity decryptedWith;
    private @Nullable Part payload;

    /** Takes signers in; gives their indexes. */
    List<Integer> add(Collection<SignerFacts> more) {
        int first = signers.size();
        signers.addAll(more);
        return IntStream.range(first, signers.size()).boxed().toList();
    }

    void finding(Finding code) {
        findings.add(code);
    }

    /** Of several encrypted layers the weakest is what the padlock shows. */
    void lock(Lock state) {
        if (rank(state) > rank(lock)) {
            lock = state;
        }
    }

    private static int rank(Lock state) {
        return switch (state) {
            case NONE -> 0;
            case CLOSED -> 1;
            case WEAK -> 2;
            case FAILED -> 3;
        };
    }

    /** The outermost layer is opened first, and its identity stays. */
    void decryptedWith(@Nullable Identity identity) {
        if (decryptedWith == null) {
            decryptedWith = identity;
        }
    }

    /** The innermost entity reached so far on the way through layers that wrap the whole. */
    void payload(Part part) {
        payload = part;
    }

    List<SignerFacts> signers() {
        return List.copyOf(signers);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    Lock lock() {
        return lock;
    }

    @Nullable
    Identity decryptedWith() {
        return decryptedWith;
    }

    @Nullable
    Part payload() {
        return payload;
    }
}
