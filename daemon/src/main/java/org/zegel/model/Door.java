package org.zegel.model;

/** A way in. */
public enum Door {
    NATIVE_MESSAGING,
    HTTP,
    SOCKET,
    /** The command line in its own process. */
    IN_PROCESS
}
