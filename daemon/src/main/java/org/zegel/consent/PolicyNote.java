package org.zegel.consent;

/** What the organisation's policy has to do with a question; the person is told. */
public enum PolicyNote {
    /** The policy names this client as one that may pair. */
    CLIENT_APPROVED,
    /** The client asks for more than the policy lets it have; that is left out. */
    SCOPES_LIMITED,
    /** A yes is remembered for so long only as the policy says. */
    ASKED_AGAIN,
    /** No yes is remembered. */
    ASKED_EACH_TIME
}
