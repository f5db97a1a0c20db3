package org.zegel.operation;

import org.jspecify.annotations.Nullable;
import org.zegel.audit.AuditEvent;
import org.zegel.audit.AuditLog;
import org.zegel.model.Failure;

/** Writes a line of the audit log for what is changed, and for what was refused. */
public final class ChangeLog {
    private final AuditLog audit;

    public ChangeLog(AuditLog audit) {
        this.audit = audit;
    }

    /** Something that may take long, or ask the person. */
    @FunctionalInterface
    public interface Change<T extends @Nullable Object> {
        T run() throws Failure;
    }

    /** Something that only fails or not. */
    @FunctionalInterface
    public interface Step {
        void run() throws Failure;
    }

    /** Asks, and writes a line when the answer is no, or none. */
    public <T> T asked(AuditEvent event, Change<T> question) throws Failure {
        try {
            return question.run();
        } catch (Failure refused) {
            audit.append(event.withOutcome(Outcomes.of(refused)));
            throw refused;
        }
    }

    /** Changes the database and writes the line: both or neither. The change asks nobody. */
    public void changed(AuditEvent event, Step change) throws Failure {
        audit.<@Nullable Object>recorded(event, () -> {
            change.run();
            return null;
        });
    }

    /** Changes something outside the database, and then writes the line, whatever the outcome. */
    public <T extends @Nullable Object> T tried(AuditEvent event, Change<T> change) throws Failure {
        T result;
        try {
            result = change.run();
        } catch (Failure failed) {
            audit.append(event.withOutcome(Outcomes.of(failed)));
            throw failed;
        }
        audit.append(event);
        return result;
    }

    /** The line of several things that were changed at once. */
    public void add(AuditEvent event) throws Failure {
        audit.append(event);
    }
}
