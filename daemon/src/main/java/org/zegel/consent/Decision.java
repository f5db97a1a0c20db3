package org.zegel.consent;

import java.util.Set;
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

    /** From now on this use of this key is not asked about again. */
    record NotAskedAgain(Client client, Identity identity, Question.Purpose purpose) implements Decision {}
}
