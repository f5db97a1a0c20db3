package org.zegel.trust.path;

import java.time.Instant;

/** What a path is judged by: the moment, and the certificate policies wanted. */
public record PathQuestion(Instant at, PolicyInputs policies) {}
