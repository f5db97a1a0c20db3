package org.zegel.app.bench;

/** How messages come in. */
public enum Door {
    /** All of Zegel in this process. */
    IN_PROCESS,
    /** The local socket of a daemon. */
    SOCKET,
    /** The relay that a browser starts, in front of a daemon. */
    NATIVE_MESSAGING,
    /** Raw bytes by PUT and GET at a daemon's HTTP door. */
    HTTP
}
