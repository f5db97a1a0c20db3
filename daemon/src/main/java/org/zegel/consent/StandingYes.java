package org.zegel.consent;

import org.zegel.model.IdentityId;

/** "Do not ask again": for this key and this use, of one client. */
public record StandingYes(IdentityId identity, Question.Purpose purpose) {}
