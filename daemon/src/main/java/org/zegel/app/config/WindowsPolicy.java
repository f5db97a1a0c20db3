package org.zegel.app.config;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zegel.model.Failure;

/**
 * The registry key {@code HKLM\SOFTWARE\Policies\Zegel}: a subkey for each section, DWORD for numbers and flags, SZ
 * for texts, MULTI_SZ for lists.
 */
final class WindowsPolicy implements PolicySource {
    private static final String KEY = "SOFTWARE\\Policies\\Zegel";

    @Override
    public RawSettings read() throws Failure {
        RawSettings none = RawSettings.none("the managed policy (" + KEY + ")");
        try {
            if (!Advapi32Util.registryKeyExists(WinReg.HKEY_LOCAL_MACHINE, KEY)) {
                return none;
            }
            Map<String, RawSettings.Value> values = new HashMap<>();
            section(KEY, "", values);
            return new RawSettings(none.source(), values);
        } catch (Win32Exception unreadable) {
            throw none.refusal(0, "cannot be read; the administrator must repair that.");
        }
    }

    /** A key below ours is a section; keys below that are sections in it. */
    private static void section(String key, String name, Map<String, RawSettings.Value> values) {
        if (!name.isEmpty()) {
            Advapi32Util.registryGetValues(WinReg.HKEY_LOCAL_MACHINE, key).forEach((setting, value) -> {
                String full = name + "." + setting;
                values.put(full, new RawSettings.Value(plain(full, value), 0));
            });
        }
        for (String below : Advapi32Util.registryGetKeys(WinReg.HKEY_LOCAL_MACHINE, key)) {
            section(key + "\\" + below, name.isEmpty() ? below : name + "." + below, values);
        }
    }

    /** The registry's types as the settings'; what does not fit is refused by name later. */
    static Object plain(String name, Object value) {
        return switch (value) {
            case Integer number when SettingsCatalogue.isFlag(name) && (number == 0 || number == 1) -> number == 1;
            case Integer number -> Integer.toUnsignedLong(number);
            case String[] texts -> List.of(texts);
            default -> value;
        };
    }
}
