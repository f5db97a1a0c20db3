package org.zegel.trust.network;

/** Why a fetch gave nothing. */
public enum FetchFailure {
    /** The call or the policy keeps off the network. */
    OFFLINE,
    /** Not an http URL, or one that cannot be used: revocation over https would need revocation first (RFC 5280). */
    NOT_HTTP,
    /** The name leads to an address that policy keeps away from: loopback, private, link-local, multicast. */
    ADDRESS_REFUSED,
    /** No such name, no connection, an answer that is not HTTP, or a status other than 200. */
    UNREACHABLE,
    TIME_OUT,
    TOO_LARGE,
    /** The message has used up its requests or its time. */
    BUDGET_SPENT
}
