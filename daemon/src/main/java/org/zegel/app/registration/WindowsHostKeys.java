package org.zegel.app.registration;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import org.zegel.model.Failure;

/** {@link HostKeys} in the real registry. */
public final class WindowsHostKeys implements HostKeys {
    @Override
    public void set(String key, String manifest) throws Failure {
        try {
            Advapi32Util.registryCreateKey(WinReg.HKEY_CURRENT_USER, key);
            Advapi32Util.registrySetStringValue(WinReg.HKEY_CURRENT_USER, key, "", manifest);
        } catch (Win32Exception refused) {
            throw new Failure(Failure.Kind.INTERNAL, "Windows refused to write the registry key " + key + ".", refused);
        }
    }

    @Override
    public void remove(String key) throws Failure {
        try {
            if (Advapi32Util.registryKeyExists(WinReg.HKEY_CURRENT_USER, key)) {
                Advapi32Util.registryDeleteKey(WinReg.HKEY_CURRENT_USER, key);
            }
        } catch (Win32Exception refused) {
            throw new Failure(
                    Failure.Kind.INTERNAL, "Windows refused to remove the registry key " + key + ".", refused);
        }
    }
}
