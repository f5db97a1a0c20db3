package org.zegel.app.registration;

import org.zegel.model.Failure;

/** The per-user registry keys by which Windows browsers find a host manifest. */
public interface HostKeys {
    /** Makes the key below HKEY_CURRENT_USER and sets its default value. */
    void set(String key, String manifest) throws Failure;

    /** Removes the key, if it is there. */
    void remove(String key) throws Failure;
}
