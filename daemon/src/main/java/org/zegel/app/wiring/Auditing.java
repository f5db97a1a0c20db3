package org.zegel.app.wiring;

import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zegel.app.audit.ArchiveFiles;
import org.zegel.app.audit.EventLog;
import org.zegel.app.audit.Journald;
import org.zegel.app.audit.Syslog;
import org.zegel.app.config.Settings;
import org.zegel.app.system.OperatingSystem;
import org.zegel.audit.AuditArchive;
import org.zegel.audit.AuditLog;
import org.zegel.audit.AuditRotation;
import org.zegel.audit.Mirror;
import org.zegel.audit.Mirroring;
import org.zegel.audit.PolicyWatch;
import org.zegel.database.Database;
import org.zegel.model.Failure;

/** The audit log with all that belongs to it: mirror, rotation, archive, and the word on the policy in force. */
final class Auditing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);

    /** Lines between two looks at whether the oldest have to go. */
    private static final int ROTATION_CHECK = 1000;

    private final AuditLog log;
    private final AuditArchive archive;
    private final AuditRotation rotation;
    private final @Nullable Mirroring mirroring;
    private final AtomicInteger appended = new AtomicInteger();

    /** Not done while it is closed, and the other way round. */
    private final Object rotating = new Object();

    private boolean closed;

    private Auditing(AuditLog log, AuditArchive archive, AuditRotation rotation, @Nullable Mirroring mirroring) {
        this.log = log;
        this.archive = archive;
        this.rotation = rotation;
        this.mirroring = mirroring;
    }

    static Auditing open(Setup setup, Database database) throws Failure {
        Settings.Audit settings = setup.settings().audit();
        AuditLog log = new AuditLog(database, setup.clock(), settings.subjects());
        AuditArchive archive = new ArchiveFiles(setup.home().auditArchive());
        AuditRotation.Rules rules = new AuditRotation.Rules(settings.keep(), settings.maxEntries(), settings.archive());
        AuditRotation rotation = new AuditRotation(database, log, setup.clock(), rules, archive);
        Optional<Mirror> mirror = mirror(settings.mirror());
        Mirroring mirroring = mirror.isPresent() ? Mirroring.start(database, log, mirror.get()) : null;
        Auditing auditing = new Auditing(log, archive, rotation, mirroring);
        new PolicyWatch(database, log)
                .inForce(
                        setup.settings().policyDigest(),
                        new TreeSet<>(setup.settings().forced()));
        int open = log.endLeftOpen();
        if (open > 0) {
            LOG.warn("Zegel ended in the middle of {} changes; whether they were made is not known", open);
        }
        log.onAppended(auditing::appended);
        auditing.rotateInTheBackground();
        return auditing;
    }

    AuditLog log() {
        return log;
    }

    AuditArchive archive() {
        return archive;
    }

    /** Sends what the mirror has not taken yet, within a second. */
    @Override
    public void close() {
        synchronized (rotating) {
            closed = true;
        }
        if (mirroring != null) {
            mirroring.close();
        }
    }

    private void appended() {
        if (appended.incrementAndGet() % ROTATION_CHECK == 0) {
            rotateInTheBackground();
        }
    }

    private void rotateInTheBackground() {
        Thread.ofVirtual().name("audit-rotation").start(() -> {
            synchronized (rotating) {
                if (closed) {
                    return;
                }
                try {
                    long removed = rotation.rotate();
                    if (removed > 0) {
                        LOG.info("{} lines were taken out of the audit log", removed);
                    }
                } catch (Failure problem) {
                    LOG.warn("the audit log could not be shortened; nothing of it is lost", problem);
                }
            }
        });
    }

    private static Optional<Mirror> mirror(Settings.Mirror wanted) {
        return switch (wanted) {
            case NONE -> Optional.empty();
            case JOURNALD -> Optional.of(new Journald(Journald.SOCKET));
            case SYSLOG -> {
                boolean mac = OperatingSystem.current() == OperatingSystem.MACOS;
                yield Optional.of(new Syslog(mac ? Syslog.MACOS_SOCKET : Syslog.SOCKET, ZoneId.systemDefault()));
            }
            case EVENT_LOG -> Optional.of(new EventLog());
        };
    }
}
