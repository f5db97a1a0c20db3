package org.zegel.app.wiring;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zegel.app.config.Home;
import org.zegel.app.config.Settings;
import org.zegel.audit.AuditLog;
import org.zegel.consent.Consent;
import org.zegel.consent.NamedKeyConsent;
import org.zegel.consent.Pairings;
import org.zegel.content.ContentHandles;
import org.zegel.content.ContentLimits;
import org.zegel.content.EncryptedSpool;
import org.zegel.content.HandleTable;
import org.zegel.database.Database;
import org.zegel.directory.IdentityPreferences;
import org.zegel.directory.TrustedAuthorities;
import org.zegel.dispatch.DaemonState;
import org.zegel.dispatch.Dispatcher;
import org.zegel.dispatch.Gate;
import org.zegel.dispatch.Session;
import org.zegel.event.Events;
import org.zegel.model.Caller;
import org.zegel.model.Client;
import org.zegel.model.Failure;
import org.zegel.model.Scope;
import org.zegel.store.Store;
import org.zegel.store.Stores;

/** One whole Zegel over a home: for the daemon's doors, or for a command line in its own process. */
public final class Zegel implements AutoCloseable {
    /** The client id of the command line in its own process, in the audit log. */
    public static final String LOCAL = "local";

    private final Setup setup;
    private final Database database;
    private final HandleTable handles;
    private final Dispatcher dispatcher;
    private final Events events = new Events();
    private final AtomicReference<@Nullable Integer> httpPort = new AtomicReference<>();
}
