package org.zegel.dispatch;

import org.zegel.model.Caller;

/** Where every door brings its callers. */
@FunctionalInterface
public interface Gate {
    /** A session for one connection (socket, native messaging) or one request (HTTP). */
    Session enter(Caller caller);
}
