package org.zegel.trust;

import java.time.Instant;

/** What a path is judged for and at what moment. */
record PathQuestion(Instant at, CertificatePurpose purpose) {}
