package org.zegel.app.system;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.Variant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears on Linux, without asking again and again, that the screen is locked (systemd-logind, and the screen savers of the
 * desktops) or that the machine goes to sleep (logind). Elsewhere it hears nothing.
 */
public final class ScreenAndSleep implements Closeable {
    /** What was heard. */
    public enum Heard {
        SCREEN_LOCKED,
        GOING_TO_SLEEP
    }

    private static final Logger LOG = LoggerFactory.getLogger(ScreenAndSleep.class);
    private static final String LOGIN = "org.freedesktop.login1";
    private static final String UNIX = "unix:path=";
    private static final List<String> SAVERS = List.of(
            "org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver");

    private final List<DBusConnection> buses = new ArrayList<>();
    private final Consumer<Heard> listener;

    private ScreenAndSleep(Consumer<Heard> listener) {
        this.listener = listener;
    }

    /** Listens to the buses of this machine and of this person's session, as far as there are any. */
    public static ScreenAndSleep listen(Consumer<Heard> listener) {
        if (OperatingSystem.current() != OperatingSystem.LINUX) {
            return new ScreenAndSleep(listener);
        }
        return listen(
                Optional.ofNullable(System.getenv("DBUS_SYSTEM_BUS_ADDRESS"))
                        .orElse("unix:path=/run/dbus/system_bus_socket"),
                Optional.ofNullable(System.getenv("DBUS_SESSION_BUS_ADDRESS")),
                listener);
    }

    /** The same at these addresses. */
    static ScreenAndSleep listen(String system, Optional<String> session, Consumer<Heard> listener) {
        ScreenAndSleep heard = new ScreenAndSleep(listener);
        heard.join(system, bus -> {
            heard.onSignal(bus, LOGIN, "org.freedesktop.login1.Manager", "PrepareForSleep", Heard.GOING_TO_SLEEP);
            heard.onSignal(bus, LOGIN, "org.freedesktop.login1.Session", "Lock", Heard.SCREEN_LOCKED);
            heard.onSignal(bus, LOGIN, "org.freedesktop.DBus.Properties", "PropertiesChanged", Heard.SCREEN_LOCKED);
        });
        session.ifPresent(address -> heard.join(address, bus -> {
            for (String saver : SAVERS) {
                heard.onSignal(bus, saver, saver, "ActiveChanged", Heard.SCREEN_LOCKED);
            }
        }));
        return heard;
    }

    /** What is listened for on one bus. */
    @FunctionalInterface
    private interface Rules {
        void add(DBusConnection bus) throws DBusException;
    }

    private synchronized void join(String address, Rules rules) {
        if (address.startsWith(UNIX)
                && !Files.exists(Path.of(address.substring(UNIX.length()).split("[,;]", 2)[0]))) {
            // The library would try for ten seconds.
            LOG.info("There is no bus at {}: nothing is heard of screen locks or sleep there", address);
            return;
        }
        try {
            DBusConnection bus =
                    DBusConnectionBuilder.forAddress(address).withShared(false).build();
            buses.add(bus);
            rules.add(bus);
        } catch (DBusException | RuntimeException none) {
            LOG.info("Nothing is heard of screen locks or sleep at one of the system's buses: {}", none.getMessage());
        }
    }

    /** Anybody may send such a signal on the system's bus: it counts when it comes from the owner of the name. */
    private void onSignal(DBusConnection bus, String sender, String type, String member, Heard meaning)
            throws DBusException {
        bus.addGenericSigHandler(
                DBusMatchRuleBuilder.create()
                        .withType("signal")
                        .withInterface(type)
                        .withMember(member)
                        .build(),
                signal -> {
                    if (isYes(signal) && isFrom(sender, signal, bus)) {
                        listener.accept(meaning);
                    }
                });
    }

    private static boolean isFrom(String name, DBusSignal signal, DBusConnection bus) {
        try {
            return bus.getRemoteObject("org.freedesktop.DBus", "/org/freedesktop/DBus", DBus.class)
                    .GetNameOwner(name)
                    .equals(signal.getSource());
        } catch (DBusException | DBusExecutionException nobody) {
            return false;
        }
    }

    /** Signals without a word (Lock), with a true one, or with a property LockedHint that became true. */
    private static boolean isYes(DBusSignal signal) {
        try {
            Object[] words = signal.getParameters();
            if (words == null || words.length == 0) {
                return true;
            }
            return words[0] instanceof Boolean yes
                    ? yes
                    : words.length > 1
                            && words[1] instanceof Map<?, ?> changed
                            && changed.get("LockedHint") instanceof Variant<?> hint
                            && Boolean.TRUE.equals(hint.getValue());
        } catch (DBusException unreadable) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        for (DBusConnection bus : buses) {
            try {
                bus.close();
            } catch (IOException gone) {
                LOG.debug("a bus was gone: {}", gone.getMessage());
            }
        }
        buses.clear();
    }
}
