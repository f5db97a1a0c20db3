package org.zegel.trust.path;

import java.util.Optional;

/** One rule of RFC 5280 or of this house about a candidate path whose signatures are already verified. */
@FunctionalInterface
public interface PathCheck {
    Optional<Shortfall> check(CandidatePath path, PathQuestion question);
}
