package org.zegel.consent;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Identity;
import org.zegel.model.Scope;

/** What was decided about a client, to be written down; see {@link DecisionLog}. */
public sealed interface Decision {
    /** A client was let in, with what the pairing says. */
    record LetIn(PairedClient client) implements Decision {}

    /**
     * A client was not let in.
     *
     * @param why how the question ended
     * @param forGood it will not be asked again
     */
    record TurnedAway(Caller caller, String name, Set<Scope> asked, Failure.Kind why, boolean forGood)
            implements Decision {
        public TurnedAway {
            asked = Set.copyOf(asked);
        }
    }

    /**
     * Who asked again and again what was not allowed is not asked about for a while.
     *
     * @param client id of the pairing; null for a caller that is not paired
     * @param name of the client that is
     */
    record CutOff(@Nullable String client, @Nullable String name, Caller caller, Duration length) implements Decision {}

    /** A client's time was over, or the policy ended it. */
    record Ended(PairedClient client, boolean byPolicy) implements Decision {}

    /** From now on this use of this key is not asked about again. */
    record NotAskedAgain(Client client, Identity identity, Question.Purpose purpose) implements Decision {}
}
