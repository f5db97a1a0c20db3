package org.zegel.app.system;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.types.Variant;

/** A program with a name on a bus, which says what logind and screen savers say. */
public final class Speaker implements AutoCloseable {
    private final DBusConnection bus;

    public Speaker(String address, String name) throws Exception {
        bus = DBusConnectionBuilder.forAddress(address).withShared(false).build();
        bus.requestBusName(name);
    }

    public void sleep(boolean begins) throws Exception {
        say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", "b", begins);
    }

    public void lock() throws Exception {
        say("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", null);
    }

    public void hint(boolean locked) throws Exception {
        say(
                "/org/freedesktop/login1/session/_31",
                "org.freedesktop.DBus.Properties",
                "PropertiesChanged",
                "sa{sv}as",
                "org.freedesktop.login1.Session",
                Map.of("LockedHint", new Variant<>(locked)),
                List.of());
    }

    public void active(String saver, boolean active) throws Exception {
        say("/" + saver.replace('.', '/'), saver, "ActiveChanged", "b", active);
    }

    private void say(String path, String type, String member, String signature, Object... words) throws Exception {
        bus.sendMessage(bus.getMessageFactory().createSignal(null, path, type, member, signature, words));
    }

    @Override
    public void close() throws Exception {
        bus.close();
    }
}
